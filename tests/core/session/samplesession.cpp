// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/session/samplesession.h"

#include "core/session/sessionlimits.h"
#include "core/stats/histogramcodec.h"

namespace Headroom {

namespace {

QByteArray histogramOf(std::initializer_list<Nanoseconds> values)
{
    HdrHistogram histogram;
    for (const Nanoseconds value : values)
        histogram.record(value);
    return encodeHistogram(histogram);
}

RunFacts sampleFacts()
{
    RunFacts facts;
    facts.name = QStringLiteral("Retrieval mix – Größe");
    facts.target = QStringLiteral("http://127.0.0.1:8080");
    facts.transport = QStringLiteral("direct");
    facts.connections = {.isTls = true,
                         .isVerified = false,
                         .isResumed = false,
                         .hasAuthorities = true,
                         .hasCertificate = true,
                         .serverName = QStringLiteral("api.example.com"),
                         .isReused = false,
                         .isHttp2 = true,
                         .streams = 7,
                         .family = QStringLiteral("ipv6"),
                         .isResolvedEachTime = true,
                         .socket = QStringLiteral("größe.sock"),
                         .sources = {QStringLiteral("127.0.0.2"), QStringLiteral("::1")}};
    facts.isOpenModel = true;
    facts.userCap = 50;
    facts.latePolicy = QStringLiteral("drop");
    facts.spacing = QStringLiteral("poisson");
    facts.profiles = {QStringLiteral("mode: stub"), QStringLiteral("environment: staging")};
    facts.iterationsEach = 50;
    facts.batches = {5000, 10};
    facts.limitSearch = {100.0, 5000.0, 10s, 30s, 0.05};
    facts.seed = 0xfedcba9876543210ULL; // the highest bit is set
    facts.workers = 3;
    facts.iterations = 12'345;
    facts.plannedLength = 90s;
    facts.flows = {{QStringLiteral("read"), 0.75, {}}, {QStringLiteral("write"), 0.0, 12.5}};
    facts.steps = {{QStringLiteral("list"), QStringLiteral("GET"), QStringLiteral("/items"), FlowIndex{0}},
                   {QStringLiteral("item"), QStringLiteral("GET"), QStringLiteral("/items/${id}"), FlowIndex{0}},
                   {QStringLiteral("save"), QStringLiteral("POST"), QStringLiteral("/items"), FlowIndex{1}}};
    facts.stages = {{QStringLiteral("warm up"), 0s, 30s, 1.5, 10.0, true},
                    {QStringLiteral("burst"), 30s, 60s, 50.0, 0.25, false}};
    facts.series = {{QStringLiteral("api"), QStringLiteral("rss"), QStringLiteral("bytes")},
                    {QStringLiteral("queue"), QString(), QStringLiteral("count")}};
    facts.observations = {{QStringLiteral("server time"), RunFacts::Observation::Kind::ServerTime, QStringLiteral("ms")},
                          {QStringLiteral("cache"), RunFacts::Observation::Kind::Hit, QString()},
                          {QStringLiteral("tokens"), RunFacts::Observation::Kind::Value, QStringLiteral("count")}};
    facts.actions = {{QStringLiteral("degrade"), QStringLiteral("POST /admin"), QStringLiteral("p95 falls by 5 ms"), 5s, 30s, false},
                     {QStringLiteral("rung"), QStringLiteral("./größe"), QString(), 0s, 10s, true}};
    facts.actions[0].when = QStringLiteral("at 0:30");
    facts.actions[1].ladder = QStringLiteral("<b>ladder");
    facts.actions[1].stopsTarget = true;
    facts.observations[1].isOfRejections = true;
    facts.observations[2].expectedShare = 0.625;
    facts.timeToReady = 1'250ms;
    facts.dashboards = {{QStringLiteral("Größe"), QStringLiteral("https://grafana.example.com/d/abc/service?orgId=1")},
                        {QStringLiteral("logs"), QStringLiteral("http://[::1]:3000/explore?range={from}-{to}")}};
    facts.rules = {QStringLiteral("p95(list) < 900 ms"), QStringLiteral("achieved >= 99 %")};
    facts.objectives = {{QStringLiteral("list"), QStringLiteral("p95"), 0}, {QStringLiteral("all"), QStringLiteral("achieved"), 1}};
    facts.requirements = {{QStringLiteral("R1"), QStringLiteral("Größe counts"), 0}};
    facts.requiredRules = {{0, false, true}, {1, true, false}};
    facts.acceptance = QStringLiteral("at least 1 of 2");
    facts.machineMemoryBytes = 16'000'000'000;
    facts.sampleKeeping = SampleKeeping::Sample;
    return facts;
}

EncodedLatencySet sampleStep(int second)
{
    EncodedLatencySet set;
    set.histograms = {histogramOf({1ms, 2ms, 1s + std::chrono::milliseconds(second)}), histogramOf({900us, 2ms}),
                      histogramOf({5ms}), histogramOf({30s, 2h})};
    RequestCounts &counts = set.counts;
    counts.requests = 10 + std::uint64_t(second);
    counts.answered = 4 + std::uint64_t(second);
    counts.rejected = 1;
    counts.errors = 5;
    counts.censored = 2;
    counts.resends = 3;
    counts.redirects = 7;
    counts.bytesIn = 5'000'000'000;
    counts.bytesOut = 1'234;
    counts.byFailure[std::size_t(FailureKind::Dns)] = 2;
    counts.byFailure[std::size_t(FailureKind::Other)] = 3;
    counts.byStatus = {{200, 4}, {429, 1}, {503, 3}};
    return set;
}

std::vector<Exemplar> sampleExemplars(int second)
{
    Exemplar slow;
    slow.sample = sampleSamples(second).kept[0];
    slow.method = QStringLiteral("GET");
    slow.url = QStringLiteral("http://127.0.0.1:8080/größe?n=%1").arg(second);
    slow.opening = ConnectionOpening{1us, 2us, 3us, true};
    Exemplar kept;
    kept.sample = sampleSamples(second).kept[1];
    return {slow, kept}; // the second one was sent on a connection that was there
}

} // namespace

SecondSamples sampleSamples(int second)
{
    RawSample first;
    first.planned = second * 1s + 1ns;
    first.sent = 20us;
    first.firstByte = 3ms;
    first.finished = 4ms + 7ns;
    first.bytesIn = kMaxSessionCount;
    first.bytesOut = 12;
    first.step = StepIndex{2};
    first.status = 503;
    first.resends = 3;
    first.outcome = Outcome::Error;
    first.failure = FailureKind::Status;
    RawSample rejected = first;
    rejected.planned = -5s; // what the clock of the run knows before its start
    rejected.step = StepIndex{0};
    rejected.outcome = Outcome::Rejected;
    rejected.failure = FailureKind::None;
    return {second, 10 + std::uint64_t(second), {first, rejected}};
}

Attachment sampleAttachment()
{
    return {QStringLiteral("größe.log"), QStringLiteral("text/plain"), 1500ms, QByteArray(3000, 'x') + '\0'};
}

SessionHead sampleHead()
{
    SessionHead head;
    head.facts = sampleFacts();
    head.scenarioText = QByteArrayLiteral("headroom: 1\nname: \xff\0not UTF-8");
    head.scenarioFile = QStringLiteral("mix.yaml");
    head.overrides = {{QStringLiteral("vars.x"), QStringLiteral("1")}, {QStringLiteral("vars.x"), QStringLiteral("2")}};
    head.environment = {{QStringLiteral("kernel"), QStringLiteral("6.1")}, {QStringLiteral("cpu"), QString()}};
    head.toolVersion = QStringLiteral("0.1.0");
    head.startedAtMs = 1'700'000'000'000;
    return head;
}

MetricsFrame sampleFrame(int second)
{
    MetricsFrame frame;
    frame.second = second;
    frame.length = second % 5 == 4 ? 250ms : 1000ms;
    frame.stage = StageIndex{second % 3 - 1};
    frame.isMeasured = second % 2 == 0;
    frame.isDrain = second % 2 == 1;
    frame.offeredPerSecond = 49.5 + second;
    frame.plannedUsers = 7.25;
    frame.steps.resize(3); // the second one has no requests
    frame.steps[0] = sampleStep(second);
    frame.steps[2].counts.resends = 1; // no request finished, and yet something to keep
    frame.flows = {{50, 49, 48, 1 + std::uint64_t(second)}, {}};
    frame.failures = {
        {StepIndex{0}, FailureKind::Status, 503, QStringLiteral("Service Unavailable"), 3},
        {StepIndex{2}, FailureKind::Dns, 0, QStringLiteral("no host %1").arg(second), 2},
        {StepIndex{}, FailureKind::Template, 0, QStringLiteral("Service Unavailable"), 1},
    };
    frame.failures[0].example = std::make_shared<const FailureExample>(
        FailureExample{QStringLiteral("POST"), QStringLiteral("http://127.0.0.1:8080/items?n=%1").arg(second),
                       QStringLiteral("text/plain"), QByteArray("busy\0\xff", 6), 5000, QStringLiteral("found '8'")});
    frame.failures[2].example = std::make_shared<const FailureExample>(); // nothing known but that it failed
    frame.exemplars = sampleExemplars(second);
    frame.probes = {1.5e9 + second, std::nullopt};
    frame.events = {
        {std::chrono::milliseconds(1000 * second + 10), QStringLiteral("stage"), QStringLiteral("<b>burst")},
        {std::chrono::milliseconds(1000 * second + 5), QStringLiteral("note"), QString()}};
    const Nanoseconds start = second * 1s;
    frame.batches = {{0, start, start + 300ms, 10, 9, 12, 2, 1, histogramOf({100ms, 300ms}), {1.6e9, std::nullopt}},
                     {4, start + 310ms, start + 310ms, 0, 0, 0, 0, 0, {}, {std::nullopt, 3.0}}};
    frame.observations = {{2, 1, 0, 5.0, 2.0, 3.0, histogramOf({2ms, 3ms})}, // 2 ms and 3 ms
                          {10, 0, 7, 0.0, 0.0, 0.0, {}},
                          {2, 0, 0, -1.5 + second, -1.5, double(second), histogramOf({second * 1ms})}}; // one negative
    frame.actions = {{1, start + 10ms, 250ms, true, QStringLiteral("answered 200")}, {0, start, 0ns, false, QStringLiteral("<b>größe")}};
    frame.actions[0].drain = DrainFindings{.finished = 5, .unfinished = 1, .turnedAway = 4, .refused = 3, .broken = 2, .accepted = 6,
                                           .lastAccepted = 40ms, .took = 250ms, .within = 30s, .wasKilled = true, .exitCode = 3};
    frame.firstByteTimes = histogramOf({800us, 1900us, second * 1ms});
    frame.openings = {3, 2, {histogramOf({40us}), histogramOf({90us, 95us, 120us}), histogramOf({second * 1ms, 2ms})}};
    frame.sendLag = histogramOf({10us, 20us});
    frame.loopLag = histogramOf({30us});
    frame.sends = 50;
    frame.lateSends = 2;
    frame.backlog = 3;
    frame.inFlight = 4;
    frame.activeUsers = 5;
    frame.inFlightSeconds = 3.75;
    frame.backlogSeconds = 2.6;
    frame.workerCpuSeconds = 0.125;
    frame.processCpuSeconds = 0.1; // not exact in binary
    frame.process = {0.7, 0.05, 0.0625, 12, 64, 1024};
    frame.workers = {{1500us, 0.1, 0.03}, {}};
    return frame;
}

RunEnding sampleEnding() { return {RunEnding::Reason::StopRule, QStringLiteral("errors < 1 % was not met"), 17, 23}; }

namespace {

QString differenceOf(const FailureCount &a, const FailureCount &b)
{
    const bool isSame =
        a.step == b.step && a.kind == b.kind && a.status == b.status && a.message == b.message && a.count == b.count;
    if (!isSame)
        return QStringLiteral("a failure");
    const bool isExampleSame = a.example && b.example ? *a.example == *b.example : a.example == b.example;
    return isExampleSame ? QString() : QStringLiteral("a failure's example");
}

QString differenceOf(const EncodedLatencySet &a, const EncodedLatencySet &b)
{
    if (a.histograms != b.histograms)
        return QStringLiteral("a step's histograms");
    return a.counts == b.counts ? QString() : QStringLiteral("a step's counts");
}

template <typename T> QString differenceOf(const std::vector<T> &a, const std::vector<T> &b)
{
    if (a.size() != b.size())
        return QStringLiteral("the size of a list");
    for (std::size_t i = 0; i < a.size(); ++i)
        if (const QString difference = differenceOf(a[i], b[i]); !difference.isEmpty())
            return difference;
    return {};
}

} // namespace

QString differenceOf(const MetricsFrame &a, const MetricsFrame &b)
{
    const auto scalars = [](const MetricsFrame &f) {
        return std::tie(f.second, f.length, f.stage, f.isMeasured, f.isDrain, f.offeredPerSecond, f.plannedUsers,
                        f.firstByteTimes, f.openings, f.sendLag, f.loopLag, f.sends, f.lateSends, f.backlog, f.inFlight, f.activeUsers,
                        f.inFlightSeconds, f.backlogSeconds, f.workerCpuSeconds, f.processCpuSeconds, f.process.busySeconds,
                        f.process.loadWaitSeconds, f.process.waitSeconds);
    };
    if (scalars(a) != scalars(b))
        return QStringLiteral("a field of the frame itself");
    if (a.process != b.process || a.workers != b.workers)
        return QStringLiteral("the generator's health");
    if (a.flows != b.flows)
        return QStringLiteral("flows");
    if (a.probes != b.probes)
        return QStringLiteral("probes");
    if (a.actions != b.actions)
        return QStringLiteral("actions");
    if (a.observations != b.observations)
        return QStringLiteral("observations");
    if (a.batches != b.batches)
        return QStringLiteral("batches");
    if (a.exemplars != b.exemplars)
        return QStringLiteral("exemplars");
    if (a.events != b.events)
        return QStringLiteral("events");
    if (const QString difference = differenceOf(a.steps, b.steps); !difference.isEmpty())
        return difference;
    return differenceOf(a.failures, b.failures);
}

QString writeSampleSession(const QString &path, int frames)
{
    auto writer = SessionWriter::create(path, sampleHead());
    if (!writer)
        return writer.error().text();
    if (const auto done = (*writer)->attach(sampleAttachment()); !done)
        return done.error().text();
    for (int second = 0; second < frames; ++second) {
        const SecondSamples samples = sampleSamples(second);
        if (const auto done = (*writer)->append(sampleFrame(second), &samples); !done)
            return done.error().text();
    }
    const auto done = (*writer)->finish(sampleEnding(), kSampleEndedAtMs);
    return done ? QString() : done.error().text();
}

ReadSession readSession(const QString &path)
{
    ReadSession read;
    const auto reader = SessionReader::open(path);
    if (!reader) {
        read.error = reader.error().text();
        return read;
    }
    read.wasClosedCleanly = (*reader)->wasClosedCleanly();
    const auto done = (*reader)->forEachFrame([&](const FramePtr &frame) {
        read.frames.push_back(frame);
        return true;
    });
    if (!done)
        read.error = done.error().text();
    read.events = (*reader)->events().value_or(std::vector<RunEvent>{});
    return read;
}

QString differenceFromSample(const QString &path, int frames)
{
    const auto reader = SessionReader::open(path);
    if (!reader)
        return reader.error().text();
    if ((*reader)->head() != sampleHead() || *(*reader)->facts() != sampleHead().facts)
        return QStringLiteral("the head");
    if ((*reader)->frameCount() != frames)
        return QStringLiteral("%1 frames").arg((*reader)->frameCount());
    QString difference;
    int second = 0;
    const auto done = (*reader)->forEachFrame([&](const FramePtr &frame) {
        difference = differenceOf(*frame, sampleFrame(second));
        ++second;
        return difference.isEmpty();
    });
    if (!done)
        return done.error().text();
    return second == frames || !difference.isEmpty() ? difference : QStringLiteral("%1 frames were given").arg(second);
}

} // namespace Headroom
