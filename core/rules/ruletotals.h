// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/rules/rule.h"

#include <array>
#include <optional>
#include <vector>

namespace Headroom {

/// The frames that a rule is judged by: the measured ones, or those of a stage that it names, warm-up included; the
/// drain belongs to no stage. "from" cuts either.
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

/// Frames of one window summed over the steps of one selector: shared by all rules that ask for the same.
class StepTotals
{
public:
    StepTotals(RuleWindow window, QString selector, std::vector<bool> steps);

    const RuleWindow &window() const { return m_window; }
    const QString &selector() const { return m_selector; }
    bool selects(std::size_t step) const { return step < m_steps.size() && m_steps[step]; }
    /// Latencies of a kind are summed only when some rule wants them.
    void want(LatencyKind kind);
    HdrHistogram *histogram(LatencyKind kind);
    const HdrHistogram *histogram(LatencyKind kind) const;

    /// Adds all but the latencies, which addLatencies() shares out.
    void add(const MetricsFrame &frame);
    void reset();

    const RuleSpan &span() const { return m_span; }
    const RequestCounts &requests() const { return m_requests; }
    const FlowCounts &iterations() const { return m_iterations; }
    std::uint64_t sends() const { return m_sends; }
    std::uint64_t lateSends() const { return m_lateSends; }

private:
    RuleWindow m_window;
    QString m_selector;
    std::vector<bool> m_steps;
    std::array<std::optional<HdrHistogram>, kLatencyKindCount> m_histograms;
    RuleSpan m_span;
    RequestCounts m_requests;
    FlowCounts m_iterations;
    std::uint64_t m_sends = 0;
    std::uint64_t m_lateSends = 0;
};

/// Adds a frame's response and service times to all of `totals`; decodes each histogram at most once.
/// Damaged ones are left out: whoever reads frames from a file has refused them before.
void addLatencies(const MetricsFrame &frame, const std::vector<StepTotals *> &totals);

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
