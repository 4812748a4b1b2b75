// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <array>

namespace Headroom {

/// The same plan run once for each of several values of one parameter, side by side.
struct SweepReport
{
    /// What can be compared: for each there may be a best run.
    enum class Figure { Throughput, P50, P95, P99, Cpu };
    static constexpr std::array kFigures{Figure::Throughput, Figure::P50, Figure::P95, Figure::P99, Figure::Cpu};

    /// One run of the sweep, over its measured window.
    struct Member
    {
        QString value; ///< As written.
        QString session; ///< File name, without a folder; empty when the run did not take place.
        QString problem; ///< Why it did not; then there are no figures.
        double offeredPerSecond = 0.0; ///< Planned iterations.
        double achievedPerSecond = 0.0; ///< Started iterations.
        double requestsPerSecond = 0.0; ///< Finished requests: the throughput.
        std::uint64_t requests = 0;
        std::uint64_t iterations = 0; ///< Completed.
        std::uint64_t errors = 0;
        std::uint64_t samples = 0; ///< Response times behind the percentiles.
        std::optional<Nanoseconds> p50, p95, p99; ///< Response times ...
        /// ... that rest on too few samples: their 95 % interval, as the run's own report widens it, is open above.
        bool hasFewForP50 = false, hasFewForP95 = false, hasFewForP99 = false;
        std::optional<double> cpuMicrosecondsPerRequest;
        Verdict verdict;
        int exitCode = 0;
        bool hasRun() const { return problem.isEmpty(); }
        std::optional<double> figure(Figure figure) const; ///< Times in ms.
        bool hasFewSamples(Figure figure) const; ///< Of a percentile; never of another figure.
    };

    QString toolVersion;
    QString scenario;
    QString target;
    QString parameter; ///< "users".
    std::vector<QString> values; ///< All that were asked for.
    std::vector<Member> members; ///< Those that were run, in this order.
    int exitCode = 0; ///< Of the whole sweep.

    bool isComplete() const { return members.size() == values.size(); }
    /// The valid run whose figure is better than that of every other by more than 2 %; percentiles of few samples do
    /// not take part. Nothing when fewer than two have it, or none stands out.
    const Member *best(Figure figure) const;
};

/// "throughput", "p50", "p95", "p99", "cpu".
QLatin1String figureName(SweepReport::Figure figure);

/// What a report says of one run. `exitCode` of the verdict included.
SweepReport::Member sweepMember(const QString &value, const QString &session, const ReportModel &model);
/// One that did not take place.
SweepReport::Member failedSweepMember(const QString &value, const QString &problem, int exitCode);

/// The worst of several exit codes: 130, 1, 3, 5, 4, 0 (LANGUAGE, section 7).
int worstExitCode(const std::vector<SweepReport::Member> &members);

/// A table for the terminal, with what is best and why a run is not a plain yes.
QString sweepText(const SweepReport &sweep);
/// Schema headroom-sweep/1.
QByteArray sweepJson(const SweepReport &sweep);
QByteArray sweepJsonSchema();
/// One page with the table and a picture of throughput and of p95, without scripts.
QByteArray sweepHtml(const SweepReport &sweep);

} // namespace Headroom
