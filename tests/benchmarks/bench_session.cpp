// SPDX-License-Identifier: GPL-3.0-or-later
// What keeping a second of a run costs: time of the store thread, and room on the disk.
#include "core/base/random.h"
#include "core/session/sessionwriter.h"
#include "core/stats/samplerecorder.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/ordered.h"

#include <QFileInfo>
#include <QTemporaryDir>

#include <cmath>

using namespace Headroom;

namespace {

constexpr int kSeconds = 120;
constexpr int kSeries = 5;
constexpr double kMostMilliseconds = 250.0; // a quarter of the second that the frame stands for

SessionHead headOf(int steps)
{
    SessionHead head;
    RunFacts &facts = head.facts;
    facts.name = QStringLiteral("bench");
    facts.target = QStringLiteral("http://127.0.0.1:8080");
    facts.transport = QStringLiteral("qnam");
    facts.isOpenModel = true;
    facts.latePolicy = QStringLiteral("queue");
    facts.plannedLength = std::chrono::seconds(kSeconds);
    facts.flows = {{QStringLiteral("flow"), 1.0, {}}};
    facts.stages = {{QStringLiteral("hold"), 0s, facts.plannedLength, 1.0, 1.0, false}};
    for (int step = 0; step < steps; ++step)
        facts.steps.push_back(
            {QStringLiteral("step %1").arg(step), QStringLiteral("GET"), QStringLiteral("/"), FlowIndex{0}});
    for (int series = 0; series < kSeries; ++series)
        facts.series.push_back(
            {QStringLiteral("probe"), QStringLiteral("value%1").arg(series), QStringLiteral("bytes")});
    return head;
}

/// A request whose service time varies by a factor of e up and down around 20 ms.
Sample sampleOf(int step, std::uint64_t number)
{
    const double random = unitInterval(randomAt(1, number)) + unitInterval(randomAt(2, number)) - 1.0;
    Sample sample;
    sample.step = {step};
    sample.timings.planned = SteadyTime(1h);
    sample.timings.sent = sample.timings.planned + Nanoseconds(20'000 + std::int64_t(randomAt(3, number) % 80'000));
    sample.timings.finished = sample.timings.sent + Nanoseconds(std::int64_t(20e6 * std::exp(random)));
    sample.timings.firstByte = sample.timings.finished;
    sample.status = 200;
    sample.bytesIn = 500;
    return sample;
}

/// A second as a worker records it.
MetricsFrame frameOf(int second, int steps, int requests, SampleRecorder &recorder)
{
    for (int i = 0; i < requests; ++i) {
        const Sample sample = sampleOf(i % steps, std::uint64_t(second) * std::uint64_t(requests) + std::uint64_t(i));
        recorder.recordSend(sample.timings.sendLag());
        recorder.record(sample);
    }
    IntervalSnapshot snapshot;
    recorder.takeInterval(snapshot);
    MetricsFrame frame;
    frame.second = second;
    frame.stage = {0};
    frame.offeredPerSecond = requests;
    frame.steps = snapshot.steps;
    frame.firstByteTimes = snapshot.firstByteTimes;
    frame.openings = snapshot.openings;
    frame.sendLag = snapshot.sendLag;
    frame.sends = snapshot.sends;
    frame.lateSends = snapshot.lateSends;
    const auto count = std::uint64_t(requests);
    frame.flows = {{count, count, count, 0}};
    for (int series = 0; series < kSeries; ++series)
        frame.probes.emplace_back(1e8 * unitInterval(randomAt(4, std::uint64_t(second), std::uint64_t(series))));
    return frame;
}

Result<void> measure(Figures &figures, int steps, int requests, FigureBound megabytesAnHour)
{
    const QTemporaryDir folder;
    const auto writer = SessionWriter::create(folder.filePath(QStringLiteral("bench.headroom")), headOf(steps));
    if (!writer)
        return std::unexpected(writer.error());
    SampleRecorder recorder{std::size_t(steps)};
    std::vector<Nanoseconds> times;
    for (int second = 0; second < kSeconds; ++second) {
        const MetricsFrame frame = frameOf(second, steps, requests, recorder);
        const auto before = std::chrono::steady_clock::now();
        if (const auto appended = (*writer)->append(frame); !appended)
            return appended;
        times.push_back(std::chrono::steady_clock::now() - before);
    }
    if (const auto finished = (*writer)->finish({}, 1); !finished)
        return finished;
    const Ordered ordered(std::move(times));
    figures.add("append.p50", milliseconds(ordered.at(0.5)), "ms");
    figures.add("append.p99", milliseconds(ordered.at(0.99)), "ms", FigureBound::atMost(kMostMilliseconds));
    const double bytes = double(QFileInfo((*writer)->path()).size());
    figures.add("size", bytes / 1e6 * 3600.0 / kSeconds, "MB/hour", megabytesAnHour);
    return {};
}

} // namespace

int main()
{
    Figures usual("session.10_steps.500_per_s");
    if (const auto measured = measure(usual, 10, 500, FigureBound::none()); !measured)
        usual.addFailure(measured.error());
    Figures heavy("session.4_steps.20000_per_s");
    if (const auto measured = measure(heavy, 4, 20'000, FigureBound::atMost(80.0).later()); !measured)
        heavy.addFailure(measured.error());
    return std::max(usual.conclude(), heavy.conclude());
}
