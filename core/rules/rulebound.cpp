// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulebound.h"

#include "core/base/humanformat.h"
#include "core/base/quantity.h"

#include <array>

namespace Headroom {

namespace {

using BoundKind = MetricWord::BoundKind;
using Bound = std::expected<RuleBound, QString>;

/// Turns what a parser of core/base gave into a bound.
template <typename T, typename Convert> Bound bound(const Result<T> &parsed, Rule::Unit unit, Convert convert)
{
    if (!parsed)
        return std::unexpected(parsed.error().message);
    return RuleBound{convert(*parsed), unit};
}

double same(double value) { return value; }

Bound durationBound(QStringView text)
{
    return bound(parseDuration(text), Rule::Unit::Duration, [](Nanoseconds d) { return double(d.count()) / 1e6; });
}

Bound sizeBound(QStringView text)
{
    return bound(parseSize(text), Rule::Unit::Bytes, [](std::int64_t bytes) { return double(bytes); });
}

Bound rateBound(QStringView text)
{
    if (const auto number = parseNumber(text))
        return RuleBound{*number, Rule::Unit::Rate};
    return bound(parseRate(text), Rule::Unit::Rate, [](Rate rate) { return rate.perSecond(); });
}

/// "90 % of machine"
Bound machineBound(QStringView text, qsizetype words)
{
    auto share = bound(parsePercent(text.first(words).trimmed()), Rule::Unit::Share, same);
    if (!share || text.sliced(words).trimmed() != u"of machine")
        return std::unexpected(QStringLiteral("%1 is not a bound; write a percentage, as in 90 % of machine").arg(formatQuoted(text)));
    share->isOfMachine = true;
    return share;
}

/// A series' unit is not known here: whatever can be read is right, a plain number first.
Bound seriesBound(QStringView text)
{
    const std::array tries{bound(parseNumber(text), Rule::Unit::Number, same),
                           bound(parsePercent(text), Rule::Unit::Share, same), sizeBound(text), durationBound(text),
                           rateBound(text)};
    for (const Bound &tried : tries) {
        if (tried)
            return tried;
    }
    if (const qsizetype words = text.indexOf(u"of machine"); words > 0)
        return machineBound(text, words);
    return std::unexpected(
        QStringLiteral("%1 is not a bound; write a number, a size, a duration, a rate or a percentage")
            .arg(formatQuoted(text)));
}

/// "1 MB/min", "5 %/h", "2/s"; 0 needs no time.
Bound perMinuteBound(QStringView text)
{
    constexpr std::pair<QStringView, double> kTimes[] = {{u"s", 60.0}, {u"min", 1.0}, {u"h", 1.0 / 60.0}, {u"d", 1.0 / 1440.0}};
    if (const auto number = parseNumber(text); number && *number == 0.0)
        return RuleBound{0.0, Rule::Unit::Number};
    if (text.startsWith(u'-') && text.size() > 1 && text[1] != u'-' && text[1] != u'+') { // sizes have no sign
        auto read = perMinuteBound(text.sliced(1).trimmed());
        if (read)
            read->value = -read->value;
        return read;
    }
    const qsizetype slash = text.lastIndexOf(u'/');
    for (const auto &[name, factor] : kTimes) {
        if (slash < 0 || text.sliced(slash + 1).trimmed() != name)
            continue;
        auto read = seriesBound(text.first(slash).trimmed());
        if (read && !read->isOfMachine) {
            read->value *= factor;
            return read;
        }
    }
    return std::unexpected(QStringLiteral("%1 is not a change over time; write one as in 1 MB/min, 5 %/h or 2/s")
                               .arg(formatQuoted(text)));
}

} // namespace

std::expected<RuleBound, QString> readBound(QStringView text, MetricWord::BoundKind kind)
{
    switch (kind) {
    case BoundKind::Duration:
        return durationBound(text);
    case BoundKind::Share:
        return bound(parsePercent(text), Rule::Unit::Share, same);
    case BoundKind::Rate:
        return rateBound(text);
    case BoundKind::Bytes:
        return sizeBound(text);
    case BoundKind::Number:
        return bound(parseNumber(text), Rule::Unit::Number, same);
    case BoundKind::Series:
        return seriesBound(text);
    case BoundKind::PerMinute:
        return perMinuteBound(text);
    }
    Q_UNREACHABLE_RETURN(std::unexpected(QString()));
}

} // namespace Headroom
