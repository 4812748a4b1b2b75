// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/failurerows.h"
#include "core/report/validity.h"

namespace Headroom {

/// Adds up the frames of one run into a report model, whether they come from a session or from a run that is on:
/// what the window shows and what a report says are the same numbers by the same code. Each histogram is decoded once.
/// Thread: one.
class ReportBuilder
{
public:
    explicit ReportBuilder(RunFactsPtr facts);

    /// Frames come in order of seconds. Errors: InvalidInput for a damaged histogram.
    Result<void> add(const MetricsFrame &frame);
    /// Brings failures, shares, health, rules and verdict up to what was added. Head, ending and events, which only a
    /// session knows, are the caller's to fill in before.
    void judge();
    ReportModel &model() { return m_model; }

private:
    Result<void> addSteps(const MetricsFrame &frame);
    Result<void> addHealth(const MetricsFrame &frame);
    void addWindows(const MetricsFrame &frame);
    void addFlows(const MetricsFrame &frame);
    void addRow(const MetricsFrame &frame);
    void setUpRules();
    void finishFlows();
    void finishRules();
    void finishHealth();

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
