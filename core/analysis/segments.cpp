// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/segments.h"

#include "core/base/humanformat.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr int kSettlingSeconds = 5;
constexpr int kShortestSeconds = 30; // LANGUAGE, section 6
constexpr double kServiceTimes = 20.0; // LANGUAGE, section 6
constexpr double kTolerance = 0.05; // LANGUAGE, section 6
constexpr std::size_t kLoadBlock = 10; // seconds that a load is averaged over before it is called constant
constexpr double kLoadTolerance = 0.10;

bool isRamp(const RunFacts &facts, StageIndex stage)
{
    return !stage.isValid() || stage.at() >= facts.stages.size()
        || facts.stages[stage.at()].from != facts.stages[stage.at()].to;
}

/// Whether the load is the same all along; a sine is not, though it begins as it ends.
bool holdsLoad(std::span<const RunSecond> seconds)
{
    const auto meanLoad = [](std::span<const RunSecond> part) {
        double sum = 0.0;
        for (const RunSecond &second : part)
            sum += second.load;
        return sum / double(part.size());
    };
    const double mean = meanLoad(seconds);
    // Poisson arrivals of a block vary by the root of their number; four times that is never chance.
    const double slack = kLoadTolerance * mean + 4.0 * std::sqrt(mean / double(kLoadBlock));
    for (std::size_t i = 0; i + kLoadBlock <= seconds.size(); i += kLoadBlock) {
        if (std::abs(meanLoad(seconds.subspan(i, kLoadBlock)) - mean) > slack)
            return false;
    }
    return mean > 0.0;
}

SteadyState steadyStateOf(std::span<const RunSecond> seconds)
{
    std::vector<double> means;
    for (const RunSecond &second : seconds) {
        if (const auto mean = second.meanResponseMs())
            means.push_back(*mean);
    }
    if (means.size() == seconds.size())
        return findSteadyState(means);
    return {{}, QStringLiteral("in %1 of its seconds no request finished").arg(seconds.size() - means.size())};
}

Segment segmentOf(std::span<const RunSecond> seconds)
{
    Segment segment;
    segment.from = seconds.front().second;
    segment.end = seconds.back().second + 1;
    segment.stage = seconds.front().stage;
    segment.steady = steadyStateOf(seconds);
    const std::span<const RunSecond> part = seconds.subspan(segment.steady.from.value_or(0));
    double finished = 0.0;
    double response = 0.0;
    double service = 0.0;
    for (const RunSecond &second : part) {
        segment.load += second.load;
        segment.startedPerSecond += second.started;
        segment.meanInFlight += second.inFlightSeconds;
        segment.meanBacklog += second.backlogSeconds;
        finished += second.finished;
        response += second.responseSeconds;
        service += second.serviceSeconds;
    }
    const double length = double(part.size());
    for (double *sum : {&segment.load, &segment.startedPerSecond, &segment.meanInFlight, &segment.meanBacklog})
        *sum /= length;
    segment.finishedPerSecond = finished / length;
    segment.meanResponseMs = finished > 0.0 ? response * 1e3 / finished : 0.0;
    segment.meanServiceMs = finished > 0.0 ? service * 1e3 / finished : 0.0;
    segment.service = {segment.meanInFlight, service / length};
    segment.response = {segment.meanInFlight + segment.meanBacklog, response / length};
    return segment;
}

/// Walks the seconds and keeps the stretches between two cuts.
class SegmentCutter
{
public:
    SegmentCutter(const RunFacts &facts, std::span<const RunSecond> seconds)
        : m_facts(facts)
        , m_seconds(seconds)
    {
    }

    void cutBefore(std::size_t index)
    {
        keep(index);
        m_first = index;
    }
    std::vector<Segment> take()
    {
        keep(m_seconds.size());
        return std::move(m_segments);
    }

private:
    void keep(std::size_t end)
    {
        const std::size_t begin = m_first + kSettlingSeconds;
        if (end < begin + kShortestSeconds || isRamp(m_facts, m_seconds[m_first].stage))
            return;
        const std::span<const RunSecond> part = m_seconds.subspan(begin, end - begin);
        if (!part.front().isMeasured || !holdsLoad(part))
            return;
        Segment segment = segmentOf(part);
        if (segment.finishedPerSecond > 0.0 && segment.seconds() >= kServiceTimes * segment.meanServiceMs / 1e3)
            m_segments.push_back(std::move(segment));
    }

    const RunFacts &m_facts;
    std::span<const RunSecond> m_seconds;
    std::size_t m_first = 0;
    std::vector<Segment> m_segments;
};

bool isCutBetween(const RunSecond &before, const RunSecond &after)
{
    return after.second != before.second + 1 || after.stage != before.stage || after.isMeasured != before.isMeasured
        || after.isDrain != before.isDrain || before.length != 1s || after.length != 1s;
}

} // namespace

bool LittleBalance::holds() const
{
    const double difference = std::abs(counted - expected);
    return difference <= 1.0 || difference <= kTolerance * std::max(counted, expected);
}

std::vector<Segment> findSegments(const RunFacts &facts, std::span<const RunSecond> seconds,
                                  std::vector<Nanoseconds> changes)
{
    if (facts.batches)
        return {}; // nothing is constant between two barriers
    std::ranges::sort(changes);
    SegmentCutter cutter(facts, seconds);
    auto change = changes.begin();
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        const Nanoseconds end = (Nanoseconds(1s) * seconds[i].second) + 1s;
        bool isCut = i > 0 && isCutBetween(seconds[i - 1], seconds[i]);
        for (; change != changes.end() && *change < end; ++change)
            isCut = true;
        if (isCut)
            cutter.cutBefore(i);
    }
    return cutter.take();
}

std::vector<QString> brokenLawsOf(const Segment &segment)
{
    std::vector<QString> sentences;
    const auto tell = [&](const LittleBalance &balance, const QString &what, const QString &times) {
        if (balance.holds() || !segment.steady.from)
            return;
        sentences.push_back(
            QStringLiteral("Little's law does not hold from %1 to %2: %3 %4 on average, but the number of "
                           "requests and their %5 say %6; the times or the counts of this stretch are wrong")
                .arg(formatElapsed((segment.from + int(segment.steady.from.value_or(0))) * 1s),
                     formatElapsed(segment.end * 1s), formatNumber(balance.counted), what, times,
                     formatNumber(balance.expected)));
    };
    tell(segment.service, QStringLiteral("requests were in flight"), QStringLiteral("service times"));
    tell(segment.response, QStringLiteral("were in flight or waiting"), QStringLiteral("response times"));
    return sentences;
}

} // namespace Headroom
