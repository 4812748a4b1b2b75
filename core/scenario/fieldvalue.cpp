// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/fieldvalue.h"

#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/scenario/acceptancetext.h"

#include <algorithm>
#include <optional>

namespace Headroom {

namespace {

std::unexpected<Error> invalid(QStringView text, const char *expected)
{
    return failure(Error::Code::InvalidInput,
                   QStringLiteral("%1 is not %2").arg(formatQuoted(text), QLatin1String(expected)));
}

/// "A" is A to A; "A to B" is both.
template <typename Parse>
auto parseSpan(QStringView text, Parse parse)
    -> Result<std::pair<typename decltype(parse(text))::value_type, typename decltype(parse(text))::value_type>>
{
    const QString words = text.toString().simplified();
    const qsizetype to = words.indexOf(QLatin1String(" to "));
    const auto low = parse(QStringView(words).first(to < 0 ? words.size() : to));
    if (!low)
        return std::unexpected(low.error());
    const auto high = to < 0 ? low : parse(QStringView(words).sliced(to + 4));
    if (!high)
        return std::unexpected(high.error());
    return std::pair(*low, *high);
}

bool isAllDigits(QStringView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// What stands behind "exponential".
std::optional<QString> wordsOfMean(QStringView text)
{
    constexpr QLatin1String kExponential("exponential ");
    const QString words = text.toString().simplified();
    return words.startsWith(kExponential) ? std::optional(words.sliced(kExponential.size())) : std::nullopt;
}

Result<double> parseUsers(QStringView text)
{
    constexpr double kMost = 1e9; // far above every range; keeps the double exact
    const auto users = parseWhole(text);
    if (!users || double(*users) > kMost)
        return invalid(text, "a number of users; write 50, or 0 to 100 for a ramp");
    return double(*users);
}

template <typename Value>
QString rangeProblem(const SchemaField &field, const Result<Value> &value, const Result<Value> &range, QStringView text,
                     const QString &place)
{
    if (!value)
        return value.error().message;
    if (*field.range == 0)
        return {};
    Q_ASSERT(range); // written in the table
    const auto isInside = [&range](const auto &end) { return end >= range->first && end <= range->second; };
    if (isInside(value->first) && isInside(value->second))
        return {};
    const QString allowed = QString::fromLatin1(field.range);
    return range->first == range->second
        ? QStringLiteral("%1 must be %2, not %3").arg(place, allowed.section(u' ', 0, 0), formatQuoted(text))
        : QStringLiteral("%1 must be from %2, not %3").arg(place, allowed, formatQuoted(text));
}

template <typename Parse>
QString spanProblem(const SchemaField &field, const QString &text, Parse parse, const QString &place)
{
    return rangeProblem(field, parseSpan(text, parse), parseSpan(QString::fromLatin1(field.range), parse), text, place);
}

template <typename Parse>
QString singleProblem(const SchemaField &field, const QString &text, Parse parse, const QString &place)
{
    const auto value = parse(QStringView(text));
    if (!value)
        return value.error().message;
    return spanProblem(field, text, parse, place);
}

QString choiceProblem(const SchemaField &field, const QString &text, const QString &place)
{
    const QStringList words = QString::fromLatin1(field.range).split(u'|');
    if (words.contains(text))
        return {};
    return QStringLiteral("%1 cannot be %2%3; write one of: %4")
        .arg(place, formatQuoted(text), didYouMean(text, words), words.join(QLatin1String(", ")));
}

QString booleanProblem(const SchemaField &field, const QString &text, const QString &place)
{
    const auto value = parseBoolean(text);
    if (!value)
        return value.error().message;
    const auto only = parseBoolean(QString::fromLatin1(field.range));
    return only && *only != *value
        ? QStringLiteral("%1 can only be %2; leave it out otherwise").arg(place, QLatin1String(field.range))
        : QString();
}

QString lengthProblem(const SchemaField &field, const QString &text, const QString &place)
{
    return isCountInRange(field, text.size())
        ? QString()
        : QStringLiteral("%1 must have %2 characters, not %3").arg(place, QLatin1String(field.range)).arg(text.size());
}

bool isNeverQuoted(SchemaField::Type type)
{
    using enum SchemaField::Type;
    return type == Integer || type == Number || type == Boolean;
}

} // namespace

Result<std::uint64_t> parseWhole(QStringView text)
{
    const QStringView digits = text.startsWith(u'+') ? text.sliced(1) : text;
    if (!isAllDigits(digits))
        return invalid(text, "a whole number from 0 on");
    bool isNumber = false;
    const qulonglong number = digits.toULongLong(&isNumber);
    return isNumber ? Result<std::uint64_t>(number) : invalid(text, "a number that can be counted to; it is too large");
}

Result<bool> parseBoolean(QStringView text)
{
    if (text == u"true" || text == u"True" || text == u"TRUE")
        return true;
    if (text == u"false" || text == u"False" || text == u"FALSE")
        return false;
    return invalid(text, "true or false");
}

Result<std::pair<double, double>> parseUsersSpan(QStringView text) { return parseSpan(text, parseUsers); }

Result<Scenario::Batches> parseBatches(QStringView text)
{
    constexpr std::uint64_t kMostBatches = 10'000; // the report lists them all
    constexpr std::uint64_t kMostIterations = 100'000; // as many as users
    const QStringList words = text.toString().simplified().split(QLatin1String(" of "));
    if (words.size() == 2) {
        const auto count = parseWhole(words[0]);
        const auto size = parseWhole(words[1]);
        if (count && size && *count >= 1 && *count <= kMostBatches && *size >= 1 && *size <= kMostIterations)
            return Scenario::Batches{int(*count), int(*size), {}, false};
    }
    return invalid(text, "a number of batches; write 5 of 10 for five batches of ten iterations each (at most 10000 of "
                         "100000)");
}

Result<std::pair<Rate, Rate>> parseRateSpan(QStringView text) { return parseSpan(text, parseRate); }

Result<Scenario::ThinkTime> parseThinkTime(QStringView text)
{
    if (const auto words = wordsOfMean(text)) {
        // 1 of 22,000 draws is cut at 10 times the mean, so the mean falls by 0.005 %.
        return parseDuration(*words).transform(
            [](Nanoseconds mean) { return Scenario::ThinkTime{0ns, 10 * mean, mean}; });
    }
    return parseSpan(text, parseDuration).transform([](const auto &span) {
        return Scenario::ThinkTime{span.first, span.second, {}};
    });
}

Result<Scenario::StatusRange> parseStatusRange(QStringView text)
{
    constexpr auto kExpected = "a status code; write 200, 2xx or 200-299";
    const QString word = text.toString().remove(u' ').toLower();
    if (word.size() == 3 && word.endsWith(QLatin1String("xx")) && word[0] >= u'1' && word[0] <= u'9') {
        const int hundreds = word[0].digitValue() * 100;
        return Scenario::StatusRange{hundreds, hundreds + 99};
    }
    const auto code = [](const QString &digits) {
        return digits.size() == 3 && isAllDigits(digits) ? digits.toInt() : 0;
    };
    const int low = code(word.section(u'-', 0, 0));
    const int high = word.contains(u'-') ? code(word.section(u'-', 1)) : low;
    if (low < 100 || high < low)
        return invalid(text, kExpected);
    return Scenario::StatusRange{low, high};
}

QString valueProblem(const SchemaField &field, const YamlNode &scalar, const QString &place)
{
    const QString &text = scalar.text;
    if (scalar.isQuoted && isNeverQuoted(field.type))
        return QStringLiteral("%1 is a text because of its quotes; write it without them").arg(formatQuoted(text));
    switch (field.type) {
    case SchemaField::Type::Text:
        return lengthProblem(field, text, place);
    case SchemaField::Type::Integer:
        return singleProblem(field, text, parseWhole, place);
    case SchemaField::Type::Number:
        return singleProblem(field, text, parseNumber, place);
    case SchemaField::Type::Boolean:
        return booleanProblem(field, text, place);
    case SchemaField::Type::Duration:
        return singleProblem(field, text, parseDuration, place);
    case SchemaField::Type::ThinkTime: {
        const auto mean = wordsOfMean(text);
        return mean ? singleProblem(field, *mean, parseDuration, place)
                    : spanProblem(field, text, parseDuration, place);
    }
    case SchemaField::Type::Rate:
        return singleProblem(field, text, parseRate, place);
    case SchemaField::Type::RateSpan:
        return spanProblem(field, text, parseRate, place);
    case SchemaField::Type::UsersSpan:
        return spanProblem(field, text, parseUsers, place);
    case SchemaField::Type::Percent:
        return singleProblem(field, text, parsePercent, place);
    case SchemaField::Type::Batches: {
        const auto batches = parseBatches(text);
        return batches ? QString() : batches.error().message;
    }
    case SchemaField::Type::Acceptance: {
        const auto acceptance = parseAcceptance(text);
        return acceptance ? QString() : acceptance.error().message;
    }
    case SchemaField::Type::Choice:
        return choiceProblem(field, text, place);
    case SchemaField::Type::StatusList: {
        const auto status = parseStatusRange(text);
        return status ? QString() : status.error().message;
    }
    default:
        return {};
    }
}

bool isCountInRange(const SchemaField &field, qsizetype count)
{
    const auto range = parseSpan(QString::fromLatin1(field.range), parseWhole);
    return !range || (qulonglong(count) >= range->first && qulonglong(count) <= range->second);
}

} // namespace Headroom
