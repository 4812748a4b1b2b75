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

/// A series' unit is not known here: whatever can be read is right, a plain number first.
Bound seriesBound(QStringView text)
{
    const std::array tries{bound(parseNumber(text), Rule::Unit::Number, same),
                           bound(parsePercent(text), Rule::Unit::Share, same), sizeBound(text), durationBound(text)};
    for (const Bound &tried : tries) {
        if (tried)
            return tried;
    }
    if (text.contains(u"of machine"))
        return std::unexpected(QStringLiteral("'of machine' is not built yet; write a size or a percentage alone"));
    return std::unexpected(QStringLiteral("%1 is not a bound; write a number, a size, a duration or a percentage")
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
    }
    Q_UNREACHABLE_RETURN(std::unexpected(QString()));
}

} // namespace Headroom
