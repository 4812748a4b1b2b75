// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/framebuilder.h"

#include "core/stats/histogramcodec.h"

namespace Headroom {

namespace {

constexpr std::size_t kSteps = 3;
constexpr std::size_t kSeries = 3;

} // namespace

RunFacts exampleFacts()
{
    RunFacts facts;
    facts.name = QStringLiteral("example");
    facts.target = QStringLiteral("http://127.0.0.1:8080");
    facts.transport = QStringLiteral("qnam");
    facts.isOpenModel = true;
    facts.userCap = 50;
    facts.latePolicy = QStringLiteral("queue");
    facts.spacing = QStringLiteral("even");
    facts.plannedLength = 22s;
    facts.steps = {{QStringLiteral("retrieve"), QStringLiteral("POST"), QStringLiteral("/retrieve"), {0}},
                   {QStringLiteral("document"), QStringLiteral("GET"), QStringLiteral("/documents/${first}"), {0}},
                   {QStringLiteral("/extract/pico"), QStringLiteral("GET"), QStringLiteral("/extract/pico"), {0}}};
    facts.flows = {{QStringLiteral("mix"), 1.0, std::nullopt}};
    facts.stages = {{QStringLiteral("warm up"), 0s, 2s, 10.0, 10.0, true},
                    {QStringLiteral("steady"), 2s, 10s, 10.0, 10.0, false},
                    {QStringLiteral("burst"), 12s, 10s, 50.0, 50.0, false}};
    facts.series = {{QStringLiteral("api"), QStringLiteral("rss"), QStringLiteral("bytes")},
                    {QStringLiteral("api"), QStringLiteral("cpu"), QStringLiteral("percent")},
                    {QStringLiteral("queue"), QString(), QString()}};
    return facts;
}

FrameBuilder::FrameBuilder(int second)
    : m_steps(kSteps)
{
    m_frame.second = second;
    m_frame.stage = {1};
    m_frame.flows.resize(1);
    m_frame.probes.resize(kSeries);
}

FrameBuilder &FrameBuilder::stage(int index)
{
    m_frame.stage = {index};
    return *this;
}

FrameBuilder &FrameBuilder::warmUp()
{
    m_frame.isMeasured = false;
    return stage(0);
}

FrameBuilder &FrameBuilder::drain()
{
    m_frame.isMeasured = false;
    m_frame.isDrain = true;
    return stage(2);
}

FrameBuilder &FrameBuilder::length(Nanoseconds length)
{
    m_frame.length = length;
    return *this;
}

FrameBuilder &FrameBuilder::answered(int step, int times, Nanoseconds response, Nanoseconds service)
{
    LatencySet &set = at(step);
    set[LatencyKind::Response].record(response, std::uint32_t(times));
    set[LatencyKind::Service].record(service, std::uint32_t(times));
    set.counts.requests += std::uint64_t(times);
    set.counts.answered += std::uint64_t(times);
    set.counts.byStatus[200] += std::uint64_t(times);
    return *this;
}

FrameBuilder &FrameBuilder::rejected(int step, int times, int status)
{
    LatencySet &set = at(step);
    set[LatencyKind::Rejected].record(1ms, std::uint32_t(times));
    set.counts.requests += std::uint64_t(times);
    set.counts.rejected += std::uint64_t(times);
    set.counts.byStatus[status] += std::uint64_t(times);
    return *this;
}

FrameBuilder &FrameBuilder::failed(int step, int times, int status)
{
    LatencySet &set = at(step);
    set[LatencyKind::Failed].record(1ms, std::uint32_t(times));
    set.counts.requests += std::uint64_t(times);
    set.counts.errors += std::uint64_t(times);
    set.counts.byStatus[status] += std::uint64_t(times);
    set.counts.byFailure[std::size_t(FailureKind::Status)] += std::uint64_t(times);
    return *this;
}

FrameBuilder &FrameBuilder::unanswered(int step, int times, FailureKind kind, Nanoseconds elapsed)
{
    LatencySet &set = at(step);
    if (isCensored(kind)) {
        set[LatencyKind::Response].record(elapsed, std::uint32_t(times));
        set[LatencyKind::Service].record(elapsed, std::uint32_t(times));
        set.counts.censored += std::uint64_t(times);
    } else {
        set[LatencyKind::Failed].record(elapsed, std::uint32_t(times));
    }
    set.counts.requests += std::uint64_t(times);
    set.counts.errors += std::uint64_t(times);
    set.counts.byFailure[std::size_t(kind)] += std::uint64_t(times);
    return *this;
}

FrameBuilder &FrameBuilder::bytes(int step, std::uint64_t in, std::uint64_t out)
{
    at(step).counts.bytesIn += in;
    at(step).counts.bytesOut += out;
    return *this;
}

FrameBuilder &FrameBuilder::iterations(std::uint64_t planned, std::uint64_t started, std::uint64_t dropped)
{
    m_frame.flows[0] = {.planned = planned, .started = started, .completed = started, .dropped = dropped};
    return *this;
}

FrameBuilder &FrameBuilder::sends(std::uint64_t all, std::uint64_t late)
{
    m_frame.sends = all;
    m_frame.lateSends = late;
    return *this;
}

FrameBuilder &FrameBuilder::firstByte(int times, Nanoseconds after)
{
    m_firstByte.record(after, std::uint32_t(times));
    return *this;
}

FrameBuilder &FrameBuilder::opened(int times, const ConnectionOpening &opening)
{
    for (int i = 0; i < times; ++i)
        m_openings.record(opening);
    return *this;
}

FrameBuilder &FrameBuilder::probe(int series, double value)
{
    m_frame.probes[std::size_t(series)] = value;
    return *this;
}

MetricsFrame FrameBuilder::frame() const
{
    MetricsFrame frame = m_frame;
    for (const LatencySet &set : m_steps)
        frame.steps.push_back(encode(set));
    frame.firstByteTimes = encodeHistogram(m_firstByte);
    frame.openings = OpeningSet(m_openings).take();
    const double seconds = double(frame.length.count()) / 1e9;
    frame.offeredPerSecond = seconds > 0.0 ? double(frame.iterations().planned) / seconds : 0.0;
    return frame;
}

} // namespace Headroom
