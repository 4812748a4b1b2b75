// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/limitwindow.h"

#include "core/rules/ruleparser.h"

#include <algorithm>

namespace Headroom {

namespace {

using Metric = Rule::Metric;

enum Measure : std::size_t { ResponseP95, ErrorShare, AchievedShare };

/// Rules that are always met: their values are what is asked for.
std::vector<Rule> measures()
{
    std::vector<Rule> rules;
    for (const char *text : {"p95 >= 0 s", "errors >= 0 %", "achieved >= 0 %"})
        rules.push_back(*parseRule(QLatin1String(text)));
    return rules;
}

std::vector<Rule> withMeasures(std::vector<Rule> rules)
{
    for (Rule &measure : measures())
        rules.push_back(std::move(measure));
    return rules;
}

bool hasUpperBound(const Rule &rule)
{
    return rule.comparison == Rule::Comparison::Less || rule.comparison == Rule::Comparison::LessOrEqual;
}

/// A rule of the whole window as one of its first part, loosened so far that whoever breaks it there has broken it for
/// the whole: 6 % too slow in the first half are 3 % too slow in all. Nothing for those that can always recover.
std::optional<Rule> looserRule(Rule rule, double part)
{
    if (!hasUpperBound(rule) || !isBrokenByLoad(rule) || isProbeMetric(rule.metric) || isNetworkTime(rule.metric)
        || rule.forLength || rule.isSurely)
        return std::nullopt;
    if (rule.metric == Metric::Max)
        return rule;
    if (rule.metric == Metric::Quantile) {
        constexpr double kLowest = 0.01; // no percentile is judged below
        rule.quantile = 1.0 - (1.0 - rule.quantile) / part;
        return rule.quantile >= kLowest ? std::optional(rule) : std::nullopt;
    }
    if (rule.metric == Metric::Min)
        return std::nullopt; // one fast answer is enough
    rule.bound /= part;
    return rule;
}

std::vector<Rule> looserRules(const std::vector<Rule> &rules, double part)
{
    std::vector<Rule> looser;
    for (const Rule &rule : rules) {
        if (auto one = looserRule(rule, part))
            looser.push_back(std::move(*one));
    }
    return looser;
}

/// Of so many seconds.
bool areTooManyLate(int late, int seconds)
{
    constexpr double kTolerated = 0.05; // of the seconds, and
    constexpr int kFewest = 3; // at least so many: LANGUAGE, section 6; half of a shorter window
    return late > kTolerated * seconds && late >= std::min(kFewest, (seconds + 1) / 2);
}

bool isNotMet(const RuleResult &result) { return result.standing == RuleResult::Standing::NotMet; }

} // namespace

bool isBrokenByLoad(const Rule &rule)
{
    switch (rule.metric) {
    case Metric::Quantile:
    case Metric::Min:
    case Metric::Max:
    case Metric::Mean:
    case Metric::Errors:
    case Metric::Rejected:
    case Metric::Share:
    case Metric::Dropped:
    case Metric::Achieved:
    case Metric::ProbeMean:
    case Metric::ProbeMax:
    case Metric::ProbeMin:
    case Metric::ProbeP95:
    case Metric::ProbeLast:
        return true;
    case Metric::NetworkMean:
    case Metric::NetworkMin:
    case Metric::NetworkMax:
    case Metric::NetworkQuantile:
        return rule.part == Rule::NetworkPart::FirstByte;
    default:
        return false;
    }
}

LimitWindow::LimitWindow(const std::vector<Rule> &rules, const RunFactsPtr &facts, int seconds)
    : m_ruleCount(rules.size())
    , m_evaluator(withMeasures(rules), facts)
    , m_firstHalf(looserRules(rules, double((seconds + 1) / 2) / seconds), facts)
    , m_limits(*facts)
    , m_wanted(seconds)
    , m_half((seconds + 1) / 2)
    , m_allowsDrops(std::ranges::contains(rules, Metric::Dropped, &Rule::metric))
{
}

void LimitWindow::watch(const MetricsFrame &frame)
{
    (void)m_limits.add(frame);
    ++m_watched;
    m_watchedLimited += m_limits.latest().by == LimitedBy::Generator;
}

void LimitWindow::add(const MetricsFrame &frame)
{
    m_evaluator.add(frame);
    if (m_seconds < m_half)
        m_firstHalf.add(frame);
    ++m_seconds;
    const FlowCounts iterations = frame.iterations();
    m_iterations += iterations;
    m_isAtCap = m_isAtCap || frame.backlog > 0 || iterations.dropped > 0;
    m_generatorLimited += m_limits.latest().by == LimitedBy::Generator;
}

bool LimitWindow::isBrokenForCertain() const
{
    return m_seconds == m_half && m_half < m_wanted && std::ranges::any_of(m_firstHalf.results(), isNotMet);
}

std::vector<RuleResult> LimitWindow::results() const
{
    std::vector<RuleResult> results = m_evaluator.results();
    results.erase(results.begin() + std::ptrdiff_t(m_ruleCount), results.end());
    return results;
}

std::optional<RuleResult> LimitWindow::broken() const
{
    const std::vector<RuleResult> all = results();
    const auto found =
        std::ranges::find_if(all, [](const RuleResult &one) { return isNotMet(one) && isBrokenByLoad(one.rule); });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

std::optional<RuleResult> LimitWindow::notShown() const
{
    const std::vector<RuleResult> all = results();
    const auto found = std::ranges::find_if(all, [](const RuleResult &one) {
        return one.standing == RuleResult::Standing::Undecided && one.rule.isSurely && isBrokenByLoad(one.rule);
    });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

std::optional<double> LimitWindow::measured(std::size_t index) const
{
    return m_evaluator.results().at(m_ruleCount + index).value;
}

std::optional<double> LimitWindow::p95Ms() const { return measured(ResponseP95); }
std::optional<double> LimitWindow::errorShare() const { return measured(ErrorShare); }
std::optional<double> LimitWindow::achievedShare() const { return measured(AchievedShare); }

bool LimitWindow::hasLostArrivals() const
{
    constexpr double kTolerated = 0.01; // LANGUAGE, section 5
    return !m_allowsDrops && double(m_iterations.dropped) > kTolerated * double(m_iterations.planned);
}

bool LimitWindow::isGeneratorLimited() const { return areTooManyLate(m_generatorLimited, m_seconds); }
bool LimitWindow::isGeneratorLimitedSinceStart() const { return areTooManyLate(m_watchedLimited, m_watched); }

} // namespace Headroom
