// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/frameassembler.h"

#include "core/metrics/framelists.h"
#include "core/metrics/plannedload.h"
#include "core/stats/observationsum.h"
#include "core/stats/samplereservoir.h"

#include <algorithm>
#include <climits>
#include <span>

namespace Headroom {

namespace {

double inSeconds(Nanoseconds duration) { return double(duration.count()) / 1e9; }

/// What each of them says of a list.
template <typename T>
std::vector<std::span<const T>> listsOf(const std::vector<IntervalSnapshotPtr> &snapshots, std::vector<T> IntervalSnapshot::*list)
{
    std::vector<std::span<const T>> lists;
    for (const auto &snapshot : snapshots)
        lists.emplace_back((*snapshot).*list);
    return lists;
}

} // namespace

FrameAssembler::FrameAssembler(RunFactsPtr facts)
    : m_facts(std::move(facts))
    , m_deliveredUpTo(std::size_t(std::max(1, m_facts->workers)), 0)
{
}

std::vector<FramePtr> FrameAssembler::add(const IntervalSnapshotPtr &snapshot)
{
    Q_ASSERT(snapshot->worker >= 0 && std::size_t(snapshot->worker) < m_deliveredUpTo.size());
    int &deliveredUpTo = m_deliveredUpTo[std::size_t(snapshot->worker)];
    deliveredUpTo = snapshot->isLast ? INT_MAX : std::max(deliveredUpTo, snapshot->second + 1);
    m_waiting[std::max(snapshot->second, m_nextSecond)].push_back(snapshot);
    return makeFrames(completeUpTo());
}

std::vector<FramePtr> FrameAssembler::finish()
{
    std::vector<FramePtr> frames = makeFrames(INT_MAX);
    if (!m_actions.empty())
        frames.push_back(makeLateFrame());
    return frames;
}

/// For what ended when all requests had ended already.
FramePtr FrameAssembler::makeLateFrame()
{
    auto frame = std::make_shared<MetricsFrame>(*makeFrame(m_nextSecond++, {}));
    frame->length = 0ns;
    frame->isMeasured = false;
    frame->isDrain = true;
    return frame;
}

void FrameAssembler::setProbes(int second, const std::vector<std::optional<double>> &values)
{
    auto &known = m_probes[std::max(second, m_nextSecond)];
    known.resize(m_facts->series.size());
    for (std::size_t i = 0; i < std::min(known.size(), values.size()); ++i) {
        if (values[i])
            known[i] = values[i];
    }
}

void FrameAssembler::addEvent(RunEvent event) { m_events.push_back(std::move(event)); }

void FrameAssembler::addBatch(BatchResult batch)
{
    batch.probes.resize(m_facts->series.size());
    m_batches.push_back(std::move(batch));
}

std::shared_ptr<const SecondSamples> FrameAssembler::takeSamples(int second)
{
    auto samples = m_samples.extract(second);
    return samples ? std::move(samples.mapped()) : nullptr;
}

std::vector<RunEvent> FrameAssembler::takeEvents() { return std::exchange(m_events, {}); }

void FrameAssembler::setProcessCpu(double seconds) { m_processCpu = std::max(m_processCpu, seconds); }

void FrameAssembler::addProcessUse(const ProcessUse &use) { m_processUse += use; }

void FrameAssembler::steerUsers(Nanoseconds at, std::optional<double> users) { m_steered.emplace_back(at, users); }

/// The first second that still waits for a worker.
int FrameAssembler::completeUpTo() const { return std::ranges::min(m_deliveredUpTo); }

/// Makes the frames before `end`, but none behind the last second of which anything is known.
std::vector<FramePtr> FrameAssembler::makeFrames(int end)
{
    std::vector<FramePtr> frames;
    while (!m_waiting.empty() && m_nextSecond < end && m_nextSecond <= m_waiting.rbegin()->first) {
        auto waiting = m_waiting.extract(m_nextSecond);
        frames.push_back(makeFrame(m_nextSecond, waiting ? std::move(waiting.mapped()) : Snapshots()));
        ++m_nextSecond;
    }
    return frames;
}

FramePtr FrameAssembler::makeFrame(int second, Snapshots snapshots)
{
    // The same frame, to the byte, whichever worker came first.
    std::ranges::stable_sort(snapshots, {}, &IntervalSnapshot::worker);
    auto frame = std::make_shared<MetricsFrame>();
    frame->second = second;
    if (!snapshots.empty())
        frame->length = (*std::ranges::max_element(snapshots, {}, &IntervalSnapshot::length))->length;
    place(*frame);
    mergeSteps(*frame, snapshots);
    mergeOpenings(*frame, snapshots);
    addCounters(*frame, snapshots);
    mergeObservations(*frame, snapshots);
    frame->failures = mergedFailures(listsOf(snapshots, &IntervalSnapshot::failures));
    frame->exemplars = mergedExemplars(listsOf(snapshots, &IntervalSnapshot::exemplars));
    mergeRawSamples(second, snapshots);
    if (frame->length > 0ns)
        frame->offeredPerSecond = double(frame->iterations().planned) / inSeconds(frame->length);
    if (auto probes = m_probes.extract(second))
        frame->probes = std::move(probes.mapped());
    frame->probes.resize(m_facts->series.size());
    frame->events = takeEvents();
    frame->batches = std::exchange(m_batches, {});
    frame->actions = std::exchange(m_actions, {});
    frame->processCpuSeconds = m_processCpu - std::exchange(m_processCpuOfFrames, m_processCpu);
    frame->process = m_processUse;
    m_processUse = {.connections = m_processUse.connections,
                    .descriptors = m_processUse.descriptors,
                    .descriptorLimit = m_processUse.descriptorLimit};
    return frame;
}

/// Where in the plan the frame lies. A second in which the plan was paused, be it in part, is no measure of any stage.
void FrameAssembler::place(MetricsFrame &frame) const
{
    const Nanoseconds start = frame.second * Nanoseconds(1s);
    frame.isDrain = start >= m_planTime.endOf(plannedEnd(*m_facts)) || start + frame.length > m_measuredUntil;
    const bool isPaused = !frame.isDrain && m_planTime.isPausedWithin(start, start + frame.length);
    if (!isPaused)
        frame.stage = m_facts->stageAt(m_planTime.at(start));
    const bool isWarmUp = frame.stage.isValid() && m_facts->stages[frame.stage.at()].isWarmUp;
    frame.isMeasured = !isWarmUp && !frame.isDrain && !isPaused;
    frame.plannedUsers = wantedUsersBefore(start + frame.length);
}

double FrameAssembler::wantedUsersBefore(Nanoseconds border) const
{
    const bool isOver = border > m_planTime.endOf(plannedEnd(*m_facts));
    if (m_facts->isOpenModel || isOver || m_planTime.paceAt(border - 1ns) == PlanTime::Pace::Paused)
        return 0.0;
    const auto next = std::ranges::lower_bound(m_steered, border, {}, [](const auto &change) { return change.first; });
    const auto byHand = next == m_steered.begin() ? std::nullopt : std::prev(next)->second;
    return byHand ? *byHand : plannedLoadBefore(*m_facts, m_planTime.at(border - 1ns) + 1ns);
}

void FrameAssembler::mergeSteps(MetricsFrame &frame, const Snapshots &snapshots)
{
    frame.steps.resize(m_facts->steps.size());
    for (std::size_t step = 0; step < frame.steps.size(); ++step) {
        std::array<std::vector<QByteArray>, kLatencyKindCount> parts;
        for (const auto &snapshot : snapshots) {
            if (step >= snapshot->steps.size())
                continue;
            const EncodedLatencySet &set = snapshot->steps[step];
            frame.steps[step].counts += set.counts;
            for (std::size_t kind = 0; kind < kLatencyKindCount; ++kind)
                parts[kind].push_back(set.histograms[kind]);
        }
        for (std::size_t kind = 0; kind < kLatencyKindCount; ++kind)
            frame.steps[step].histograms[kind] = mergeHistograms(parts[kind]);
    }
}

void FrameAssembler::addCounters(MetricsFrame &frame, const Snapshots &snapshots)
{
    frame.flows.resize(m_facts->flows.size());
    frame.workers.resize(m_deliveredUpTo.size());
    std::vector<QByteArray> sendLags;
    std::vector<QByteArray> loopLags;
    for (const auto &snapshot : snapshots) {
        sendLags.push_back(snapshot->sendLag);
        loopLags.push_back(snapshot->loopLag);
        for (std::size_t flow = 0; flow < std::min(frame.flows.size(), snapshot->flows.size()); ++flow)
            frame.flows[flow] += snapshot->flows[flow];
        frame.sends += snapshot->sends;
        frame.lateSends += snapshot->lateSends;
        frame.backlog += snapshot->backlog;
        frame.inFlight += snapshot->inFlight;
        frame.activeUsers += snapshot->activeUsers;
        frame.inFlightSeconds += snapshot->inFlightSeconds;
        frame.backlogSeconds += snapshot->backlogSeconds;
        frame.workerCpuSeconds += snapshot->threadCpuSeconds;
        WorkerUse &worker = frame.workers[std::size_t(snapshot->worker)];
        worker.loopLagP99 = std::max(worker.loopLagP99, snapshot->loopLagP99);
        worker.cpuSeconds += snapshot->threadCpuSeconds;
        worker.waitSeconds += snapshot->threadWaitSeconds;
    }
    frame.sendLag = mergeHistograms(sendLags);
    frame.loopLag = mergeHistograms(loopLags);
}

void FrameAssembler::mergeOpenings(MetricsFrame &frame, const Snapshots &snapshots)
{
    std::vector<QByteArray> firstByte;
    std::array<std::vector<QByteArray>, kOpeningPartCount> parts;
    for (const auto &snapshot : snapshots) {
        firstByte.push_back(snapshot->firstByteTimes);
        frame.openings.opened += snapshot->openings.opened;
        frame.openings.resumed += snapshot->openings.resumed;
        for (std::size_t part = 0; part < kOpeningPartCount; ++part)
            parts[part].push_back(snapshot->openings.times[part]);
    }
    frame.firstByteTimes = mergeHistograms(firstByte);
    for (std::size_t part = 0; part < kOpeningPartCount; ++part)
        frame.openings.times[part] = mergeHistograms(parts[part]);
}

void FrameAssembler::mergeObservations(MetricsFrame &frame, const Snapshots &snapshots)
{
    frame.observations.resize(m_facts->observations.size());
    for (std::size_t i = 0; i < frame.observations.size(); ++i) {
        std::vector<QByteArray> histograms;
        for (const auto &snapshot : snapshots) {
            if (i >= snapshot->observations.size())
                continue;
            addObservationCounts(snapshot->observations[i], frame.observations[i]);
            histograms.push_back(snapshot->observations[i].histogram);
        }
        frame.observations[i].histogram = mergeHistograms(histograms);
    }
}

void FrameAssembler::mergeRawSamples(int second, const Snapshots &snapshots)
{
    std::vector<std::shared_ptr<const SecondSamples>> parts;
    for (const auto &snapshot : snapshots) {
        if (snapshot->samples)
            parts.push_back(snapshot->samples);
    }
    if (parts.empty())
        return;
    const bool isSampled = m_facts->sampleKeeping == SampleKeeping::Sample || m_samplesKept >= kWholeSamples;
    const auto merged = mergeSamples(parts, second, m_facts->seed, isSampled ? kSampledPerSecond : kWholeSamples);
    m_samplesKept += merged->kept.size();
    m_samples[second] = merged;
}

QByteArray FrameAssembler::mergeHistograms(const std::vector<QByteArray> &parts)
{
    const auto merged = m_histograms.of(parts);
    Q_ASSERT(merged); // our own workers made the bytes
    return merged.value_or(QByteArray());
}

} // namespace Headroom
