// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessionfixture.h"

#include "core/stats/histogramcodec.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr qint64 kStartedAtMs = 1'700'000'000'000; // 2023-11-14T22:13:20 UTC

RunFacts smallFacts()
{
    RunFacts facts;
    facts.name = QStringLiteral("Small shop");
    facts.target = QStringLiteral("http://127.0.0.1:8080");
    facts.transport = QStringLiteral("qnam");
    facts.isOpenModel = true;
    facts.userCap = 8;
    facts.latePolicy = QStringLiteral("drop");
    facts.spacing = QStringLiteral("even");
    facts.seed = 7;
    facts.workers = 1;
    facts.plannedLength = 3s;
    facts.steps = {{QStringLiteral("list"), QStringLiteral("GET"), QStringLiteral("/items"), FlowIndex{0}},
                   {QStringLiteral("/orders"), QStringLiteral("POST"), QStringLiteral("/orders"), FlowIndex{1}},
                   {QStringLiteral("tick"), QStringLiteral("GET"), QStringLiteral("/tick"), FlowIndex{2}}};
    facts.flows = {
        {QStringLiteral("browse"), 0.75, {}}, {QStringLiteral("order"), 0.25, {}}, {QStringLiteral("tick"), 0.0, 1.0}};
    facts.stages = {{QStringLiteral("warm up"), 0s, 1s, 2.0, 2.0, true},
                    {QStringLiteral("hold"), 1s, 1s, 6.0, 6.0, false},
                    {QStringLiteral("down"), 2s, 1s, 6.0, 3.0, false}};
    facts.series = {{QStringLiteral("api"), QStringLiteral("rss"), QStringLiteral("bytes")}};
    facts.rules = {QStringLiteral("p95(list) < 50 ms"), QStringLiteral("errors < 10 %"),
                   QStringLiteral("achieved >= 99 %")};
    return facts;
}

void count(LatencySet &set, const Request &request, Nanoseconds sendLag)
{
    const bool wasCensored = request.outcome == Outcome::Error && isCensored(request.failure);
    ++set.counts.requests;
    set.counts.answered += request.outcome == Outcome::Answered;
    set.counts.rejected += request.outcome == Outcome::Rejected;
    set.counts.errors += request.outcome == Outcome::Error;
    set.counts.censored += wasCensored;
    if (request.failure != FailureKind::None)
        ++set.counts.byFailure[std::size_t(request.failure)];
    if (request.status > 0)
        ++set.counts.byStatus[request.status];
    set.counts.bytesIn += wasCensored ? 0 : 100;
    set.counts.bytesOut += 10;
    if (request.outcome == Outcome::Answered || wasCensored) {
        set[LatencyKind::Response].record(request.response);
        set[LatencyKind::Service].record(request.response - sendLag);
    } else {
        set[request.outcome == Outcome::Rejected ? LatencyKind::Rejected : LatencyKind::Failed].record(
            request.response);
    }
}

MetricsFrame frameAt(int second, int stage)
{
    MetricsFrame frame;
    frame.second = second;
    frame.stage = StageIndex{stage};
    frame.steps.resize(3);
    frame.flows.resize(3);
    frame.probes.resize(1);
    frame.sendLag = times(100us, 4);
    frame.loopLag = times(200us, 10);
    frame.workerCpuSeconds = 0.001;
    frame.processCpuSeconds = 0.002;
    return frame;
}

MetricsFrame warmUpFrame()
{
    MetricsFrame frame = frameAt(0, 0);
    frame.isMeasured = false;
    frame.offeredPerSecond = 2.0;
    frame.steps[0] = stepOf({{10ms}, {10ms}}, 1ms);
    frame.firstByteTimes = times(8ms, 2);
    frame.flows[0] = {2, 2, 2, 0};
    frame.sends = 2;
    frame.probes[0] = 1000.0;
    frame.events = {{0ns, QStringLiteral("stage"), QStringLiteral("warm up begins")}};
    return frame;
}

MetricsFrame firstMeasuredFrame()
{
    MetricsFrame frame = frameAt(1, 1);
    frame.offeredPerSecond = 6.0;
    frame.steps[0] = stepOf({{10ms}, {10ms}, {10ms}, {20ms}}, 1ms);
    frame.steps[1] = stepOf({{30ms, Outcome::Rejected, 429}}, 1ms);
    frame.steps[2] = stepOf({{1ms}});
    frame.firstByteTimes = times(9ms, 5);
    frame.flows = {{4, 4, 4, 0}, {1, 1, 1, 0}, {1, 1, 1, 0}};
    frame.sends = 6;
    frame.inFlight = 2;
    frame.activeUsers = 3;
    frame.probes[0] = 3000.0;
    return frame;
}

