// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/sweepreport.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr double kNoise = 0.02; // two runs of the same plan differ by as much

double rateOf(std::uint64_t count, double seconds) { return seconds > 0.0 ? double(count) / seconds : 0.0; }

std::optional<double> milliseconds(const std::optional<Nanoseconds> &time)
{
    return time ? std::optional(double(time->count()) / 1e6) : std::nullopt;
}

bool isBetter(SweepReport::Figure figure, double a, double b)
{
    return figure == SweepReport::Figure::Throughput ? a > b : a < b;
}

/// Whether there is a figure, and enough samples for it.
bool isFirm(const SweepReport::Member &member, SweepReport::Figure figure)
{
    return member.figure(figure) && !member.hasFewSamples(figure);
}

} // namespace

std::optional<double> SweepReport::Member::figure(Figure figure) const
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

bool SweepReport::Member::hasFewSamples(Figure figure) const
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

const SweepReport::Member *SweepReport::best(Figure figure) const
{
    std::vector<const Member *> compared;
    for (const Member &member : members) {
        if (member.verdict.isValid && isFirm(member, figure))
            compared.push_back(&member);
    }
    if (compared.size() < 2)
        return nullptr;
    std::ranges::partial_sort(compared, compared.begin() + 2, [figure](const Member *a, const Member *b) {
        return isBetter(figure, *a->figure(figure), *b->figure(figure));
    });
    const double first = *compared[0]->figure(figure);
    const double second = *compared[1]->figure(figure);
    return std::abs(first - second) > kNoise * std::max(first, second) ? compared[0] : nullptr;
}

QLatin1String figureName(SweepReport::Figure figure)
{
    switch (figure) {
    case SweepReport::Figure::Throughput:
        return QLatin1String("throughput");
    case SweepReport::Figure::P50:
        return QLatin1String("p50");
    case SweepReport::Figure::P95:
        return QLatin1String("p95");
    case SweepReport::Figure::P99:
        return QLatin1String("p99");
    case SweepReport::Figure::Cpu:
        return QLatin1String("cpu");
    }
    Q_UNREACHABLE_RETURN({});
}

SweepReport::Member sweepMember(const QString &value, const QString &session, const ReportModel &model)
{
    const ReportBlock &measured = model.measured;
    const HdrHistogram &times = measured.latencies[LatencyKind::Response];
    SweepReport::Member member;
    member.value = value;
    member.session = session;
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

SweepReport::Member failedSweepMember(const QString &value, const QString &problem, int exitCode)
{
    SweepReport::Member member;
    member.value = value;
    member.problem = problem;
    member.exitCode = exitCode;
    return member;
}

int worstExitCode(const std::vector<SweepReport::Member> &members)
{
    for (const int code : {130, 1, 2, 3, 5, 4}) {
        if (std::ranges::contains(members, code, &SweepReport::Member::exitCode))
            return code;
    }
    return 0;
}

} // namespace Headroom
