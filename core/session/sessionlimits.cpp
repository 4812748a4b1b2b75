// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionlimits.h"

#include "core/base/timelink.h"
#include "core/session/actionrows.h"
#include "core/session/connectionrows.h"
#include "core/session/exemplarrows.h"
#include "core/session/judgementrows.h"
#include "core/session/observationrows.h"
#include "core/session/rowkey.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

bool isCount(std::uint64_t value) { return value <= kMaxSessionCount; }

bool isTime(Nanoseconds value) { return value >= -kMaxSessionTime && value <= kMaxSessionTime; }

bool isLength(Nanoseconds value) { return value >= 0ns && value <= kMaxSessionTime; }

bool isWallTime(qint64 milliseconds) { return milliseconds >= 0 && isCount(std::uint64_t(milliseconds)); }

bool isAmount(double value) { return std::isfinite(value) && value >= 0.0; }

template <typename Tag> bool isIndexOrNone(TypedIndex<Tag> index, std::size_t size)
{
    return index.value == -1 || (index.isValid() && index.at() < size);
}

bool isSmall(const RunFacts &facts)
{
    return std::ranges::max({facts.steps.size(), facts.flows.size(), facts.stages.size(), facts.series.size()})
        <= kMaxSessionEntries;
}

bool areStagesFine(const RunFacts &facts)
{
    return std::ranges::all_of(facts.stages, [](const RunFacts::Stage &stage) {
        return isLength(stage.start) && isLength(stage.length) && isAmount(stage.from) && isAmount(stage.to);
    });
}

bool areBatchesFine(const RunFacts &facts)
{
    return !facts.batches || (facts.batches->count > 0 && facts.batches->size > 0);
}

bool isSearchFine(const RunFacts &facts)
{
    constexpr double kHighestRate = 1e7; // per second, what a scenario can say
    static constexpr Nanoseconds kLongest = 24h;
    const auto isRate = [](double rate) { return rate > 0.0 && rate <= kHighestRate; };
    const auto isJudged = [](Nanoseconds length) { return length > 0ns && length <= kLongest; };
    const auto &search = facts.limitSearch;
    return !search
        || (isRate(search->plannedPerSecond) && isRate(search->upToPerSecond) && isJudged(search->hold)
            && isJudged(search->confirm) && search->within > 0.0 && search->within <= 1.0);
}

bool areDashboardsFine(const RunFacts &facts)
{
    return facts.dashboards.size() <= RunFacts::kMostDashboards
        && std::ranges::all_of(facts.dashboards,
                               [](const auto &one) { return misfitOfTimeLink(one.second).isEmpty(); });
}

QString misfitOf(const RunFacts &facts)
{
    if (!areDashboardsFine(facts))
        return QStringLiteral("it has too many dashboards, or the address of one is none");
    if (!isSmall(facts))
        return QStringLiteral("it has more than %1 steps, flows, stages or series").arg(kMaxSessionEntries);
    if (!isCount(facts.userCap.value_or(0)) || !isCount(facts.iterations.value_or(0)) || facts.workers < 0)
        return QStringLiteral("a number of users, iterations or workers is out of range");
    if (!isCount(facts.iterationsEach.value_or(0)) || !areBatchesFine(facts) || !isSearchFine(facts))
        return QStringLiteral("a number of its batches or of its search for the limit is out of range");
    if (!isLength(facts.timeToReady.value_or(0ns)))
        return QStringLiteral("the time until its target was ready is out of range");
    if (!isLength(facts.plannedLength) || !areStagesFine(facts))
        return QStringLiteral("a time or load of its stages is out of range");
    for (const RunFacts::Step &step : facts.steps)
        if (!isIndexOrNone(step.flow, facts.flows.size()))
            return QStringLiteral("a step belongs to an unknown flow");
    for (const RunFacts::Flow &flow : facts.flows)
        if (!isAmount(flow.intendedShare) || !isAmount(flow.ownRatePerSecond.value_or(0.0)))
            return QStringLiteral("a flow's share or rate is out of range");
    return {};
}

bool areFine(const FlowCounts &counts)
{
    return isCount(counts.planned) && isCount(counts.started) && isCount(counts.completed) && isCount(counts.dropped);
}

bool areCountsFine(const MetricsFrame &frame)
{
    const auto plain = {frame.sends,       frame.lateSends,       frame.backlog,         frame.inFlight,
                        frame.activeUsers, frame.openings.opened, frame.openings.resumed};
    return std::ranges::all_of(plain, isCount) && frame.openings.resumed <= frame.openings.opened
        && std::ranges::all_of(frame.steps, [](const EncodedLatencySet &set) { return areFine(set.counts); })
        && std::ranges::all_of(frame.flows, [](const FlowCounts &counts) { return areFine(counts); })
        && std::ranges::all_of(frame.failures, [](const FailureCount &failure) { return isCount(failure.count); });
}

/// Of the table that gets the most.
std::size_t mostRowsOf(const MetricsFrame &frame)
{
    std::size_t statuses = 0;
    std::size_t kinds = 0;
    for (const EncodedLatencySet &set : frame.steps) {
        statuses += set.counts.byStatus.size();
        kinds += std::size_t(std::ranges::count_if(set.counts.byFailure, [](std::uint64_t count) { return count > 0; }));
    }
    const std::size_t batchValues = frame.batches.size() * frame.probes.size();
    return std::ranges::max({statuses, kinds, batchValues, frame.workers.size(), frame.failures.size(),
                             frame.exemplars.size(), frame.actions.size()});
}