MetricsFrame secondMeasuredFrame()
{
    MetricsFrame frame = frameAt(2, 2);
    frame.offeredPerSecond = 6.0;
    frame.steps[0] = stepOf({{10ms}, {10ms}, {40ms, Outcome::Error, 0, FailureKind::Timeout}}, 1ms);
    frame.steps[1] = stepOf({{5ms, Outcome::Error, 500, FailureKind::Status}}, 1ms);
    frame.firstByteTimes = times(9ms, 3); // that of the timeout too
    frame.flows = {{4, 2, 3, 2}, {1, 1, 1, 0}, {1, 1, 0, 0}};
    frame.failures = {{StepIndex{0}, FailureKind::Timeout, 0, QStringLiteral("no complete answer within 40 ms"), 1},
                      {StepIndex{1}, FailureKind::Status, 500, QStringLiteral("status 500 is not expected"), 1}};
    frame.failures[1].example = std::make_shared<const FailureExample>(
        FailureExample{QStringLiteral("POST"), QStringLiteral("http://127.0.0.1:8080/orders"),
                       QStringLiteral("application/json"), "{\"detail\": \"out of stock\"}", 26});
    frame.sends = 4;
    frame.lateSends = 2;
    frame.backlog = 1;
    frame.inFlight = 1;
    frame.activeUsers = 8;
    return frame;
}

MetricsFrame drainFrame()
{
    MetricsFrame frame = frameAt(3, 2);
    frame.length = 500ms;
    frame.isMeasured = false;
    frame.isDrain = true;
    frame.steps[2] = stepOf({{60ms}});
    frame.firstByteTimes = times(50ms, 1);
    frame.flows[2] = {0, 0, 1, 0};
    frame.probes[0] = 2000.0;
    return frame;
}

QString write(const QString &path, const SessionHead &head, const std::vector<MetricsFrame> &frames,
              const Closing &closing)
{
    auto writer = SessionWriter::create(path, head);
    if (!writer)
        return writer.error().text();
    for (const MetricsFrame &frame : frames) {
        if (const auto appended = (*writer)->append(frame); !appended)
            return appended.error().text();
    }
    for (const RunEvent &event : closing.events) {
        if (const auto appended = (*writer)->append(event); !appended)
            return appended.error().text();
    }
    if (!closing.ending)
        return {};
    const auto finished = (*writer)->finish(*closing.ending, kStartedAtMs + 3500);
    return finished ? QString() : finished.error().text();
}

} // namespace

EncodedLatencySet stepOf(const std::vector<Request> &requests, Nanoseconds sendLag)
{
    LatencySet set;
    for (const Request &request : requests)
        count(set, request, sendLag);
    return encode(set);
}

QByteArray times(Nanoseconds value, std::uint32_t count)
{
    HdrHistogram histogram;
    histogram.record(value, count);
    return encodeHistogram(histogram);
}

SessionHead smallHead()
{
    SessionHead head;
    head.facts = smallFacts();
    head.scenarioText = "headroom: 1\nname: Small shop\n";
    head.scenarioFile = QStringLiteral("small.yaml");
    head.overrides = {{QStringLiteral("load.stages[0].rate"), QStringLiteral("2/s")}};
    head.environment = {{QStringLiteral("cpu"), QStringLiteral("Test CPU")},
                        {QStringLiteral("cores"), QStringLiteral("2")}};
    head.toolVersion = QStringLiteral("0.1.0");
    head.startedAtMs = kStartedAtMs;
    return head;
}

std::vector<MetricsFrame> smallFrames()
{
    return {warmUpFrame(), firstMeasuredFrame(), secondMeasuredFrame(), drainFrame()};
}

ReportModel reportOf(const SessionHead &head, const std::vector<MetricsFrame> &frames, const Closing &closing)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("run.headroom"));
    if (const QString problem = write(path, head, frames, closing); !problem.isEmpty())
        qFatal("the session was not written: %s", qPrintable(problem));
    const auto session = SessionReader::open(closing.ending ? path : path + QStringLiteral(".part"));
    if (!session)
        qFatal("the session was not opened: %s", qPrintable(session.error().text()));
    auto model = buildReport(**session);
    if (!model)
        qFatal("the report was not built: %s", qPrintable(model.error().text()));
    return std::move(*model);
}

ReportModel smallReport()
{
    return reportOf(smallHead(), smallFrames(), {RunEnding{RunEnding::Reason::Completed, {}, 0, 5}, {}});
}

} // namespace Headroom
