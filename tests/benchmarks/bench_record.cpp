// SPDX-License-Identifier: GPL-3.0-or-later
// What counting one finished request costs the thread that makes the load.
#include "core/base/random.h"
#include "core/stats/samplerecorder.h"
#include "core/stats/samplereservoir.h"
#include "tests/benchmarks/figures.h"
#include "tests/support/allocationcount.h"

#include <cmath>

using namespace Headroom;

namespace {

constexpr std::size_t kSteps = 10;
constexpr std::size_t kSamples = 1 << 16; // made beforehand, so that making them is not measured
constexpr std::size_t kRounds = 100;
constexpr double kMostNanoseconds = 1000.0; // a hundredth of what one request costs the fastest load generators

/// Requests of ten steps in turn, with times spread from half a millisecond to half a second.
std::vector<Sample> samples()
{
    std::vector<Sample> made(kSamples);
    for (std::size_t i = 0; i < kSamples; ++i) {
        const auto service = Nanoseconds(std::int64_t(0.5e6 * std::pow(1000.0, unitInterval(randomAt(1, i)))));
        Sample &sample = made[i];
        sample.step = {int(i % kSteps)};
        sample.timings.planned = SteadyTime(1h);
        sample.timings.sent = sample.timings.planned + Nanoseconds(50us);
        sample.timings.firstByte = sample.timings.sent + service;
        sample.timings.finished = sample.timings.firstByte;
        sample.status = 200;
        sample.bytesIn = 500;
    }
    return made;
}

struct Cost
{
    double nanoseconds = 0.0;
    double allocations = 0.0;
};

template <typename Call> Cost costOf(const std::vector<Sample> &samples, Call call)
{
    const std::uint64_t allocationsBefore = allocationCount();
    const auto before = std::chrono::steady_clock::now();
    for (std::size_t round = 0; round < kRounds; ++round) {
        for (const Sample &sample : samples)
            call(sample);
    }
    const Nanoseconds elapsed = std::chrono::steady_clock::now() - before;
    const double calls = double(kRounds * samples.size());
    return {double(elapsed.count()) / calls, double(allocationCount() - allocationsBefore) / calls};
}

void add(Figures &figures, const QByteArray &name, const Cost &cost)
{
    figures.add(name, cost.nanoseconds, "ns", FigureBound::atMost(kMostNanoseconds));
    figures.add(name + ".allocations", cost.allocations, "per call", FigureBound::exactly(0));
}

} // namespace

int main()
{
    const std::vector<Sample> made = samples();
    Figures figures("record");
    SampleRecorder recorder(kSteps);
    add(figures, "sample", costOf(made, [&](const Sample &sample) {
            recorder.recordSend(sample.timings.sendLag());
            recorder.record(sample);
        }));
    HdrHistogram histogram;
    add(figures, "histogram",
        costOf(made, [&](const Sample &sample) { histogram.record(sample.timings.serviceTime()); }));
    // Every request kept whole, in seconds as full as they may be, with what handing them over costs.
    SampleReservoir whole({.keeping = SampleKeeping::All, .start = SteadyTime(1h)});
    std::size_t added = 0;
    const Cost kept = costOf(made, [&](const Sample &sample) {
        whole.add(sample);
        if (++added % kSamples == 0)
            whole.takeSecond(int(added / kSamples));
    });
    figures.add("kept_whole", kept.nanoseconds, "ns", FigureBound::atMost(kMostNanoseconds));
    SampleReservoir sampled({.keeping = SampleKeeping::Sample, .start = SteadyTime(1h)});
    add(figures, "sampled", costOf(made, [&](const Sample &sample) { sampled.add(sample); }));
    return figures.conclude();
}
