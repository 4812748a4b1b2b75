// SPDX-License-Identifier: GPL-3.0-or-later
// What keeping a run costs: time of the store thread, room on the disk, memory; and how long it takes to find something
// in it again.
#include "core/base/random.h"
#include "core/session/sessionreader.h"
#include "core/session/sessionwriter.h"
#include "core/stats/histogramcodec.h"
#include "core/stats/samplerecorder.h"
#include "core/stats/samplereservoir.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/ordered.h"
#include "tests/benchmarks/processmemory.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cmath>
#include <numbers>

using namespace Headroom;

namespace {

constexpr int kSeries = 5;
constexpr int kWorkers = 2;
constexpr double kMostMilliseconds = 250.0; // a quarter of the second that the frame stands for
constexpr SteadyTime kStart{1h};

struct Shape
{
    int seconds = 3600;
    int steps = 4;
    int perSecond = 50;
    SampleKeeping keeping = SampleKeeping::Off;
};

SessionHead headOf(const Shape &shape)
{
    SessionHead head;
    RunFacts &facts = head.facts;
    facts.name = QStringLiteral("bench");
    facts.target = QStringLiteral("http://127.0.0.1:8080");
    facts.transport = QStringLiteral("direct");
    facts.isOpenModel = true;
    facts.latePolicy = QStringLiteral("queue");
    facts.plannedLength = std::chrono::seconds(shape.seconds);
    facts.workers = kWorkers;
    facts.sampleKeeping = shape.keeping;
    facts.flows = {{QStringLiteral("flow"), 1.0, {}}};
    facts.stages = {{QStringLiteral("hold"), 0s, facts.plannedLength, 1.0, 1.0, false}};
    for (int step = 0; step < shape.steps; ++step)
        facts.steps.push_back(
            {QStringLiteral("step %1").arg(step), QStringLiteral("GET"), QStringLiteral("/"), FlowIndex{0}});
    for (int series = 0; series < kSeries; ++series)
        facts.series.push_back(
            {QStringLiteral("probe"), QStringLiteral("value%1").arg(series), QStringLiteral("bytes")});
    return head;
}

/// Standard normal. Source: Box and Muller, A Note on the Generation of Random Normal Deviates (1958).
double normal(std::uint64_t seed, std::uint64_t number)
{
    return std::sqrt(2.0 * exponential(randomAt(seed, number)))
        * std::cos(2.0 * std::numbers::pi * unitInterval(randomAt(seed + 1, number)));
}

/// Its service time is lognormal with a median of 20 ms, its 95th percentile
/// 46 ms; the answer takes some tens of microseconds from its first byte to its last.
Sample sampleOf(int step, Nanoseconds planned, std::uint64_t number)
{
    Sample sample;
    sample.step = {step};
    sample.timings.planned = kStart + planned;
    sample.timings.sent = sample.timings.planned + Nanoseconds(20'000 + std::int64_t(randomAt(3, number) % 80'000));
    sample.timings.firstByte =
        sample.timings.sent + Nanoseconds(std::int64_t(20e6 * std::exp(0.5 * normal(1, number))));
    sample.timings.finished =
        sample.timings.firstByte + Nanoseconds(10'000 + std::int64_t(randomAt(4, number) % 50'000));
    sample.status = 200;
    sample.bytesIn = 500;
    return sample;
}

/// Makes seconds as workers record them.
class Recorder
{
public:
    explicit Recorder(const Shape &shape)
        : m_shape(shape)
        , m_recorder(std::size_t(shape.steps))
        , m_reservoir({.keeping = shape.keeping, .seed = 1, .start = kStart})
    {
    }
    MetricsFrame frameOf(int second);
    std::shared_ptr<const SecondSamples> takeSamples(int second) { return m_reservoir.takeSecond(second); }

private:
    void record(int second);
    QByteArray loopLag(int second);
    const Shape m_shape;
    SampleRecorder m_recorder;
    SampleReservoir m_reservoir;
};

void Recorder::record(int second)
{
    const double gap = 1e9 / m_shape.perSecond; // ns, on average, of a Poisson process
    double planned = 1e9 * second;
    for (int i = 0; i < m_shape.perSecond; ++i) {
        const auto number = std::uint64_t(second) * std::uint64_t(m_shape.perSecond) + std::uint64_t(i);
        planned += gap * exponential(randomAt(5, number));
        const Sample sample = sampleOf(i % m_shape.steps, Nanoseconds(std::int64_t(planned)), number);
        m_recorder.recordSend(sample.timings.sendLag());
        m_recorder.record(sample);
        m_reservoir.add(sample);
    }
}

QByteArray Recorder::loopLag(int second)
{
    HdrHistogram lag;
    for (std::uint64_t i = 0; i < 100; ++i)
        lag.record(Nanoseconds(std::int64_t(5e4 * exponential(randomAt(6, std::uint64_t(second), i)))));
    return encodeHistogram(lag);
}

