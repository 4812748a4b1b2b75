// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/framesum.h"

#include "core/metrics/framelists.h"
#include "core/stats/observationsum.h"

#include <algorithm>
#include <span>

namespace Headroom {

namespace {

using Frames = std::vector<FramePtr>; // those that are there

template <typename T> std::vector<std::span<const T>> listsOf(const Frames &frames, std::vector<T> MetricsFrame::*list)
{
    std::vector<std::span<const T>> lists;
    for (const FramePtr &frame : frames)
        lists.emplace_back((*frame).*list);
    return lists;
}

/// Where in the run the second lies. `isComplete`: all generators have it.
void place(const Frames &frames, bool isComplete, MetricsFrame &sum)
{
    const MetricsFrame &first = *frames.front();
    const auto isLikeFirst = [&](const FramePtr &frame) {
        return frame->stage == first.stage && frame->isDrain == first.isDrain;
    };
    const bool isOne = isComplete && std::ranges::all_of(frames, isLikeFirst);
    sum.second = first.second;
    sum.length = 0ns;
    for (const FramePtr &frame : frames)
        sum.length = std::max(sum.length, frame->length);
    sum.stage = first.stage;
    sum.isDrain = isOne ? first.isDrain : true;
    sum.isMeasured = isOne
        && std::ranges::all_of(frames, &MetricsFrame::isMeasured,
                               [](const FramePtr &frame) -> const MetricsFrame & { return *frame; });
}

void addCounts(const MetricsFrame &part, MetricsFrame &sum)
{
    for (std::size_t i = 0; i < sum.flows.size(); ++i)
        sum.flows[i] += part.flows[i];
    sum.plannedUsers += part.plannedUsers;
    sum.openings.opened += part.openings.opened;
    sum.openings.resumed += part.openings.resumed;
    sum.sends += part.sends;
    sum.lateSends += part.lateSends;
    sum.backlog += part.backlog;
    sum.inFlight += part.inFlight;
    sum.activeUsers += part.activeUsers;
    sum.inFlightSeconds += part.inFlightSeconds;
    sum.backlogSeconds += part.backlogSeconds;
    sum.workerCpuSeconds += part.workerCpuSeconds;
    sum.processCpuSeconds += part.processCpuSeconds;
}

/// How near a process is to the most descriptors that it may have; 0 when that is not known.
double fullness(const ProcessUse &use)
{
    return use.descriptorLimit > 0 ? double(use.descriptors) / double(use.descriptorLimit) : 0.0;
}

void addUse(const ProcessUse &part, bool isFirst, ProcessUse &sum)
{
    sum.busySeconds = std::max(sum.busySeconds, part.busySeconds);
    sum.loadWaitSeconds += part.loadWaitSeconds;
    sum.waitSeconds += part.waitSeconds;
    sum.connections += part.connections;
    if (isFirst || fullness(part) > fullness(sum)) {
        sum.descriptors = part.descriptors;
        sum.descriptorLimit = part.descriptorLimit;
    }
}

void addProbes(const MetricsFrame &part, MetricsFrame &sum)
{
    for (std::size_t i = 0; i < sum.probes.size(); ++i) {
        if (!sum.probes[i])
            sum.probes[i] = part.probes[i];
    }
}

template <typename T> void append(const std::vector<T> &part, std::vector<T> &sum)
{
    sum.insert(sum.end(), part.begin(), part.end());
}

} // namespace

Result<MetricsFrame> FrameSum::of(const std::vector<FramePtr> &parts)
{
    Frames frames;
    std::ranges::copy_if(parts, std::back_inserter(frames), [](const FramePtr &frame) { return frame != nullptr; });
    m_damage = {};
    MetricsFrame sum;
    place(frames, frames.size() == parts.size(), sum);
    sum.flows.resize(frames.front()->flows.size());
    sum.probes.resize(frames.front()->probes.size());
    for (const FramePtr &frame : frames) {
        addCounts(*frame, sum);
        addUse(frame->process, frame == frames.front(), sum.process);
        addProbes(*frame, sum);
        append(frame->events, sum.events);
        append(frame->actions, sum.actions);
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::vector<WorkerUse> workers = parts[i] ? parts[i]->workers : std::vector<WorkerUse>();
        workers.resize(std::size_t(std::max(0, m_facts[i]->workers))); // so that each keeps its place
        append(workers, sum.workers);
    }
    sum.failures = mergedFailures(listsOf(frames, &MetricsFrame::failures));
    sum.exemplars = mergedExemplars(listsOf(frames, &MetricsFrame::exemplars));
    addSteps(frames, sum);
    addTimes(frames, sum);
    addObservations(frames, sum);
    if (sum.length > 0ns)
        sum.offeredPerSecond = double(sum.iterations().planned) * 1e9 / double(sum.length.count());
    return m_damage.transform([&] { return std::move(sum); });
}

QByteArray FrameSum::histograms(const Frames &frames,
                                const std::function<const QByteArray &(const MetricsFrame &)> &which)
{
    std::vector<QByteArray> parts;
    for (const FramePtr &frame : frames)
        parts.push_back(which(*frame));
    auto merged = m_histograms.of(parts);
    if (!merged)
        m_damage = std::unexpected(merged.error());
    return merged.value_or(QByteArray());
}

void FrameSum::addSteps(const Frames &frames, MetricsFrame &sum)
{
    sum.steps.resize(frames.front()->steps.size());
    for (std::size_t step = 0; step < sum.steps.size(); ++step) {
        for (const FramePtr &frame : frames)
            sum.steps[step].counts += frame->steps[step].counts;
        for (std::size_t kind = 0; kind < kLatencyKindCount; ++kind)
            sum.steps[step].histograms[kind] = histograms(frames, [&](const MetricsFrame &frame) -> const QByteArray & {
                return frame.steps[step].histograms[kind];
            });
    }
}

void FrameSum::addTimes(const Frames &frames, MetricsFrame &sum)
{
    for (QByteArray MetricsFrame::*times :
         {&MetricsFrame::firstByteTimes, &MetricsFrame::sendLag, &MetricsFrame::loopLag})
        sum.*times = histograms(frames, [&](const MetricsFrame &frame) -> const QByteArray & { return frame.*times; });
    for (std::size_t part = 0; part < kOpeningPartCount; ++part)
        sum.openings.times[part] = histograms(
            frames, [&](const MetricsFrame &frame) -> const QByteArray & { return frame.openings.times[part]; });
}

void FrameSum::addObservations(const Frames &frames, MetricsFrame &sum)
{
    sum.observations.resize(frames.front()->observations.size());
    for (std::size_t i = 0; i < sum.observations.size(); ++i) {
        for (const FramePtr &frame : frames)
            addObservationCounts(frame->observations[i], sum.observations[i]);
        sum.observations[i].histogram = histograms(
            frames, [&](const MetricsFrame &frame) -> const QByteArray & { return frame.observations[i].histogram; });
    }
}

} // namespace Headroom
