// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/samplerecorder.h"

#include "core/stats/failuretable.h"
#include "core/stats/histogramcodec.h"

#include <algorithm>
#include <array>
#include <utility>

namespace Headroom {
namespace {

constexpr std::size_t kStatusCount = 1000; // a status has three digits; the table spares the map on every request

/// Requests by status, without an allocation for those of three digits.
class StatusTable
{
public:
    void count(int status)
    {
        if (status <= 0)
            return;
        if (std::size_t(status) < kStatusCount)
            ++m_counts[std::size_t(status)];
        else
            ++m_strange[status];
    }
    std::map<int, std::uint64_t> take()
    {
        std::map<int, std::uint64_t> taken = std::move(m_strange);
        m_strange.clear();
        for (std::size_t i = 0; i < kStatusCount; ++i) {
            if (m_counts[i] > 0)
                taken.emplace(int(i), m_counts[i]);
        }
        m_counts.fill(0);
        return taken;
    }

private:
    std::array<std::uint64_t, kStatusCount> m_counts{};
    std::map<int, std::uint64_t> m_strange;
};

struct Step
{
    LatencySet latencies;
    StatusTable statuses;
};

void recordTimes(LatencySet &latencies, HdrHistogram &firstByte, const Sample &sample)
{
    if (sample.outcome == Outcome::Rejected) {
        latencies[LatencyKind::Rejected].record(sample.timings.responseTime());
    } else if (sample.outcome == Outcome::Error && !isCensored(sample.failure)) {
        latencies[LatencyKind::Failed].record(sample.timings.responseTime());
    } else {
        latencies[LatencyKind::Response].record(sample.timings.responseTime());
        latencies[LatencyKind::Service].record(sample.timings.serviceTime());
        firstByte.record(sample.timings.firstByteTime());
    }
}

void countOutcome(RequestCounts &counts, const Sample &sample)
{
    ++counts.requests;
    counts.answered += sample.outcome == Outcome::Answered;
    counts.rejected += sample.outcome == Outcome::Rejected;
    counts.resends += sample.resends;
    counts.bytesIn += sample.bytesIn;
    counts.bytesOut += sample.bytesOut;
    if (sample.outcome != Outcome::Error)
        return;
    Q_ASSERT(sample.failure != FailureKind::None);
    ++counts.errors;
    ++counts.byFailure[std::size_t(sample.failure)];
    counts.censored += isCensored(sample.failure);
}

} // namespace

struct SampleRecorder::State
{
    explicit State(std::size_t stepCount)
        : steps(stepCount)
    {
    }

    std::vector<Step> steps;
    FailureTable failures;
    HdrHistogram firstByte;
    OpeningSet openings;
    HdrHistogram sendLag;
    HdrHistogram serviceSoFar; // all steps, up to the last interval
    Nanoseconds medianServiceTime{};
    Nanoseconds lateLimit = 1ms;
    std::uint64_t sends = 0;
    std::uint64_t lateSends = 0;

    EncodedLatencySet takeStep(Step &step);
    void updateLateLimit();
};

EncodedLatencySet SampleRecorder::State::takeStep(Step &step)
{
    if (step.latencies.counts.requests == 0)
        return {};
    serviceSoFar.merge(step.latencies[LatencyKind::Service]);
    EncodedLatencySet taken = encode(step.latencies);
    taken.counts.byStatus = step.statuses.take();
    for (HdrHistogram &histogram : step.latencies.histograms)
        histogram.reset();
    step.latencies.counts = {};
    return taken;
}

void SampleRecorder::State::updateLateLimit()
{
    medianServiceTime = serviceSoFar.valueAtQuantile(0.5);
    lateLimit = std::max<Nanoseconds>(1ms, medianServiceTime / 10);
}

SampleRecorder::SampleRecorder(std::size_t stepCount)
    : m_state(std::make_unique<State>(stepCount))
{
}

SampleRecorder::~SampleRecorder() = default;

void SampleRecorder::recordSend(Nanoseconds sendLag, Nanoseconds waited)
{
    ++m_state->sends;
    m_state->lateSends += sendLag - waited > m_state->lateLimit;
    m_state->sendLag.record(sendLag);
}

void SampleRecorder::record(const Sample &sample)
{
    Q_ASSERT(sample.step.isValid() && sample.step.at() < m_state->steps.size());
    Step &step = m_state->steps[sample.step.at()];
    countOutcome(step.latencies.counts, sample);
    step.statuses.count(sample.status);
    if (sample.outcome == Outcome::Error && sample.failure == FailureKind::Template)
        return; // never sent: it has no times
    recordTimes(step.latencies, m_state->firstByte, sample);
    if (sample.opening)
        m_state->openings.record(*sample.opening);
}

bool SampleRecorder::recordFailure(const Sample &sample, const QString &message)
{
    return m_state->failures.count(sample.step, sample.failure, sample.status, message);
}

void SampleRecorder::keepExample(std::shared_ptr<const FailureExample> example)
{
    m_state->failures.keepExample(std::move(example));
}

void SampleRecorder::takeInterval(IntervalSnapshot &into)
{
    into.steps.clear();
    into.steps.reserve(m_state->steps.size());
    for (Step &step : m_state->steps)
        into.steps.push_back(m_state->takeStep(step));
    into.failures = m_state->failures.take();
    into.firstByteTimes = encodeHistogram(m_state->firstByte);
    m_state->firstByte.reset();
    into.openings = m_state->openings.take();
    into.sendLag = encodeHistogram(m_state->sendLag);
    m_state->sendLag.reset();
    into.sends = std::exchange(m_state->sends, 0);
    into.lateSends = std::exchange(m_state->lateSends, 0);
    m_state->updateLateLimit();
}

Nanoseconds SampleRecorder::medianServiceTime() const { return m_state->medianServiceTime; }

} // namespace Headroom
