// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleevaluator.h"

#include "core/metrics/loadpieces.h"
#include "core/rules/judgedrule.h"
#include "core/rules/ruleparser.h"

#include <algorithm>
#include <deque>
#include <utility>

namespace Headroom {

struct RuleEvaluator::State
{
    RunFactsPtr facts;
    std::vector<JudgedRule> rules;
    // Shared between rules; addresses stay, as nothing is ever removed.
    std::deque<StepTotals> steps;
    std::deque<StepTotals> seconds; ///< Of the last frame alone.
    std::deque<SeriesTotals> series;
    std::deque<ObservationTotals> observed;
    LoadPieces pieces;
    bool allowsDrops = false;

    JudgedRule judged(Rule rule);
    StepTotals *totalsFor(const Rule &rule, std::deque<StepTotals> &known, const RuleWindow &window);
    SeriesTotals *seriesFor(const Rule &rule, const RuleWindow &window);
    ObservationTotals *observedFor(const Rule &rule, const RuleWindow &window);
};

JudgedRule RuleEvaluator::State::judged(Rule rule)
{
    rule = resolveRule(std::move(rule), *facts);
    if (const auto problem = checkRule(rule, *facts))
        return {std::move(rule), problem->message};
    const RuleWindow window{rule.during, rule.from};
    if (auto gauge = makeGauge(rule, facts))
        return {std::move(rule), std::move(gauge), facts};
    if (isProbeMetric(rule.metric)) {
        SeriesTotals *values = seriesFor(rule, window);
        return {std::move(rule), values};
    }
    if (isObserved(rule.metric)) {
        ObservationTotals *observations = observedFor(rule, window);
        return {std::move(rule), observations};
    }
    StepTotals *totals = totalsFor(rule, steps, window);
    StepTotals *second = rule.forLength ? totalsFor(rule, seconds, {}) : nullptr;
    return {std::move(rule), totals, second};
}

StepTotals *RuleEvaluator::State::totalsFor(const Rule &rule, std::deque<StepTotals> &known, const RuleWindow &window)
{
    const auto isSame = [&](const StepTotals &t) { return t.selector() == rule.selector && t.window() == window; };
    auto found = std::ranges::find_if(known, isSame);
    if (found == known.end())
        found = known.emplace(known.end(), window, rule.selector, selectedSteps(rule.selector, *facts));
    found->want(rule);
    return &*found;
}

SeriesTotals *RuleEvaluator::State::seriesFor(const Rule &rule, const RuleWindow &window)
{
    const auto named = std::ranges::find(facts->series, rule.selector, &RunFacts::Series::name);
    const auto index = std::size_t(named - facts->series.begin());
    const auto isSame = [&](const SeriesTotals &s) { return s.series == index && s.window == window; };
    auto found = std::ranges::find_if(series, isSame);
    if (found == series.end())
        found = series.insert(series.end(), SeriesTotals{window, index, {}, {}});
    return &*found;
}

ObservationTotals *RuleEvaluator::State::observedFor(const Rule &rule, const RuleWindow &window)
{
    const std::size_t index = observationOf(rule, *facts);
    const auto isSame = [&](const ObservationTotals &o) { return o.observation() == index && o.window() == window; };
    const auto found = std::ranges::find_if(observed, isSame);
    return found != observed.end() ? &*found : &observed.emplace_back(window, index, *facts);
}

RuleEvaluator::RuleEvaluator(std::vector<Rule> rules, RunFactsPtr facts)
    : m_state(std::make_unique<State>())
{
    m_state->facts = std::move(facts);
    m_state->allowsDrops = std::ranges::contains(rules, Rule::Metric::Dropped, &Rule::metric);
    m_state->rules.reserve(rules.size());
    for (Rule &rule : rules)
        m_state->rules.push_back(m_state->judged(std::move(rule)));
}

RuleEvaluator::~RuleEvaluator() = default;

void RuleEvaluator::setRules(std::vector<Rule> rules)
{
    std::vector<JudgedRule> before = std::exchange(m_state->rules, {});
    m_state->allowsDrops = std::ranges::contains(rules, Rule::Metric::Dropped, &Rule::metric);
    for (Rule &rule : rules) {
        const auto known = std::ranges::find(before, rule.text, [](const JudgedRule &one) { return one.rule().text; });
        if (known == before.end()) {
            m_state->rules.push_back(m_state->judged(std::move(rule)));
        } else {
            m_state->rules.push_back(std::move(*known));
            before.erase(known);
        }
    }
}

void RuleEvaluator::add(const MetricsFrame &frame)
{
    std::vector<StepTotals *> targets;
    for (StepTotals &totals : m_state->steps) {
        if (totals.window().admits(frame, *m_state->facts))
            targets.push_back(&totals);
    }
    for (StepTotals &second : m_state->seconds) {
        second.reset();
        targets.push_back(&second);
    }
    const LoadPiece piece = m_state->pieces.pieceOf(frame, *m_state->facts);
    for (StepTotals *totals : targets)
        totals->add(frame, piece);
    addLatencies(frame, targets, piece);
    for (SeriesTotals &series : m_state->series) {
        if (series.window.admits(frame, *m_state->facts))
            series.add(frame);
    }
    for (ObservationTotals &observed : m_state->observed) {
        if (observed.window().admits(frame, *m_state->facts))
            observed.add(frame, piece);
    }
    for (JudgedRule &rule : m_state->rules) {
        rule.add(frame);
        rule.judgeSecond(frame, *m_state->facts);
    }
}

std::vector<RuleResult> RuleEvaluator::results() const
{
    std::vector<RuleResult> results;
    results.reserve(m_state->rules.size());
    for (const JudgedRule &rule : m_state->rules)
        results.push_back(rule.result(m_state->allowsDrops));
    return results;
}

std::optional<RuleResult> RuleEvaluator::stopReason() const
{
    for (const JudgedRule &rule : m_state->rules) {
        if (!rule.rule().isStop)
            continue;
        RuleResult result = rule.result(m_state->allowsDrops);
        if (result.standing == RuleResult::Standing::NotMet && rule.isEnoughToStop())
            return result;
    }
    return std::nullopt;
}

} // namespace Headroom
