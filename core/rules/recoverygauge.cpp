// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/recoverygauge.h"

#include "core/base/humanformat.h"
#include "core/rules/recoverylevel.h"
#include "core/rules/ruleparser.h"
#include "core/stats/histogramcodec.h"

#include <algorithm>

namespace Headroom {

namespace {

/// The rule as one on the metric that is to be back.
Rule followedRule(const Rule &rule)
{
    Rule followed = rule;
    followed.metric = rule.recovers;
    return followed;
}

RuleMeasure vague(const QString &why)
{
    RuleMeasure measure = RuleMeasure::none(why);
    measure.isVague = true;
    return measure;
}

} // namespace

RecoveryGauge::RecoveryGauge(const Rule &rule, RunFactsPtr facts)
    : RuleGauge(rule, std::move(facts))
    , m_steps(selectedSteps(m_rule.selector, *m_facts))
    , m_before(RecoveryLevel::kSecondsBefore)
    , m_after(RecoveryLevel::kSecondsAfter)
{
}

bool RecoveryGauge::isItsStage(StageIndex stage) const
{
    return stage.isValid() && stage.at() < m_facts->stages.size()
        && m_facts->stages[stage.at()].name == m_rule.argument;
}

void RecoveryGauge::add(const MetricsFrame &frame)
{
    if (frame.isDrain || frame.isPaused() || m_seconds
        || (m_rule.from && frame.second * Nanoseconds(1s) < *m_rule.from))
        return;
    const bool isOther = frame.stage != m_stage;
    m_stage = frame.stage;
    if (isItsStage(frame.stage)) {
        if (!m_wasReached)
            m_level = valueOf(m_before);
        m_wasReached = true;
        m_watched = 0;
        m_after.restart();
        m_span.add(frame);
    } else if (m_wasReached) {
        m_span.add(frame);
        follow(frame);
    } else {
        if (isOther)
            m_before.restart();
        addTo(m_before, frame);
    }
}

void RecoveryGauge::addTo(SlidingTimes &window, const MetricsFrame &frame) const
{
    StepCounts counts;
    HdrHistogram times;
    const LatencyKind kind = latencyKindOf(m_rule);
    for (std::size_t step = 0; step < std::min(frame.steps.size(), m_steps.size()); ++step) {
        if (!m_steps[step])
            continue;
        counts.requests += frame.steps[step].counts;
        times.reset();
        const QByteArray &bytes = frame.steps[step].histograms[std::size_t(kind)];
        if (isLatency(m_rule.recovers) && !bytes.isEmpty() && mergeEncodedHistogram(bytes, times))
            window.add(times);
    }
    window.add(counts);
    window.endSecond();
}

/// Nothing when there are too few samples to tell.
std::optional<double> RecoveryGauge::valueOf(const SlidingTimes &window) const
{
    const bool isTime = isLatency(m_rule.recovers);
    const ShareCounts share = isTime ? ShareCounts{} : shareCountsOf(followedRule(m_rule), window.counts());
    if ((isTime ? window.count() : share.of) < RecoveryLevel::kFewestSamples)
        return std::nullopt;
    if (!isTime)
        return double(share.hits) / double(share.of);
    if (m_rule.recovers == Rule::Metric::Mean)
        return window.meanMs();
    return m_rule.recovers == Rule::Metric::Max ? window.maxMs() : window.quantileMs(m_rule.quantile);
}

bool RecoveryGauge::isBack(double value) const
{
    return isLatency(m_rule.recovers) ? RecoveryLevel::isBackMs(*m_level, value)
                                      : RecoveryLevel::isBackShare(*m_level, value);
}

void RecoveryGauge::follow(const MetricsFrame &frame)
{
    addTo(m_after, frame);
    ++m_watched;
    const std::optional<double> value = valueOf(m_after);
    m_samples = isLatency(m_rule.recovers) ? m_after.count() : m_after.counts().requests.requests;
    if (m_level && value && m_after.seconds() >= RecoveryLevel::kFewestSeconds && isBack(*value))
        m_seconds = m_watched - int(m_after.seconds());
}

RuleMeasure RecoveryGauge::measure() const
{
    if (!m_wasReached)
        return RuleMeasure::none(QStringLiteral("stage '%1' was not reached").arg(m_rule.argument));
    if (!m_level)
        return vague(QStringLiteral("fewer than %1 samples in the 10 s before stage '%2' tell no level to return to")
                         .arg(RecoveryLevel::kFewestSamples)
                         .arg(m_rule.argument));
    if (m_seconds)
        return RuleMeasure::of(*m_seconds * 1e3, m_samples);
    if (m_watched == 0)
        return vague(QStringLiteral("nothing was measured after stage '%1'").arg(m_rule.argument));
    RuleMeasure measure =
        vague(QStringLiteral("not back in the %1 s that followed stage '%2'").arg(m_watched).arg(m_rule.argument));
    measure.samples = m_samples;
    // The next second could complete a good stretch at the earliest.
    measure.low = double(std::max(0, m_watched + 1 - int(RecoveryLevel::kSecondsAfter))) * 1e3;
    return measure;
}

} // namespace Headroom
