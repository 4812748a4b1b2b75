// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruletotals.h"

#include "core/stats/histogramcodec.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

/// Requests that share(CODE) counts.
std::uint64_t hitsOf(const QString &code, const RequestCounts &counts)
{
    if (const auto kind = failureKindFromName(code))
        return counts.byFailure[std::size_t(*kind)];
    const int first = code.endsWith(u"xx") ? code.first(1).toInt() * 100 : code.toInt();
    const int last = code.endsWith(u"xx") ? first + 99 : first;
    std::uint64_t hits = 0;
    for (auto it = counts.byStatus.lower_bound(first); it != counts.byStatus.end() && it->first <= last; ++it)
        hits += it->second;
    return hits;
}

} // namespace

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

StepCounts &StepCounts::operator+=(const StepCounts &other)
{
    requests += other.requests;
    iterations += other.iterations;
    sends += other.sends;
    lateSends += other.lateSends;
    return *this;
}

ShareCounts shareCountsOf(const Rule &rule, const StepCounts &counts)
{
    switch (rule.metric) {
    case Rule::Metric::Errors:
        return {counts.requests.errors, counts.requests.requests};
    case Rule::Metric::Rejected:
        return {counts.requests.rejected, counts.requests.requests};
    case Rule::Metric::Share:
        return {hitsOf(rule.argument, counts.requests), counts.requests.requests};
    case Rule::Metric::Dropped:
        return {counts.iterations.dropped, counts.iterations.planned};
    case Rule::Metric::Late:
        return {counts.lateSends, counts.sends};
    default:
        return {};
    }
}

LatencyKind latencyKindOf(const Rule &rule)
{
    return rule.isServiceTime ? LatencyKind::Service : LatencyKind::Response;
}

StepTotals::StepTotals(RuleWindow window, QString selector, std::vector<bool> steps)
    : m_window(std::move(window))
    , m_selector(std::move(selector))
    , m_steps(std::move(steps))
{
}

void StepTotals::want(const Rule &rule)
{
    if (isLatency(rule.metric)) {
        auto &histogram = m_histograms[std::size_t(latencyKindOf(rule))];
        if (!histogram)
            histogram.emplace();
    } else if (hasInterval(rule.metric) && !shareFor(rule)) {
        m_shares.push_back({rule, {}});
    }
}

const StepTotals::Share *StepTotals::shareFor(const Rule &rule) const
{
    const auto isSame = [&](const Share &share) {
        return share.rule.metric == rule.metric && share.rule.argument == rule.argument;
    };
    const auto found = std::ranges::find_if(m_shares, isSame);
    return found == m_shares.end() ? nullptr : &*found;
}

const HdrHistogram *StepTotals::histogram(LatencyKind kind) const
{
    const auto &histogram = m_histograms[std::size_t(kind)];
    return histogram ? &*histogram : nullptr;
}

void StepTotals::add(const MetricsFrame &frame, LoadPiece piece)
{
    m_span.add(frame);
    StepCounts second;
    for (std::size_t step = 0; step < frame.steps.size(); ++step) {
        if (selects(step))
            second.requests += frame.steps[step].counts;
    }
    second.iterations = frame.iterations();
    second.sends = frame.sends;
    second.lateSends = frame.lateSends;
    m_counts += second;
    for (Share &share : m_shares) {
        const auto [hits, of] = shareCountsOf(share.rule, second);
        share.clusters.add(frame.second, hits, of, piece);
    }
}

void StepTotals::addTimes(LatencyKind kind, int second, const HdrHistogram &times,
                          const std::vector<CoarseCount> &coarse, LoadPiece piece)
{
    m_histograms[std::size_t(kind)]->merge(times);
    m_times[std::size_t(kind)].add(second, coarse, piece);
}

void StepTotals::reset()
{
    for (auto &histogram : m_histograms) {
        if (histogram)
            histogram->reset();
    }
    for (ClusteredCounts &times : m_times)
        times.clear();
    for (Share &share : m_shares)
        share.clusters.clear();
    m_span = {};
    m_counts = {};
}

double StepTotals::designEffect(const Rule &rule) const
{
    if (rule.metric == Rule::Metric::Quantile)
        return m_times[std::size_t(latencyKindOf(rule))].effect(rule.quantile);
    const Share *share = shareFor(rule);
    return share ? share->clusters.effect() : 1.0;
}

void addLatencies(const MetricsFrame &frame, const std::vector<StepTotals *> &totals, LoadPiece piece)
{
    HdrHistogram times;
    for (std::size_t step = 0; step < frame.steps.size(); ++step) {
        for (const LatencyKind kind : {LatencyKind::Response, LatencyKind::Service}) {
            const auto wanted = [&](const StepTotals *total) { return total->wants(kind) && total->selects(step); };
            const QByteArray &bytes = frame.steps[step].histograms[std::size_t(kind)];
            times.reset();
            if (bytes.isEmpty() || std::ranges::none_of(totals, wanted) || !mergeEncodedHistogram(bytes, times))
                continue;
            const std::vector<CoarseCount> coarse = coarseCountsOf(times);
            for (StepTotals *total : totals) {
                if (wanted(total))
                    total->addTimes(kind, frame.second, times, coarse, piece);
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
