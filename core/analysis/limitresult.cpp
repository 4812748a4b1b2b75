// SPDX-License-Identifier: GPL-3.0-or-later
// What a search has come to, told from the probes it has made.
#include "core/analysis/limitsearch.h"

#include <algorithm>

namespace Headroom {

namespace {

using Verdict = LimitProbe::Verdict;

bool isRefused(const LimitProbe &probe)
{
    return probe.verdict == Verdict::Broke || probe.verdict == Verdict::NotShown;
}

/// About the target.
bool saysSomething(const LimitProbe &probe) { return probe.verdict == Verdict::Held || isRefused(probe); }

/// None as long as nothing broke: what a curve does below its limit is noise.
std::optional<Knee> kneeOfProbes(const std::vector<LimitProbe> &probes)
{
    if (!std::ranges::contains(probes, Verdict::Broke, &LimitProbe::verdict))
        return std::nullopt;
    std::map<double, double> p95; // the later judgement of a rate stands
    for (const LimitProbe &probe : probes) {
        if (probe.p95Ms && saysSomething(probe))
            p95[probe.ratePerSecond] = *probe.p95Ms;
    }
    std::vector<CurvePoint> points;
    for (const auto &[rate, milliseconds] : p95)
        points.push_back({rate, milliseconds});
    return kneeOf(points);
}

} // namespace

const LimitProbe *LimitSearch::lowestBroken() const
{
    const LimitProbe *lowest = nullptr;
    for (const LimitProbe &probe : m_probes) {
        if (isRefused(probe) && (!lowest || probe.ratePerSecond <= lowest->ratePerSecond))
            lowest = &probe;
    }
    return lowest;
}

LimitFinding LimitSearch::finding() const
{
    LimitFinding finding;
    finding.ending = m_ending;
    finding.plannedPerSecond = m_wanted.plannedPerSecond;
    finding.upToPerSecond = m_wanted.upToPerSecond;
    finding.hold = m_wanted.hold;
    finding.confirm = m_wanted.confirm;
    finding.within = m_wanted.within;
    finding.sustainablePerSecond = m_bracket.highestHeld();
    finding.brokenPerSecond = m_bracket.lowestBroken();
    if (const LimitProbe *broken = lowestBroken()) {
        finding.brokeFirst = broken->broken;
        finding.firstNotShown = broken->notShown;
        finding.brokeAtCap = broken->isAtCap;
    }
    if (m_ending == LimitFinding::Ending::GeneratorLimit)
        finding.generatorPerSecond = m_probes.back().ratePerSecond;
    finding.knee = kneeOfProbes(m_probes);
    finding.probes = m_probes;
    return finding;
}

/// Of the probe that the search would come to rest at now; nullptr while none is over that says anything.
const std::vector<RuleResult> *LimitSearch::resultsAtRest() const
{
    const auto rest = m_bracket.highestHeld() ? m_bracket.highestHeld() : m_bracket.lowestBroken();
    for (std::size_t i = m_results.size(); i-- > 0;) {
        if (saysSomething(m_probes[i]) && m_probes[i].ratePerSecond == rest)
            return &m_results[i];
    }
    return nullptr;
}

std::vector<RuleResult> LimitSearch::judged() const
{
    const std::vector<RuleResult> *atRest = resultsAtRest();
    std::vector<RuleResult> results = atRest ? *atRest
        : m_window                           ? m_window->results()
                                             : RuleEvaluator(m_rules, m_facts).results();
    const LimitFinding found = finding();
    for (RuleResult &result : results) {
        if (result.rule.metric == Rule::Metric::Headroom)
            result = headroomResult(std::move(result), found);
    }
    return results;
}

} // namespace Headroom