bool isFine(const FailureExample &example)
{
    const auto isShort = [](const QString &text) { return text.size() <= FailureExample::kMaxTextLength; };
    return isShort(example.method) && isShort(example.url) && isShort(example.contentType) && isShort(example.detail)
        && example.bodyHead.size() <= FailureExample::kMaxBodyBytes && isCount(example.bodyBytes)
        && example.bodyBytes >= std::uint64_t(example.bodyHead.size());
}

bool isFine(const ProcessUse &use)
{
    return isAmount(use.busySeconds) && isAmount(use.loadWaitSeconds) && isAmount(use.waitSeconds)
        && isCount(use.connections) && isCount(use.descriptors) && isCount(use.descriptorLimit);
}

bool isFine(const WorkerUse &use)
{
    return isLength(use.loopLagP99) && isAmount(use.cpuSeconds) && isAmount(use.waitSeconds);
}

bool isHealthFine(const MetricsFrame &frame)
{
    return isFine(frame.process)
        && std::ranges::all_of(frame.workers, [](const WorkerUse &use) { return isFine(use); });
}

bool isFine(const BatchResult &batch, const RunFacts &facts)
{
    return batch.index >= 0 && facts.batches && batch.index < facts.batches->count && isLength(batch.start)
        && isLength(batch.end) && batch.start <= batch.end && isCount(batch.iterations) && isCount(batch.completed)
        && isCount(batch.requests) && isCount(batch.errors) && isCount(batch.rejected)
        && batch.probes.size() == facts.series.size()
        && std::ranges::all_of(batch.probes, [](const auto &value) { return std::isfinite(value.value_or(0.0)); });
}

bool areNumbersFine(const MetricsFrame &frame)
{
    return isAmount(frame.offeredPerSecond) && isAmount(frame.plannedUsers) && isAmount(frame.inFlightSeconds)
        && isAmount(frame.backlogSeconds) && std::isfinite(frame.workerCpuSeconds)
        && std::isfinite(frame.processCpuSeconds)
        && std::ranges::all_of(frame.probes, [](const auto &value) { return std::isfinite(value.value_or(0.0)); });
}

} // namespace

QString misfitOf(const SessionHead &head)
{
    if (head.overrides.size() > kMaxSessionEntries || head.environment.size() > kMaxSessionEntries)
        return QStringLiteral("it has more than %1 overrides or facts of the environment").arg(kMaxSessionEntries);
    if (!isWallTime(head.startedAtMs))
        return QStringLiteral("its wall time is out of range");
    if (const QString misfit = misfitOfConnections(head.facts); !misfit.isEmpty())
        return misfit;
    if (const QString misfit = misfitOfJudgement(head.facts); !misfit.isEmpty())
        return misfit;
    if (const QString misfit = misfitOfObservations(head.facts); !misfit.isEmpty())
        return misfit;
    if (const QString misfit = misfitOfActions(head.facts); !misfit.isEmpty())
        return misfit;
    return misfitOf(head.facts);
}

QString misfitOf(const MetricsFrame &frame, const RunFacts &facts)
{
    if (frame.second < 0 || !isLength(std::chrono::seconds(frame.second)) || !isLength(frame.length))
        return QStringLiteral("its time is out of range");
    if (frame.steps.size() != facts.steps.size() || frame.flows.size() != facts.flows.size()
        || frame.probes.size() != facts.series.size())
        return QStringLiteral("it has other steps, flows or series than the run");
    if (frame.workers.size() > std::size_t(std::max(0, facts.workers)))
        return QStringLiteral("it has more workers than the run");
    if (!isIndexOrNone(frame.stage, facts.stages.size()))
        return QStringLiteral("it belongs to an unknown stage");
    for (const FailureCount &failure : frame.failures) {
        if (!isIndexOrNone(failure.step, facts.steps.size()))
            return QStringLiteral("a failure belongs to an unknown step");
        if (failure.example && !isFine(*failure.example))
            return QStringLiteral("an example of a failure is out of its limits");
    }
    if (const QString misfit = misfitOfObservations(frame, facts); !misfit.isEmpty())
        return misfit;
    if (const QString misfit = misfitOfActions(frame, facts); !misfit.isEmpty())
        return misfit;
    if (const QString misfit = misfitOfExemplars(frame, facts); !misfit.isEmpty())
        return misfit;
    if (mostRowsOf(frame) > kMaxRowsOfASecond)
        return QStringLiteral("it has more workers, statuses, failures or slowest exchanges than a second can have");
    if (!areCountsFine(frame) || !areNumbersFine(frame) || !isHealthFine(frame))
        return QStringLiteral("a number is out of range");
    if (!std::ranges::all_of(frame.batches, [&facts](const BatchResult &batch) { return isFine(batch, facts); }))
        return QStringLiteral("a batch is out of its limits");
    const auto misfit = [](const RunEvent &event) { return !misfitOf(event).isEmpty(); };
    return std::ranges::any_of(frame.events, misfit) ? QStringLiteral("an event's time is out of range") : QString();
}

QString misfitOf(const RunEvent &event)
{
    return isTime(event.at) ? QString() : QStringLiteral("an event's time is out of range");
}

QString misfitOf(const RunEnding &ending, qint64 endedAtMs)
{
    if (!isWallTime(endedAtMs))
        return QStringLiteral("its wall time is out of range");
    if (!isCount(ending.unfinished) || !isCount(ending.auxiliary))
        return QStringLiteral("a number is out of range");
    return {};
}

bool areFine(const RequestCounts &counts)
{
    const auto plain = {counts.requests, counts.answered,  counts.rejected, counts.errors,  counts.censored,
                        counts.resends,  counts.redirects, counts.bytesIn,  counts.bytesOut};
    return std::ranges::all_of(plain, isCount) && std::ranges::all_of(counts.byFailure, isCount)
        && std::ranges::all_of(counts.byStatus, [](const auto &entry) { return isCount(entry.second); });
}

} // namespace Headroom
