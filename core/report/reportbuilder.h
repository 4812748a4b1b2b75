// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/failurerows.h"
#include "core/report/validity.h"

namespace Headroom {

/// Adds up the frames of one session into a report model; each histogram is decoded once.
class ReportBuilder
{
public:
    explicit ReportBuilder(const SessionReader &session);
    /// Reads and judges everything; once. Errors: those of the reader.
    Result<ReportModel> build();

private:
    Result<void> add(const MetricsFrame &frame);
    Result<void> addSteps(const MetricsFrame &frame);
    Result<void> addHealth(const MetricsFrame &frame);
    void addWindows(const MetricsFrame &frame);
    void addFlows(const MetricsFrame &frame);
    void addRow(const MetricsFrame &frame);
    void setUpRules();
    void finishFlows();
    void finishRules();
    void finishHealth();

    const SessionReader &m_session;
    RunFactsPtr m_facts;
    ReportModel m_model;
    FailureRows m_failures;
    ValidityJudge m_validity;
    std::vector<RuleResult> m_unreadable; // by rule; the standing of those that cannot be parsed
    std::vector<bool> m_isReadable; // by rule
    std::unique_ptr<RuleEvaluator> m_evaluator;
    double m_processCpuSeconds = 0.0; // of the measured window
    // Scratch, emptied before each use.
    LatencySet m_step;
    LatencySet m_second;
    HdrHistogram m_loopLag;
};

} // namespace Headroom
