// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/rules/rule.h"
#include "core/stats/clusteredcounts.h"
#include "core/stats/clusteredshare.h"

#include <array>
#include <optional>
#include <vector>

namespace Headroom {

/// The frames that a rule is judged by: the measured ones, or those of a stage that it names, warm-up included; the
/// drain and what was paused by hand belong to no stage. "from" cuts either.
struct RuleWindow
{
    QString during;
    std::optional<Nanoseconds> from;

    bool admits(const MetricsFrame &frame, const RunFacts &facts) const;
    bool operator==(const RuleWindow &) const = default;
};

/// The stretch of the run that frames cover.
struct RuleSpan
{
    std::optional<int> firstSecond;
    Nanoseconds end{};
    Nanoseconds length{};

    void add(const MetricsFrame &frame);
    bool isEmpty() const { return !firstSecond; }
};

/// What shares are made of: of one second, or of any sum of those.
struct StepCounts
{
    RequestCounts requests;
    FlowCounts iterations;
    std::uint64_t sends = 0;
    std::uint64_t lateSends = 0;

    StepCounts &operator+=(const StepCounts &other);
};

/// Hits and trials of a metric that is a share; of any other, no trials.
struct ShareCounts
{
    std::uint64_t hits = 0;
    std::uint64_t of = 0;
};
ShareCounts shareCountsOf(const Rule &rule, const StepCounts &counts);

/// Frames of one window summed over the steps of one selector: shared by all rules that ask for the same.
///
/// Memory: for each kind of latency that is wanted 92 KiB and what ClusteredCounts says, at most about 220 KiB with
/// times over a decade; 12 KiB for each share that is wanted. An hour costs no more than ten minutes.
class StepTotals
{
public:
    StepTotals(RuleWindow window, QString selector, std::vector<bool> steps);

    const RuleWindow &window() const { return m_window; }
    const QString &selector() const { return m_selector; }
    bool selects(std::size_t step) const { return step < m_steps.size() && m_steps[step]; }
    /// Latencies are summed, and how far the samples of one time resemble each other is followed, only for what some
    /// rule wants.
    void want(const Rule &rule);
    bool wants(LatencyKind kind) const { return histogram(kind) != nullptr; }
    const HdrHistogram *histogram(LatencyKind kind) const;

    /// Adds all but the latencies, which addLatencies() shares out.
    void add(const MetricsFrame &frame, LoadPiece piece = {});
    /// Times of one step in one second; `coarse` are the same.
    void addTimes(LatencyKind kind, int second, const HdrHistogram &times, const std::vector<CoarseCount> &coarse,
                  LoadPiece piece);
    void reset();

    const RuleSpan &span() const { return m_span; }
    const StepCounts &counts() const { return m_counts; }
    const RequestCounts &requests() const { return m_counts.requests; }
    const FlowCounts &iterations() const { return m_counts.iterations; }
    /// How many times as uncertain a wanted rule's quantile or share is as independent samples would leave it.
    double designEffect(const Rule &rule) const;

private:
    RuleWindow m_window;
    QString m_selector;
    std::vector<bool> m_steps;
    struct Share
    {
        Rule rule; // one of those that ask for it
        ClusteredShare clusters;
    };
    const Share *shareFor(const Rule &rule) const;

    std::array<std::optional<HdrHistogram>, kLatencyKindCount> m_histograms;
    std::array<ClusteredCounts, kLatencyKindCount> m_times;
    std::vector<Share> m_shares;
    RuleSpan m_span;
    StepCounts m_counts;
};

/// Which times a latency rule judges.
LatencyKind latencyKindOf(const Rule &rule);

/// Adds a frame's response and service times to all of `totals`; decodes each histogram at most once.
/// Damaged ones are left out: whoever reads frames from a file has refused them before.
void addLatencies(const MetricsFrame &frame, const std::vector<StepTotals *> &totals, LoadPiece piece = {});

/// Values of one probe series in one window.
struct SeriesTotals
{
    RuleWindow window;
    std::size_t series = 0; ///< Index into RunFacts::series.
    RuleSpan span;
    std::vector<double> values; ///< Without the seconds that had none.

    void add(const MetricsFrame &frame);
};

} // namespace Headroom