MetricsFrame Recorder::frameOf(int second)
{
    record(second);
    IntervalSnapshot snapshot;
    m_recorder.takeInterval(snapshot);
    MetricsFrame frame;
    frame.second = second;
    frame.stage = {0};
    frame.offeredPerSecond = m_shape.perSecond;
    frame.steps = snapshot.steps;
    frame.firstByteTimes = snapshot.firstByteTimes;
    frame.openings = snapshot.openings;
    frame.sendLag = snapshot.sendLag;
    frame.loopLag = loopLag(second);
    frame.sends = snapshot.sends;
    frame.lateSends = snapshot.lateSends;
    const auto count = std::uint64_t(m_shape.perSecond);
    frame.flows = {{count, count, count, 0}};
    const auto some = [second](std::uint64_t what) { return unitInterval(randomAt(7, std::uint64_t(second), what)); };
    for (int series = 0; series < kSeries; ++series)
        frame.probes.emplace_back(1e8 * some(std::uint64_t(series)));
    frame.inFlightSeconds = some(10);
    frame.workerCpuSeconds = some(11);
    frame.processCpuSeconds = some(12);
    frame.process = {some(13), some(14), some(15), 12, 64, 1024};
    for (std::uint64_t worker = 0; worker < kWorkers; ++worker)
        frame.workers.push_back({Nanoseconds(std::int64_t(1e5 * some(20 + worker))), some(30 + worker), some(40 + worker)});
    return frame;
}

double ownMegabytes() { return residentBytes(QCoreApplication::applicationPid()) / 1e6; }

/// Writes a session and says what each second, and the whole, takes.
Result<void> measureWriting(Figures &figures, const QString &path, const Shape &shape, FigureBound megabytesAnHour)
{
    const auto writer = SessionWriter::create(path, headOf(shape));
    if (!writer)
        return std::unexpected(writer.error());
    Recorder recorder(shape);
    std::vector<Nanoseconds> times;
    double early = 0.0;
    for (int second = 0; second < shape.seconds; ++second) {
        const MetricsFrame frame = recorder.frameOf(second);
        const auto samples = recorder.takeSamples(second);
        const auto before = std::chrono::steady_clock::now();
        if (const auto appended = (*writer)->append(frame, samples.get()); !appended)
            return appended;
        times.push_back(std::chrono::steady_clock::now() - before);
        if (second == shape.seconds / 6)
            early = ownMegabytes();
    }
    const double late = ownMegabytes();
    if (const auto finished = (*writer)->finish({}, 1); !finished)
        return finished;
    const Ordered ordered(std::move(times));
    figures.add("append.p50", milliseconds(ordered.at(0.5)), "ms");
    figures.add("append.p99", milliseconds(ordered.at(0.99)), "ms", FigureBound::atMost(kMostMilliseconds));
    figures.add("append.max", milliseconds(ordered.at(1.0)), "ms");
    figures.add("memory.growth", late - early, "MB", FigureBound::atMost(2.0));
    const double bytes = double(QFileInfo(path).size());
    figures.add("size", bytes / 1e6 * 3600.0 / shape.seconds, "MB/hour", megabytesAnHour);
    return {};
}

/// The median time of some calls, the file being in the page cache.
template <typename Call> Result<double> medianMilliseconds(Call call)
{
    std::vector<Nanoseconds> times;
    for (int i = 0; i < 7; ++i) {
        const auto before = std::chrono::steady_clock::now();
        if (const Result<void> done = call(); !done)
            return std::unexpected(done.error());
        times.push_back(std::chrono::steady_clock::now() - before);
    }
    return milliseconds(Ordered(std::move(times)).at(0.5));
}

Result<void> discard(const Result<std::vector<LatencySet>> &merged)
{
    return merged ? Result<void>() : std::unexpected(merged.error());
}

/// The worst range begins and ends within a minute, as far as it can.
Result<void> measureReading(Figures &figures, const QString &path, const Shape &shape)
{
    const FigureBound merge = shape.steps == 10 ? FigureBound::atMost(100.0) : FigureBound::none();
    const auto open = medianMilliseconds([&] { return SessionReader::open(path).transform([](const auto &) { }); });
    const auto reader = SessionReader::open(path);
    if (!open || !reader)
        return std::unexpected(open ? reader.error() : open.error());
    const SessionReader &session = **reader;
    const auto worst = medianMilliseconds([&] { return discard(session.merged(1, shape.seconds - 1)); });
    const auto whole = medianMilliseconds([&] { return discard(session.merged(0, shape.seconds)); });
    const auto second = medianMilliseconds([&] {
        return session.forEachFrame(shape.seconds / 2, shape.seconds / 2 + 1, [](const FramePtr &) { return true; });
    });
    const auto before = std::chrono::steady_clock::now();
    if (const auto verified = session.verify(); !verified)
        return verified;
    const Nanoseconds verify = std::chrono::steady_clock::now() - before;
    for (const auto *measured : {&worst, &whole, &second})
        if (!*measured)
            return std::unexpected(measured->error());
    figures.add("open", *open, "ms", FigureBound::atMost(500.0));
    figures.add("merge.worst_range", *worst, "ms", merge);
    figures.add("merge.all", *whole, "ms", merge);
    figures.add("find_a_second", *second, "ms");
    figures.add("verify", milliseconds(verify) / 1000.0, "s");
    return {};
}

int measure(const char *subject, const Shape &shape, FigureBound megabytesAnHour)
{
    Figures figures(subject);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("bench.headroom"));
    auto measured = measureWriting(figures, path, shape, megabytesAnHour);
    if (measured)
        measured = measureReading(figures, path, shape);
    if (!measured)
        figures.addFailure(measured.error());
    return figures.conclude();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const int usual =
        measure("session.4_steps.50_per_s.with_samples", {.keeping = SampleKeeping::All}, FigureBound::atMost(10.0));
    const int many = measure("session.10_steps.500_per_s", {.steps = 10, .perSecond = 500}, FigureBound::none());
    const int heavy = measure("session.4_steps.20000_per_s", {.perSecond = 20'000}, FigureBound::atMost(80.0));
    return std::max({usual, many, heavy});
}
