// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruletotals.h"

#include "core/stats/histogramcodec.h"

#include <cmath>

namespace Headroom {

bool RuleWindow::admits(const MetricsFrame &frame, const RunFacts &facts) const
{
    if (from && frame.second * Nanoseconds(1s) < *from)
        return false;
    if (during.isEmpty())
        return frame.isMeasured;
    const bool isKnown = frame.stage.isValid() && frame.stage.at() < facts.stages.size();
    return isKnown && !frame.isDrain && facts.stages[frame.stage.at()].name == during;
}

void RuleSpan::add(const MetricsFrame &frame)
{
    if (!firstSecond)
        firstSecond = frame.second;
    end = frame.second * Nanoseconds(1s) + frame.length;
    length += frame.length;
}

StepTotals::StepTotals(RuleWindow window, QString selector, std::vector<bool> steps)
    : m_window(std::move(window))
    , m_selector(std::move(selector))
    , m_steps(std::move(steps))
{
}

void StepTotals::want(LatencyKind kind)
{
    auto &histogram = m_histograms[std::size_t(kind)];
    if (!histogram)
        histogram.emplace();
}

HdrHistogram *StepTotals::histogram(LatencyKind kind)
{
    auto &histogram = m_histograms[std::size_t(kind)];
    return histogram ? &*histogram : nullptr;
}

const HdrHistogram *StepTotals::histogram(LatencyKind kind) const
{
    const auto &histogram = m_histograms[std::size_t(kind)];
    return histogram ? &*histogram : nullptr;
}

void StepTotals::add(const MetricsFrame &frame)
{
    m_span.add(frame);
    for (std::size_t step = 0; step < frame.steps.size(); ++step) {
        if (selects(step))
            m_requests += frame.steps[step].counts;
    }
    m_iterations += frame.iterations();
    m_sends += frame.sends;
    m_lateSends += frame.lateSends;
}

void StepTotals::reset()
{
    for (auto &histogram : m_histograms) {
        if (histogram)
            histogram->reset();
    }
    m_span = {};
    m_requests = {};
    m_iterations = {};
    m_sends = 0;
    m_lateSends = 0;
}

void addLatencies(const MetricsFrame &frame, const std::vector<StepTotals *> &totals)
{
    std::vector<HdrHistogram *> targets;
    for (std::size_t step = 0; step < frame.steps.size(); ++step) {
        for (const LatencyKind kind : {LatencyKind::Response, LatencyKind::Service}) {
            const QByteArray &bytes = frame.steps[step].histograms[std::size_t(kind)];
            targets.clear();
            for (StepTotals *total : totals) {
                HdrHistogram *histogram = total->histogram(kind);
                if (histogram && !bytes.isEmpty() && total->selects(step))
                    targets.push_back(histogram);
            }
            if (targets.size() == 1) {
                (void)mergeEncodedHistogram(bytes, *targets.front());
            } else if (!targets.empty()) {
                if (const auto decoded = decodeHistogram(bytes)) {
                    for (HdrHistogram *target : targets)
                        target->merge(*decoded);
                }
            }
        }
    }
}

void SeriesTotals::add(const MetricsFrame &frame)
{
    span.add(frame);
    if (series < frame.probes.size() && frame.probes[series] && std::isfinite(*frame.probes[series]))
        values.push_back(*frame.probes[series]);
}

} // namespace Headroom
