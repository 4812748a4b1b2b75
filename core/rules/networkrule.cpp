// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/networkrule.h"

#include "core/base/humanformat.h"
#include "core/rules/rulemetric.h"

#include <algorithm>
#include <array>

namespace Headroom {

namespace {

using enum Rule::Metric;
using Part = Rule::NetworkPart;

constexpr std::array kParts{Part::FirstByte, Part::Resolve, Part::Connect, Part::Tls};

/// p95 is NetworkQuantile, max NetworkMax.
std::optional<Rule::Metric> networkMetricOf(Rule::Metric metric)
{
    switch (metric) {
    case Mean:
        return NetworkMean;
    case Min:
        return NetworkMin;
    case Max:
        return NetworkMax;
    case Quantile:
        return NetworkQuantile;
    default:
        return std::nullopt;
    }
}

} // namespace

QLatin1String networkPartName(Part part)
{
    switch (part) {
    case Part::FirstByte:
        return QLatin1String("first_byte");
    case Part::Resolve:
        return QLatin1String("resolve");
    case Part::Connect:
        return QLatin1String("connect");
    case Part::Tls:
        return QLatin1String("tls");
    }
    Q_UNREACHABLE_RETURN({});
}

std::optional<RuleProblem> readNetworkTime(const RulePiece &name, const std::vector<RulePiece> &brackets, Rule &rule)
{
    const auto part = std::ranges::find_if(kParts, [&](Part one) { return name.text == networkPartName(one); });
    Q_ASSERT(part != kParts.end()); // the table of metrics has no others
    rule.part = *part;
    if (brackets.size() != 1) {
        return problemAt(
            name,
            QStringLiteral("'%1' takes a percentile, min, max or mean of all steps, as in %1(p95)").arg(name.text));
    }
    const auto word = metricWord(brackets.front().text.toString());
    const auto metric = word ? networkMetricOf(word->metric) : std::nullopt;
    if (!metric) {
        return problemAt(
            brackets.front(),
            QStringLiteral("%1 is no function of times, and steps are not told apart; write mean, min, max "
                           "or a percentile, as in %2(p95)")
                .arg(formatQuoted(brackets.front().text), name.text));
    }
    rule.metric = *metric;
    rule.quantile = word->quantile;
    return std::nullopt;
}

std::optional<RuleProblem> checkNetworkRule(const Rule &rule, const RunFacts &facts)
{
    const bool isAlwaysTold = isNetworkTime(rule.metric) && rule.part == Part::FirstByte;
    if (isAlwaysTold || facts.tellsOpenings())
        return std::nullopt;
    const QString name = rule.metric == Opened ? QStringLiteral("opened") : QString(networkPartName(rule.part));
    return RuleProblem{0, name.size(),
                       QStringLiteral("'%1' needs the direct transport, as %2 cannot tell when it opens a connection; "
                                      "write transport: direct, or remove the rule")
                           .arg(name, facts.transport)};
}

} // namespace Headroom
