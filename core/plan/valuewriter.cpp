// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/valuewriter.h"

#include "core/base/random.h"
#include "core/base/randomrange.h"
#include "core/plan/plannedfeed.h"
#include "core/plan/requesttemplate.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace Headroom {

namespace {

using Kind = TemplateValue::Kind;

constexpr std::string_view kHexDigits = "0123456789abcdef";

template <typename Number> void appendNumber(QByteArray &bytes, Number number)
{
    char digits[std::numeric_limits<Number>::digits10 + 2]; // and a sign
    bytes.append(digits, std::to_chars(std::begin(digits), std::end(digits), number).ptr - digits);
}

/// With leading zeros.
void appendDigits(QByteArray &bytes, unsigned number, int count)
{
    std::array<char, 10> digits{};
    for (int i = count; i-- > 0; number /= 10)
        digits[std::size_t(i)] = char('0' + number % 10);
    bytes.append(digits.data(), count);
}

bool isUnreserved(char c) // RFC 3986, section 2.3
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
        || c == '_' || c == '~';
}

void appendPercentEncoded(QByteArray &bytes, QByteArrayView text, bool isForm)
{
    constexpr std::string_view kUpper = "0123456789ABCDEF"; // as RFC 3986 wants it
    for (const char c : text) {
        if (isUnreserved(c)) {
            bytes += c;
        } else if (isForm && c == ' ') {
            bytes += '+';
        } else {
            bytes += '%';
            bytes += kUpper[std::uint8_t(c) >> 4];
            bytes += kUpper[std::uint8_t(c) & 15];
        }
    }
}

void appendJson(QByteArray &bytes, QByteArrayView text)
{
    for (const char c : text) {
        if (std::uint8_t(c) < 0x20) {
            bytes += "\\u00";
            bytes += kHexDigits[std::uint8_t(c) >> 4];
            bytes += kHexDigits[std::uint8_t(c) & 15];
        } else {
            if (c == '"' || c == '\\')
                bytes += '\\';
            bytes += c;
        }
    }
}

bool isAscii(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return std::uint8_t(c) < 0x80; });
}

/// Latin-1 in headers, the text as it is in lines.
std::expected<void, QString> appendGuarded(QByteArray &bytes, TextPlace place, QByteArrayView text)
{
    const QString value = QString::fromUtf8(text);
    if (const QString misfit = misfitAt(place, value); !misfit.isEmpty())
        return std::unexpected(misfit);
    if (place == TextPlace::Header && !isAscii(text))
        bytes += value.toLatin1();
    else
        bytes += text;
    return {};
}

} // namespace

std::expected<void, QString> appendEscaped(QByteArray &bytes, TextPlace place, QByteArrayView text)
{
    switch (place) {
    case TextPlace::Plain:
        bytes += text;
        return {};
    case TextPlace::Header:
    case TextPlace::Line:
        return appendGuarded(bytes, place, text);
    case TextPlace::Path:
    case TextPlace::Query:
        appendPercentEncoded(bytes, text, false);
        return {};
    case TextPlace::Form:
        appendPercentEncoded(bytes, text, true);
        return {};
    case TextPlace::Json:
        appendJson(bytes, text);
        return {};
    case TextPlace::JsonValue:
        bytes += valueText(place, QString::fromUtf8(text)).toUtf8();
        return {};
    }
    Q_UNREACHABLE_RETURN({});
}

ValueWriter::ValueWriter(const TemplateValue &value)
    : m_value(value)
{
    for (const QString &choice : value.choices) {
        QByteArray escaped;
        [[maybe_unused]] const auto fits = appendEscaped(escaped, value.place, choice.toUtf8());
        Q_ASSERT(fits); // the reader has seen to it
        m_choices.push_back(escaped);
    }
}

std::uint64_t ValueWriter::random(const RequestValues &values, std::uint64_t draw) const
{
    return randomAt(values.content ^ mix(values.repetition), m_salt, draw);
}

std::expected<void, QString> ValueWriter::append(QByteArray &bytes, const RequestValues &values) const
{
    switch (m_value.kind) {
    case Kind::User:
        appendNumber(bytes, values.user);
        return {};
    case Kind::Iteration:
        appendNumber(bytes, values.iteration);
        return {};
    case Kind::Random:
        appendNumber(bytes, randomBetween(m_value.low, m_value.high, random(values)));
        return {};
    case Kind::Choice:
        bytes += m_choices[std::size_t(randomBelow(m_choices.size(), random(values)))];
        return {};
    case Kind::Uuid:
        appendUuid(bytes, values);
        return {};
    case Kind::Now:
        appendTime(bytes, values.unixMicroseconds);
        return {};
    case Kind::Column:
        return appendCell(bytes, values);
    case Kind::Variable:
        return appendVariable(bytes, values);
    case Kind::Secret:
        return std::unexpected(QStringLiteral("the secret '%1' has no value").arg(m_value.name));
    }
    Q_UNREACHABLE_RETURN({});
}

