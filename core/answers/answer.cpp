// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/answer.h"

#include "core/answers/bodydecoder.h"
#include "core/answers/httpdate.h"
#include "core/base/humanformat.h"

#include <algorithm>

namespace Headroom {

const QByteArray *Answer::header(const QByteArray &name) const
{
    const auto isIt = [&name](const auto &line) { return line.first.compare(name, Qt::CaseInsensitive) == 0; };
    const auto found = std::ranges::find_if(m_exchange.headers, isIt);
    return found == m_exchange.headers.end() ? nullptr : &found->second;
}

std::optional<std::chrono::sys_seconds> Answer::date() const
{
    if (const QByteArray *written = header("Date")) {
        if (const auto date = httpDateIn(*written))
            return date;
    }
    return m_wallClock.transform([&](const WallClock &clock) {
        const std::chrono::microseconds came(clock.unixMicrosecondsAt(m_exchange.finished));
        return std::chrono::floor<std::chrono::seconds>(std::chrono::sys_time<std::chrono::microseconds>(came));
    });
}

QByteArray Answer::codings() const
{
    QByteArrayList values; // a list of header lines is one list (RFC 9110, 5.3)
    for (const auto &[name, value] : m_exchange.headers) {
        if (name.compare("Content-Encoding", Qt::CaseInsensitive) == 0)
            values << value;
    }
    return values.join(',');
}

const std::expected<QByteArray, NoValue> &Answer::body()
{
    return m_body ? *m_body : m_body.emplace(readBody());
}

std::expected<QByteArray, NoValue> Answer::readBody() const
{
    const auto unreadable = [](const QString &why) { return std::unexpected(NoValue{why, {}, true}); };
    if (m_exchange.hasLongBody())
        return unreadable(QStringLiteral("the body is longer than %1 and is not looked into")
                              .arg(formatBytes(double(Exchange::kMaxBody))));
    if (m_exchange.body.isEmpty())
        return std::unexpected(NoValue{QStringLiteral("the body is empty")});
    const QByteArray encoded = codings();
    if (encoded.isEmpty())
        return m_exchange.body;
    auto decoded = decodedBody(m_exchange.body, encoded, Exchange::kMaxBody);
    if (!decoded)
        return unreadable(decoded.error());
    if (decoded->isEmpty())
        return std::unexpected(NoValue{QStringLiteral("the body is empty")});
    return *std::move(decoded);
}

const std::expected<JsonDocument, NoValue> &Answer::json()
{
    if (m_json)
        return *m_json;
    const std::expected<QByteArray, NoValue> &text = body();
    if (!text)
        return m_json.emplace(std::unexpected(text.error()));
    Result<JsonDocument> document = JsonDocument::parse(*text);
    if (document)
        return m_json.emplace(*std::move(document));
    return m_json.emplace(
        std::unexpected(NoValue{QStringLiteral("the body is not JSON"), document.error().message, true}));
}

const std::expected<QString, NoValue> &Answer::patternText()
{
    if (!m_patternText) {
        m_patternText = body().transform([](const QByteArray &text) {
            return QString::fromUtf8(QByteArrayView(text).first(std::min(text.size(), kMostPatternBytes)));
        });
    }
    return *m_patternText;
}

} // namespace Headroom
