// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/rules/rule.h"

#include <memory>
#include <vector>

namespace Headroom {

/// How a rule stands. Values are in the rule's unit: ms, fraction, per second, bytes, number.
struct RuleResult
{
    enum class Standing { Met, NotMet, Undecided, NotRun };
    Rule rule;
    Standing standing = Standing::NotRun;
    std::optional<double> value;
    std::optional<double> low; ///< Of the 95 % interval; missing: open or not known.
    std::optional<double> high;
    std::uint64_t samples = 0; ///< Requests, arrivals, sends or probe values that the value rests on.
    double windowStartSeconds = 0.0; ///< Since the start of the run ...
    double windowEndSeconds = 0.0; ///< ... covered by the frames that counted.
    std::uint64_t worth = 0; ///< Independent samples that those are as good as; those of one time resemble each other.
    QString reason; ///< Why undecided or not run, or how long violated; may be empty.
};

QLatin1String standingName(RuleResult::Standing standing); ///< "met", "not_met", "undecided", "not_run"

/// "912 ms", "0.4 %", "51/s", "1.2 GiB": a value of a rule for people.
QString formatRuleValue(double value, Rule::Unit unit);
/// The same of that rule: "1.2 MB/min" for a slope.
QString formatRuleValue(double value, const Rule &rule);
/// "< 900 ms", "between 10 ms and 20 ms"
QString formatRuleBound(const Rule &rule);

/// Judges rules over frames: live, one frame at a time, and at the end, by the same code.
/// Thread: one.
class RuleEvaluator
{
public:
    RuleEvaluator(std::vector<Rule> rules, RunFactsPtr facts);
    ~RuleEvaluator();

    void add(const MetricsFrame &frame);
    /// From now on these: one of the same text keeps what it has seen, a new one begins with the next frame.
    void setRules(std::vector<Rule> rules);
    /// How every rule stands now, in order.
    std::vector<RuleResult> results() const;
    /// The first "stop" rule that is not met, judged anew with each frame; nothing while all hold.
    std::optional<RuleResult> stopReason() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