std::expected<void, QString> ValueWriter::appendCell(QByteArray &bytes, const RequestValues &values) const
{
    if (!values.feeds || std::size_t(m_value.index) >= values.feeds->size())
        return std::unexpected(QStringLiteral("${%1} has no value: its feed was not read").arg(m_value.written));
    const PlannedFeed &feed = (*values.feeds)[std::size_t(m_value.index)];
    if (const auto row = feed.rowOf(values))
        return appendForeign(bytes, feed.rows->cell(*row, m_value.column));
    return std::unexpected(QStringLiteral("${%1} has no value: all %2 rows of the feed '%3' were taken")
                               .arg(m_value.written)
                               .arg(feed.rows->count())
                               .arg(feed.name));
}

std::expected<void, QString> ValueWriter::appendVariable(QByteArray &bytes, const RequestValues &values) const
{
    const auto index = std::size_t(m_value.index);
    if (values.variables && index < values.variables->size() && (*values.variables)[index])
        return appendForeign(bytes, *(*values.variables)[index]);
    return std::unexpected(QStringLiteral("${%1} has no value: no answer has set it before").arg(m_value.written));
}

std::expected<void, QString> ValueWriter::appendForeign(QByteArray &bytes, QByteArrayView text) const
{
    return appendEscaped(bytes, m_value.place, text).transform_error([this](const QString &misfit) {
        return QStringLiteral("the value of ${%1} %2").arg(m_value.written, misfit);
    });
}

/// Version 4 of RFC 9562: 122 random bits.
void ValueWriter::appendUuid(QByteArray &bytes, const RequestValues &values) const
{
    constexpr std::uint64_t kVersion = 0x4000;
    constexpr std::uint64_t kVariant = 0x8000'0000'0000'0000;
    const std::uint64_t high = (random(values, 0) & ~std::uint64_t(0xF000)) | kVersion;
    const std::uint64_t low = (random(values, 1) & ~(std::uint64_t(3) << 62)) | kVariant;
    if (m_value.place == TextPlace::JsonValue)
        bytes += '"';
    for (int digit = 0; digit < 32; ++digit) {
        if (digit == 8 || digit == 12 || digit == 16 || digit == 20)
            bytes += '-';
        const std::uint64_t half = digit < 16 ? high : low;
        bytes += kHexDigits[(half >> (60 - digit % 16 * 4)) & 15];
    }
    if (m_value.place == TextPlace::JsonValue)
        bytes += '"';
}

void ValueWriter::appendTime(QByteArray &bytes, std::int64_t unixMicroseconds) const
{
    switch (m_value.time) {
    case TemplateValue::Time::Seconds:
        return appendNumber(bytes, unixMicroseconds / 1'000'000);
    case TemplateValue::Time::Milliseconds:
        return appendNumber(bytes, unixMicroseconds / 1'000);
    case TemplateValue::Time::Microseconds:
        return appendNumber(bytes, unixMicroseconds);
    case TemplateValue::Time::Iso:
        break;
    }
    using namespace std::chrono;
    const sys_time<microseconds> time{microseconds(unixMicroseconds)};
    const year_month_day date(floor<days>(time));
    const hh_mm_ss clock(floor<milliseconds>(time - floor<days>(time)));
    QByteArray text;
    appendDigits(text, unsigned(int(date.year())), 4);
    for (const auto &[separator, number] : {std::pair('-', unsigned(date.month())),
                                            {'-', unsigned(date.day())},
                                            {'T', unsigned(clock.hours().count())},
                                            {':', unsigned(clock.minutes().count())},
                                            {':', unsigned(clock.seconds().count())}}) {
        text += separator;
        appendDigits(text, number, 2);
    }
    text += '.';
    appendDigits(text, unsigned(clock.subseconds().count()), 3);
    text += 'Z';
    [[maybe_unused]] const auto fits = appendEscaped(bytes, m_value.place, text); // it has ASCII alone
}

} // namespace Headroom
