// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantity.h"

#include "core/base/humanformat.h"

#include <array>
#include <cmath>
#include <optional>
#include <span>

namespace Headroom {

namespace {

struct Unit
{
    QStringView name;
    double factor;
};

constexpr std::array kDurationUnits{
    Unit{u"ns", 1e0},      Unit{u"us", 1e3},    Unit{u"\u00B5s", 1e3}, Unit{u"\u03BCs", 1e3}, Unit{u"ms", 1e6},
    Unit{u"s", 1e9},       Unit{u"sec", 1e9},   Unit{u"min", 60e9},    Unit{u"m", 60e9},      Unit{u"h", 3600e9},
    Unit{u"hour", 3600e9}, Unit{u"d", 86400e9}, Unit{u"day", 86400e9},
};
constexpr std::array kRateUnits{
    Unit{u"s", 1.0},          Unit{u"sec", 1.0},           Unit{u"min", 1.0 / 60.0},  Unit{u"m", 1.0 / 60.0},
    Unit{u"h", 1.0 / 3600.0}, Unit{u"hour", 1.0 / 3600.0}, Unit{u"d", 1.0 / 86400.0}, Unit{u"day", 1.0 / 86400.0},
};
constexpr std::array kSizeUnits{
    Unit{u"", 1.0},       Unit{u"B", 1.0},      Unit{u"kB", 1e3},     Unit{u"KB", 1e3},
    Unit{u"MB", 1e6},     Unit{u"GB", 1e9},     Unit{u"TB", 1e12},    Unit{u"KiB", 1024.0},
    Unit{u"MiB", 0x1p20}, Unit{u"GiB", 0x1p30}, Unit{u"TiB", 0x1p40},
};

std::optional<double> factorOf(QStringView name, std::span<const Unit> units)
{
    for (const Unit &unit : units) {
        if (unit.name == name)
            return unit.factor;
    }
    return std::nullopt;
}

bool isNumberCharacter(QChar c) { return (c >= u'0' && c <= u'9') || c == u'.' || c == u'-' || c == u'+'; }

/// Takes the number in front off the text. No exponent here: "1e3 s" is nobody's way to write a duration.
std::optional<double> takeNumber(QStringView &text)
{
    text = text.trimmed();
    qsizetype length = 0;
    while (length < text.size() && isNumberCharacter(text[length]))
        ++length;
    bool isNumber = false;
    const double number = text.first(length).toDouble(&isNumber);
    text = text.sliced(length).trimmed();
    if (!isNumber || !std::isfinite(number))
        return std::nullopt;
    return number;
}

/// Takes the word in front off the text: up to a blank, a digit or the end.
QStringView takeWord(QStringView &text)
{
    qsizetype length = 0;
    while (length < text.size() && !text[length].isSpace() && !text[length].isDigit())
        ++length;
    const QStringView word = text.first(length);
    text = text.sliced(length).trimmed();
    return word;
}

std::unexpected<Error> invalid(QStringView text, const char *expected)
{
    return failure(Error::Code::InvalidInput,
                   QStringLiteral("%1 is not %2").arg(formatQuoted(text), QLatin1String(expected)));
}

QStringList namesOf(std::span<const Unit> units)
{
    QStringList names;
    for (const Unit &unit : units)
        names.append(unit.name.toString());
    return names;
}

} // namespace

Result<Nanoseconds> parseDuration(QStringView text)
{
    constexpr auto kExpected = "a duration; write a number and us, ms, s, min, h or d, as in 30 s";
    constexpr double kLongest = 365.0 * 86400e9;
    QStringView rest = text;
    double sum = 0.0;
    do {
        const auto number = takeNumber(rest);
        const auto factor = factorOf(takeWord(rest), kDurationUnits);
        if (!number || !factor || *number < 0.0)
            return invalid(text, kExpected);
        sum += *number * *factor;
    } while (!rest.isEmpty());
    if (sum > kLongest)
        return invalid(text, "a duration of at most 365 d");
    return Nanoseconds(std::llround(sum));
}

Result<Rate> parseRate(QStringView text)
{
    constexpr auto kExpected = "a rate; write a number and /s, /min, /h or /d, as in 50/s";
    constexpr double kHighest = 1e7;
    QStringView rest = text;
    const auto number = takeNumber(rest);
    if (!number || *number < 0.0 || !rest.startsWith(u'/'))
        return invalid(text, kExpected);
    const auto factor = factorOf(rest.sliced(1).trimmed(), kRateUnits);
    if (!factor)
        return invalid(text, kExpected);
    if (*number * *factor > kHighest)
        return invalid(text, "a rate of at most 10 million a second");
    // 170/h and the like: divided once, so that 3600/h is exactly 1/s.
    return Rate::perSecond(*factor < 1.0 ? *number / std::round(1.0 / *factor) : *number);
}

Result<std::int64_t> parseSize(QStringView text)
{
    QStringView rest = text;
    const auto number = takeNumber(rest);
    const auto factor = factorOf(rest, kSizeUnits);
    if (!number || !factor || *number < 0.0 || *number * *factor > 0x1p60)
        return invalid(text, "a size; write a number and B, KB, KiB, MB, MiB, GB or GiB, as in 10 KiB");
    return std::llround(*number * *factor);
}

Result<double> parsePercent(QStringView text)
{
    QStringView rest = text;
    const auto number = takeNumber(rest);
    if (!number || rest != u"%")
        return invalid(text, "a percentage; write a number and %, as in 1 %");
    return *number / 100.0;
}

Result<double> parseNumber(QStringView text)
{
    bool isNumber = false;
    const double number = text.trimmed().toDouble(&isNumber);
    if (!isNumber || !std::isfinite(number))
        return invalid(text, "a number");
    return number;
}

QStringList durationUnits() { return namesOf(kDurationUnits); }

QStringList rateUnits() { return namesOf(kRateUnits); }

} // namespace Headroom
