// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/rules/limitedby.h"
#include "core/stats/hdrhistogram.h"

#include <optional>
#include <vector>

namespace Headroom {

/// What limited one second, and what speaks for it.
struct SecondLimit
{
    LimitedBy by = LimitedBy::Nothing;
    // Of a second that the generator limited; any of them:
    bool hasLateSends = false; ///< More than 5 % of the sends were late.
    bool hasLateLoops = false; ///< Its event loops were late for more than 5 % of the time.
    // And why, as far as it can be seen:
    bool isRobbed =
        false; ///< Other programs had the processor: load threads waited for it more than 10 % of the second.
    bool isBusy = false; ///< Its own work took more than 80 % of what it can do. Also of seconds that it did not limit.
    bool hasMuchWork = false; ///< More than 50 % of what it can do, and it had the processor for longer than its load
                              ///< threads waited for it: with less work of its own it would be late less. The same.
    bool isOutOfDescriptors = false; ///< More than 90 % of the descriptors it may have were open. The same.
    bool operator==(const SecondLimit &) const = default;
};

/// Says of every second of a run what held its load back: the same live, from a session and in a report.
///
/// A second is limited by
/// - the generator, when more than 5 % of its sends, and not only one, were late by more than max(1 ms, 10 % of the
/// median service time),
///   the wait for a free user not counted, or when for more than 5 % of the time its event loops were late by more than
///   that. Late loops are judged at the same share as late sends, because to whom a loop is late is a matter of chance:
///   of 100 arrivals that come at any time, as many are late as hundredths of the time the loop is. (At the 99th
///   percentile, as it was before, single time slices of other programs condemned runs whose sends were all in time.)
/// - else the target, when it had become slower, or answered nothing all second long although requests were under way
///   and 1.5 times the median service time is less than that. Slower: for steps with more than half of the answers, the
///   lower end of the 95 % interval of the median service time is above 1.5 times its lowest upper end of all seconds
///   before, and by more than 1 ms.
/// - else the plan, when in the open model arrivals waited at the end or were dropped, as all users were taken; and in
///   the closed model when its users had requests under way for less than 90 % of the time: they were thinking or kept
///   their pace.
/// The order is not that of the words in LANGUAGE, section 6: a cap that is reached because the target has become
/// slower is the target's doing. Thread: one.
class LimitClassifier
{
public:
    explicit LimitClassifier(const RunFacts &facts);

    /// First the service times of every step that had any in the second ...
    void addStep(std::size_t step, const HdrHistogram &serviceTimes);
    /// ... then the second, in order. `medianService`: of all steps, of the last second with answers; 0 before any.
    SecondLimit add(const MetricsFrame &frame, const HdrHistogram &loopLag, Nanoseconds medianService);

    /// Above it a send or an event is late.
    static Nanoseconds lateLimit(Nanoseconds medianService);

private:
    SecondLimit generatorLimit(const MetricsFrame &frame, const HdrHistogram &loopLag, Nanoseconds medianService) const;
    bool isTargetSilent(const MetricsFrame &frame, Nanoseconds medianService) const;
    bool hasPlanHeldBack(const MetricsFrame &frame) const;

    const bool m_isOpenModel;
    std::vector<std::optional<Nanoseconds>> m_quickest; // by step: the lowest upper end of its median's interval
    // Of the second that is being added:
    std::uint64_t m_judged = 0; // answers of steps that can be compared
    std::uint64_t m_slow = 0; // of these, answers of steps that have become slower
    std::uint64_t m_inFlightBefore = 0; // at the end of the second before
};

} // namespace Headroom
