// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/runsummary.h"

#include "core/metrics/connectionwords.h"

#include <algorithm>

namespace Headroom {

namespace {

using Figure = RunSummary::Figure;

double rateOf(std::uint64_t count, double seconds) { return seconds > 0.0 ? double(count) / seconds : 0.0; }

std::optional<double> milliseconds(const std::optional<Nanoseconds> &time)
{
    return time ? std::optional(double(time->count()) / 1e6) : std::nullopt;
}

} // namespace

std::optional<double> RunSummary::figure(Figure figure) const
{
    if (!hasRun())
        return std::nullopt;
    switch (figure) {
    case Figure::Throughput:
        return requestsPerSecond;
    case Figure::P50:
        return milliseconds(p50);
    case Figure::P95:
        return milliseconds(p95);
    case Figure::P99:
        return milliseconds(p99);
    case Figure::Cpu:
        return cpuMicrosecondsPerRequest;
    }
    Q_UNREACHABLE_RETURN({});
}

bool RunSummary::hasFewSamples(Figure figure) const
{
    switch (figure) {
    case Figure::P50:
        return hasFewForP50;
    case Figure::P95:
        return hasFewForP95;
    case Figure::P99:
        return hasFewForP99;
    case Figure::Throughput:
    case Figure::Cpu:
        return false;
    }
    Q_UNREACHABLE_RETURN(false);
}

QLatin1String figureName(Figure figure)
{
    switch (figure) {
    case Figure::Throughput:
        return QLatin1String("throughput");
    case Figure::P50:
        return QLatin1String("p50");
    case Figure::P95:
        return QLatin1String("p95");
    case Figure::P99:
        return QLatin1String("p99");
    case Figure::Cpu:
        return QLatin1String("cpu");
    }
    Q_UNREACHABLE_RETURN({});
}

RunSummary runSummary(const QString &label, const QString &session, const ReportModel &model)
{
    const ReportBlock &measured = model.measured;
    const HdrHistogram &times = measured.latencies[LatencyKind::Response];
    RunSummary member;
    member.label = label;
    member.session = session;
    member.transport = model.head.facts.transport;
    member.connections = model.head.facts.connections;
    member.connectionWords = connectionWords(model.head.facts);
    member.offeredPerSecond = rateOf(measured.iterations.planned, measured.lengthSeconds);
    member.achievedPerSecond = rateOf(measured.iterations.started, measured.lengthSeconds);
    member.requestsPerSecond = measured.ratePerSecond();
    member.requests = measured.latencies.counts.requests;
    member.iterations = measured.iterations.completed;
    member.errors = measured.latencies.counts.errors;
    member.samples = times.count();
    if (!times.isEmpty()) {
        member.p50 = times.valueAtQuantile(0.50);
        member.p95 = times.valueAtQuantile(0.95);
        member.p99 = times.valueAtQuantile(0.99);
    }
    const auto isOpen = [&](double quantile) { return !measured.interval(LatencyKind::Response, quantile).high; };
    member.hasFewForP50 = isOpen(0.50);
    member.hasFewForP95 = isOpen(0.95);
    member.hasFewForP99 = isOpen(0.99);
    member.cpuMicrosecondsPerRequest = model.health.cpuMicrosecondsPerRequest;
    member.verdict = model.verdict;
    member.exitCode = model.verdict.exitCode;
    return member;
}

RunSummary failedRunSummary(const QString &label, const QString &problem, int exitCode)
{
    RunSummary member;
    member.label = label;
    member.problem = problem;
    member.exitCode = exitCode;
    return member;
}

int worstExitCode(const std::vector<RunSummary> &runs)
{
    for (const int code : {130, 1, 2, 3, 5, 4}) {
        if (std::ranges::contains(runs, code, &RunSummary::exitCode))
            return code;
    }
    return 0;
}

QString verdictWords(const RunSummary &run)
{
    const auto words = [&run] {
        switch (run.verdict.result) {
        case Verdict::Result::Met:
            return QStringLiteral("rules met");
        case Verdict::Result::NotMet:
            return QStringLiteral("rules NOT MET");
        case Verdict::Result::Undecided:
            return QStringLiteral("undecided");
        case Verdict::Result::None:
            break;
        }
        return QStringLiteral("nothing judged");
    }();
    return run.verdict.isValid ? words : QStringLiteral("NOT VALID, ") + words;
}

} // namespace Headroom
