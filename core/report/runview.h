// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <memory>

namespace Headroom {

/// What a screen shows of a run at one moment: numbers of the report model without its histograms. Immutable, cheap to
/// hand between threads. Times are ms, rates per second, shares 0 to 1.
struct RunView
{
    struct Percentiles
    {
        std::optional<double> p50, p95, p99;
        bool hasFewSamples = false; ///< Too few for p99 (LANGUAGE, section 4).
    };
    struct Step ///< One row of the step table: the measured window, as the report's steps.
    {
        QString name;
        QString request; ///< "POST /retrieve"; empty for the row of all steps.
        std::uint64_t requests = 0, errors = 0, rejected = 0;
        double ratePerSecond = 0.0;
        Percentiles response, service;
        std::optional<double> minimum, mean, maximum; ///< Of the response time.
        std::uint64_t bytesIn = 0, bytesOut = 0;
    };

    RunFactsPtr facts;
    double lengthSeconds = 0.0;
    std::optional<ReportModel::SeriesRow> latest; ///< The last second; nothing before the first.
    Percentiles trailing; ///< Response time of the last 10 s, all steps.
    Percentiles wholeRun; ///< Of the measured window.
    std::uint64_t requests = 0, errors = 0, rejected = 0, dropped = 0; ///< Over everything sent.
    std::optional<double> targetCpuPercent; ///< Of the first probe that has a field "cpu" ...
    std::optional<double> targetRssBytes; ///< ... and "rss".
    QString network; ///< firstByteText() and openingsText(), a line each; empty without either.
    QString memory; ///< memoryLines(), and what a request costs, resourceLines(), each with its line feeds; empty ...
    QString resources; ///< ... without such probes.
    std::optional<double> sendLagP99, loopLagP99, cpuMicrosecondsPerRequest;
    int measuredSeconds = 0;
    int generatorLimitedSeconds = 0;
    std::vector<Step> steps;
    Step allSteps;
    std::vector<ReportModel::FlowShare> flows;
    std::vector<ReportModel::Failure> failures;
    std::vector<ReportModel::SlowRequest> slowest; ///< Of the measured window, as the report's.
    std::vector<RuleResult> rules;
    std::vector<ActionEffect> actions; ///< Each time that one was done, with its effect as far as it is known.
    std::optional<LimitFinding> limit; ///< Of a run that searches for its limit, so far.
    Validity validity;
    Verdict verdict; ///< As it stands now.
};

using RunViewPtr = std::shared_ptr<const RunView>;

/// Reads off what a screen shows; `trailing` stays empty. The facts are the model's, which the caller may have shared
/// already; else they are copied.
RunView viewOf(const ReportModel &model, RunFactsPtr facts = {});

/// Nothing without values. "Few samples" by their number alone.
RunView::Percentiles percentilesOf(const HdrHistogram &times);
/// "Few samples" as in the report's few_samples: the interval is open above.
RunView::Percentiles percentilesOf(const ReportBlock &block, LatencyKind kind);

} // namespace Headroom
