// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <array>

namespace Headroom {

/// One run of several that stand side by side, in a few figures over its measured window.
struct RunSummary
{
    /// What can be compared.
    enum class Figure { Throughput, P50, P95, P99, Cpu };
    static constexpr std::array kFigures{Figure::Throughput, Figure::P50, Figure::P95, Figure::P99, Figure::Cpu};

    QString label; ///< What tells it from the others.
    QString session; ///< File name, without a folder; empty when the run did not take place.
    QString problem; ///< Why it did not; then there are no figures.
    QString transport; ///< As RunFacts has it, and ...
    RunFacts::Connections connections{}; ///< ... how its requests were made beside that.
    QString connectionWords; ///< Both for people.
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

/// "throughput", "p50", "p95", "p99", "cpu".
QLatin1String figureName(RunSummary::Figure figure);

/// What a report says of one run. `exitCode` of the verdict included.
RunSummary runSummary(const QString &label, const QString &session, const ReportModel &model);
/// One that did not take place.
RunSummary failedRunSummary(const QString &label, const QString &problem, int exitCode);

/// "rules met"; NOT VALID stands in front.
QString verdictWords(const RunSummary &run);

/// The worst of several exit codes: 130, 1, 2, 3, 5, 4, 0 (LANGUAGE, section 7).
int worstExitCode(const std::vector<RunSummary> &runs);

} // namespace Headroom
