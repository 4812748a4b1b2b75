// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/sessiontools/generators.h"

#include "core/stats/samplerecorder.h"
#include "core/stats/samplereservoir.h"

#include <limits>

namespace Headroom {

RecordedSecond secondOf(int second, const std::vector<RawSample> &samples)
{
    SampleRecorder recorder(recordedHead().facts.steps.size());
    for (const RawSample &sample : samples)
        recorder.record(sampleOf(sample, SteadyTime(1h)));
    IntervalSnapshot snapshot;
    recorder.takeInterval(snapshot);
    RecordedSecond recorded;
    recorded.samples = {second, samples.size(), samples};
    MetricsFrame &frame = recorded.frame;
    frame.second = second;
    frame.stage = {0};
    frame.steps = snapshot.steps;
    frame.firstByteTimes = snapshot.firstByteTimes;
    frame.flows = {{samples.size(), samples.size(), samples.size(), 0}};
    frame.offeredPerSecond = double(samples.size());
    frame.events = {
        {second * Nanoseconds(1s) + 500ms, QStringLiteral("note"), QStringLiteral("second %1").arg(second)}};
    return recorded;
}

QString writeSession(const QString &path, const SessionHead &head, const std::vector<RecordedSecond> &seconds,
                     const std::vector<RunEvent> &lateEvents, const RunEnding &ending)
{
    const auto writer = SessionWriter::create(path, head);
    if (!writer)
        return writer.error().text();
    (*writer)->writeInBulk();
    const bool keeps = head.facts.sampleKeeping != SampleKeeping::Off;
    Result<void> written;
    for (const RecordedSecond &second : seconds) {
        if (written)
            written = (*writer)->append(second.frame, keeps ? &second.samples : nullptr);
    }
    for (const RunEvent &event : lateEvents) {
        if (written)
            written = (*writer)->append(event);
    }
    if (written)
        written = (*writer)->finish(ending, head.startedAtMs + qint64(seconds.size()) * 1000);
    return written ? QString() : written.error().text();
}

LatencySet wholeStep(const SessionReader &session, std::size_t step)
{
    auto merged = session.merged(0, std::numeric_limits<int>::max());
    return merged ? std::move((*merged)[step]) : LatencySet();
}

std::vector<RawSample> samplesOf(const SessionReader &session)
{
    std::vector<RawSample> all;
    (void)session.forEachSamples([&](const SecondSamples &samples) {
        all.insert(all.end(), samples.kept.begin(), samples.kept.end());
        return true;
    });
    return all;
}

} // namespace Headroom
