// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/placereader.h"

#include "core/answers/httpdate.h"
#include "core/base/boundedpattern.h"
#include "core/base/humanformat.h"
#include "core/base/valueorder.h"

#include <QNetworkCookie>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace Headroom {

namespace {

using Kind = AnswerPlace::Kind;
using Read = std::expected<PlaceValue, NoValue>;

Read nothing(const QString &why) { return std::unexpected(NoValue{why}); }

PlaceValue textValue(const QByteArray &text) { return {text, numberIn(text)}; }

/// A header's or cookie's: Latin-1 where it is no UTF-8 (RFC 9110, section 5.5).
PlaceValue fieldValue(const QByteArray &text)
{
    return textValue(text.isValidUtf8() ? text : QString::fromLatin1(text).toUtf8());
}

PlaceValue numberValue(double number)
{
    char digits[32];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    return {QByteArray(digits, end - digits), number};
}

PlaceValue timeValue(Nanoseconds time) { return numberValue(std::chrono::duration<double, std::milli>(time).count()); }

Read readCookie(const Answer &answer, const QByteArray &name)
{
    for (const auto &[header, line] : answer.exchange().headers) {
        if (header.compare("Set-Cookie", Qt::CaseInsensitive) != 0)
            continue;
        const QByteArray pair = line.first(line.contains(';') ? line.indexOf(';') : line.size()).trimmed();
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0 && pair.first(equals).trimmed() == name)
            return fieldValue(pair.sliced(equals + 1).trimmed());
    }
    return nothing(QStringLiteral("the answer sets no cookie %1").arg(QLatin1StringView(name)));
}

/// How long to wait: seconds, or a date, which is as many seconds behind that of the answer, and none when it is past.
/// Source: RFC 9110, section 10.2.3.
Read readRetryAfter(const Answer &answer, const QByteArray &line)
{
    PlaceValue value = fieldValue(line);
    const auto until = value.number ? std::nullopt : httpDateIn(line);
    if (const auto from = answer.date(); until && from)
        value.number = std::max(0.0, double((*until - *from).count()));
    return value;
}

/// The duration of a metric in lines such as "db;dur=53.2, cache;desc=\"a, b\";dur=0.1" (W3C Server Timing).
std::optional<double> durationIn(QByteArrayView line, const QByteArray &metric)
{
    bool isMetric = false; // the entry that is being walked
    bool isQuoted = false;
    qsizetype start = 0; // of the part of the entry
    bool isFirst = true; // part of the entry: its name
    for (qsizetype i = 0; i <= line.size(); ++i) {
        if (i < line.size() && line[i] == '"')
            isQuoted = !isQuoted;
        if (i < line.size() && (isQuoted || (line[i] != ',' && line[i] != ';')))
            continue;
        const QByteArrayView part = line.sliced(start, i - start).trimmed();
        if (std::exchange(isFirst, i == line.size() || line[i] == ','))
            isMetric = part == metric;
        else if (isMetric && part.size() > 4 && part.first(4).compare("dur=", Qt::CaseInsensitive) == 0)
            return numberIn(part.sliced(4).toByteArray().replace('"', "").trimmed());
        start = i + 1;
    }
    return std::nullopt;
}

Read readServerTiming(const Answer &answer, const QByteArray &metric)
{
    for (const auto &[header, line] : answer.exchange().headers) {
        if (header.compare("Server-Timing", Qt::CaseInsensitive) != 0)
            continue;
        if (const auto duration = durationIn(line, metric))
            return numberValue(*duration);
    }
    return nothing(QStringLiteral("the answer has no time of %1 in Server-Timing").arg(QLatin1StringView(metric)));
}

} // namespace

PlaceReader::PlaceReader(const AnswerPlace &place)
    : m_place(place)
    , m_name(place.text.toLatin1())
    , m_isRetryAfter(place.kind == Kind::Header && m_name.compare("Retry-After", Qt::CaseInsensitive) == 0)
{
    if (place.kind == Kind::Json)
        m_path = JsonPath::compile(place.text).value();
    if (place.kind == Kind::Pattern)
        m_pattern = boundedPattern(place.text).value();
}

Read PlaceReader::read(Answer &answer) const
{
    const Exchange &exchange = answer.exchange();
    switch (m_place.kind) {
    case Kind::Json:
        return readJson(answer);
    case Kind::Header:
        if (const QByteArray *value = answer.header(m_name))
            return m_isRetryAfter ? readRetryAfter(answer, *value) : fieldValue(*value);
        return nothing(QStringLiteral("the answer has no header %1").arg(m_place.text));
    case Kind::Cookie:
        return readCookie(answer, m_name);
    case Kind::Pattern:
        return readPattern(answer);
    case Kind::ServerTiming:
        return readServerTiming(answer, m_name);
    case Kind::Status:
        return numberValue(exchange.status);
    case Kind::Body:
        return answer.body().transform(textValue);
    case Kind::Size:
        return numberValue(double(exchange.bytesIn));
    case Kind::Time:
        return timeValue(exchange.finished - exchange.sent);
    case Kind::FirstByte:
        return timeValue(exchange.firstByte - exchange.sent);
    }
    Q_UNREACHABLE_RETURN(nothing({}));
}

Read PlaceReader::readJson(Answer &answer) const
{
    const std::expected<JsonDocument, NoValue> &document = answer.json();
    if (!document)
        return std::unexpected(document.error());
    auto found = document->first(*m_path);
    if (!found)
        return std::unexpected(
            NoValue{QStringLiteral("the path cannot be applied to the body"), found.error().message, true});
    if (!*found)
        return nothing(QStringLiteral("the body has nothing at %1").arg(m_place.text));
    return PlaceValue{std::move((*found)->text), (*found)->number};
}

Read PlaceReader::readPattern(Answer &answer) const
{
    const std::expected<QString, NoValue> &text = answer.patternText();
    if (!text)
        return std::unexpected(text.error());
    const QRegularExpressionMatch match = m_pattern.match(*text);
    if (match.hasMatch())
        return textValue(match.captured(m_pattern.captureCount() > 0 ? 1 : 0).toUtf8());
    if (!match.isValid())
        return std::unexpected(
            NoValue{QStringLiteral("the search for /%1/ took too many steps").arg(m_place.text), {}, true});
    const bool isHead = answer.exchange().body.size() > Answer::kMostPatternBytes;
    return nothing(isHead ? QStringLiteral("the first %1 of the body have no match of /%2/")
                                .arg(formatBytes(double(Answer::kMostPatternBytes)), m_place.text)
                          : QStringLiteral("the body has no match of /%1/").arg(m_place.text));
}

} // namespace Headroom
