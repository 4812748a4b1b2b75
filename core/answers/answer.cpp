// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/answer.h"

#include "core/base/humanformat.h"

#include <algorithm>

namespace Headroom {

const QByteArray *Answer::header(const QByteArray &name) const
{
    const auto isIt = [&name](const auto &line) { return line.first.compare(name, Qt::CaseInsensitive) == 0; };
    const auto found = std::ranges::find_if(m_exchange.headers, isIt);
    return found == m_exchange.headers.end() ? nullptr : &found->second;
}

std::expected<QByteArray, NoValue> Answer::body() const
{
    const auto unreadable = [](const QString &why) { return std::unexpected(NoValue{why, {}, true}); };
    const QByteArray *encoding = header("Content-Encoding");
    if (encoding && !encoding->isEmpty() && encoding->compare("identity", Qt::CaseInsensitive) != 0)
        return unreadable(
            QStringLiteral("the body is encoded (%1) and cannot be looked into; remove Accept-Encoding from "
                           "the headers")
                .arg(formatQuoted(QString::fromLatin1(*encoding))));
    if (m_exchange.bytesIn > std::uint64_t(Exchange::kMaxBody))
        return unreadable(QStringLiteral("the body is longer than %1 and is not looked into")
                              .arg(formatBytes(double(Exchange::kMaxBody))));
    if (m_exchange.body.isEmpty())
        return std::unexpected(NoValue{QStringLiteral("the body is empty")});
    return m_exchange.body;
}

const std::expected<JsonDocument, NoValue> &Answer::json()
{
    if (m_json)
        return *m_json;
    const std::expected<QByteArray, NoValue> text = body();
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
