// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/ruleevaluator.h"
#include "core/rules/seriestrack.h"
#include "core/stats/confidence.h"
#include "core/stats/leak.h"

#include <optional>
#include <vector>

namespace Headroom {

/// What became of one memory series over the measured window, or since the last restart of its process in that.
struct MemoryFigure
{
    struct Estimate
    {
        double value = 0.0;
        Interval<double> interval; ///< 95 %; an end that is open is missing.
    };

    std::size_t series = 0; ///< Index into RunFacts::series; its values are bytes.
    LeakFinding finding; ///< By the minute. A rise of 10 MB matters, whatever the baseline.
    std::size_t samples = 0;
    double fromSeconds = 0.0; ///< Start of the first value's second, since the start of the run ...
    double toSeconds = 0.0; ///< ... and of the last.
    std::optional<int> restartedAt; ///< Second.

    Estimate perHour() const; ///< Bytes, by the slope.
    std::optional<Estimate> perThousand; ///< Bytes for 1,000 finished requests; nothing without requests.

    std::optional<double> limitBytes; ///< Lowest that a rule gives; else of a process all memory of this machine.
    QString limitRule; ///< Its text; empty: the machine.
    std::optional<double> growthLimit; ///< That a rule gives, as a fraction of the baseline.
    std::optional<double> machineShare; ///< Peak of a process / memory of this machine.
    /// Hours until it reaches its limit, when it leaks and there is one; an open upper end is never.
    std::optional<Estimate> hoursToLimit;

    /// Where the line of its trend is at that time.
    double trendAt(double seconds, double bytesPerHour) const;
};

/// Collects the memory of all probes of a run: series of bytes that are a size (SeriesGroup::Memory).
class MemoryFigures
{
public:
    explicit MemoryFigures(const RunFacts &facts = {});

    /// Those that are not measured count for nothing.
    void add(const MetricsFrame &frame);
    /// Series without a value are left out. The rules tell the limits.
    std::vector<MemoryFigure> figures(const RunFacts &facts, const std::vector<RuleResult> &rules) const;

private:
    struct Watched
    {
        std::size_t series = 0;
        SeriesTrack track;
        std::uint64_t requests = 0; ///< Finished since its first value.
        double seconds = 0.0; ///< The same time.
    };
    static MemoryFigure figureOf(const Watched &watched);

    std::vector<Watched> m_watched;
};

/// "leak", "no_leak", "not_enough"
const char *leakVerdictName(LeakFinding::Verdict verdict);
/// "LEAK", "no leak", "not enough evidence"
QString leakVerdictText(LeakFinding::Verdict verdict);

/// "+1.2 MiB/h (0.9 MiB to 1.6 MiB)"
QString estimateText(const MemoryFigure::Estimate &bytes, const QString &per);
/// "reaches 2.0 GiB (max(api.rss) < 2 GiB) in 62 h 10 min (58 h 2 min to never)"; empty when it does not leak.
QString timeToLimitText(const MemoryFigure &figure);

} // namespace Headroom
