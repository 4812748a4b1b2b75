// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/limitclassifier.h"

#include "core/stats/confidence.h"

#include <algorithm>

namespace Headroom {

namespace {

// LANGUAGE, section 6. It names the 99th percentile for the loops. Measured at 200/s on two processors: with 3 programs
// beside, that condemned 3 of 20 seconds, with two busy loops and a build beside 8 of 15, and in none of them were 5 %
// of the sends late; at this share it is 0 of 20 and 1 of 15.
constexpr double kToleratedShare = 0.05;
constexpr std::uint64_t kOnceByChance = 1; // late send: of 10 a second it would be 10 %, and 1 in 50 is no harm
constexpr double kSlower = 1.5; // a service time that differs by less changes nobody's plans
constexpr Nanoseconds kLeastSlowdown = 1ms; // below it a loaded machine looks like a slow target
constexpr double kIdleUsers = 0.9;
constexpr double kRobbed = 0.1; // of the second, summed over the load threads
constexpr double kBusy = 0.8; // the load that k6's manual warns at
// Where others share the processors, far less than kBusy is all that it gets: with a target on the same two of them, a
// load beyond its ceiling was seen to use 0.63 to 0.73, and to wait for 1 s of 1.3 s of CPU.
constexpr double kMuchWork = 0.5;
constexpr double kManyDescriptors = 0.9;

double secondsOf(Nanoseconds length) { return std::chrono::duration<double>(length).count(); }

} // namespace

LimitClassifier::LimitClassifier(const RunFacts &facts)
    : m_isOpenModel(facts.isOpenModel)
    , m_quickest(facts.steps.size())
{
}

Nanoseconds LimitClassifier::lateLimit(Nanoseconds medianService)
{
    return std::max<Nanoseconds>(1ms, medianService / 10);
}

void LimitClassifier::addStep(std::size_t step, const HdrHistogram &serviceTimes)
{
    const Interval<Nanoseconds> median = quantileInterval(serviceTimes, 0.5);
    if (!median.low || !median.high)
        return; // too few answers to tell
    std::optional<Nanoseconds> &quickest = m_quickest[step];
    m_judged += serviceTimes.count();
    if (quickest && *median.low > *quickest + kLeastSlowdown
        && double(median.low->count()) > kSlower * double(quickest->count()))
        m_slow += serviceTimes.count();
    quickest = std::min(quickest.value_or(*median.high), *median.high);
}

SecondLimit LimitClassifier::add(const MetricsFrame &frame, const HdrHistogram &loopLag, Nanoseconds medianService)
{
    SecondLimit limit = generatorLimit(frame, loopLag, medianService);
    if (limit.hasLateSends || limit.hasLateLoops)
        limit.by = LimitedBy::Generator;
    else if (2 * m_slow > m_judged || isTargetSilent(frame, medianService))
        limit.by = LimitedBy::Target;
    else if (hasPlanHeldBack(frame))
        limit.by = LimitedBy::Plan;
    m_judged = 0;
    m_slow = 0;
    m_inFlightBefore = frame.inFlight;
    return limit;
}

SecondLimit LimitClassifier::generatorLimit(const MetricsFrame &frame, const HdrHistogram &loopLag,
                                            Nanoseconds medianService) const
{
    const std::uint64_t lateBeats = loopLag.count() - loopLag.countAtOrBelow(lateLimit(medianService));
    const double seconds = secondsOf(frame.length);
    const ProcessUse &use = frame.process;
    SecondLimit limit;
    limit.hasLateSends =
        frame.lateSends > kOnceByChance && double(frame.lateSends) > kToleratedShare * double(frame.sends);
    limit.hasLateLoops = double(lateBeats) > kToleratedShare * double(loopLag.count());
    limit.isBusy = use.busySeconds > kBusy * seconds;
    limit.isRobbed = !limit.isBusy && use.loadWaitSeconds > kRobbed * seconds;
    limit.hasMuchWork = use.busySeconds > kMuchWork * seconds && frame.processCpuSeconds > use.loadWaitSeconds;
    limit.isOutOfDescriptors =
        use.descriptorLimit > 0 && double(use.descriptors) > kManyDescriptors * double(use.descriptorLimit);
    return limit;
}

bool LimitClassifier::isTargetSilent(const MetricsFrame &frame, Nanoseconds medianService) const
{
    if (frame.requests().requests > 0 || m_inFlightBefore == 0 || frame.inFlight == 0)
        return false;
    // Before the first answer nobody knows how long one takes; then it counts when it holds load back.
    return medianService > 0ns ? kSlower * double(medianService.count()) < double(frame.length.count())
                               : m_isOpenModel && hasPlanHeldBack(frame);
}

bool LimitClassifier::hasPlanHeldBack(const MetricsFrame &frame) const
{
    if (m_isOpenModel)
        return frame.backlog > 0 || frame.iterations().dropped > 0;
    const double userSeconds = double(frame.activeUsers) * secondsOf(frame.length);
    return frame.requests().requests > 0 && frame.inFlightSeconds < kIdleUsers * userSeconds;
}

} // namespace Headroom
