// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/limitsearch.h"
#include "core/metrics/loadpieces.h"
#include "core/report/failurerows.h"
#include "core/report/slowestrows.h"
#include "core/report/validity.h"
#include "core/rules/ceilingmeter.h"
#include "core/rules/limitclassifier.h"

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
    /// The same run with other rules, as a hand has changed them: RuleEvaluator::setRules().
    void setRules(const QStringList &texts);
    /// Brings failures, shares, health, rules and verdict up to what was added. Head, ending and events, which only a
    /// session knows, are the caller's to fill in before.
    void judge();
    ReportModel &model() { return m_model; }

private:
    Result<void> addSteps(const MetricsFrame &frame);
    Result<void> addHealth(const MetricsFrame &frame);
    void addHealthTo(ReportModel::SeriesRow &row, const MetricsFrame &frame) const;
    void addMeasuredHealth(const MetricsFrame &frame, const SecondLimit &limit);
    void addWindows(const MetricsFrame &frame);
    void addFlows(const MetricsFrame &frame);
    void addRow(const MetricsFrame &frame);
    void addProbes(const MetricsFrame &frame);
    std::vector<Rule> readRules();
    void finishFlows();
    void finishRules();
    void finishHealth();
    void finishAnalysis();
    void finishTarget();

    RunFactsPtr m_facts;
    LoadPieces m_pieces;
    LoadPiece m_piece; // of the frame that is being added
    ReportModel m_model;
    FailureRows m_failures;
    SlowestRows m_slowest;
    RunAnalysis m_analysis;
    ActionEffects m_actions;
    LimitClassifier m_limits;
    ValidityJudge m_validity;
    CeilingMeter m_ceiling;
    MemoryFigures m_memory;
    ResourceFigures m_resources;
    Nanoseconds m_medianService{}; // of the last second with answers
    std::vector<RuleResult> m_unreadable; // by rule; the standing of those that cannot be parsed
    std::vector<bool> m_isReadable; // by rule
    std::unique_ptr<RuleEvaluator> m_evaluator;
    std::unique_ptr<LimitSearch> m_search; // of a run that searches for its limit: it judges the rules
    double m_processCpuSeconds = 0.0; // of the measured window
    // Scratch, emptied before each use.
    LatencySet m_step;
    LatencySet m_second;
    HdrHistogram m_sendLag;
    HdrHistogram m_loopLag;
};

} // namespace Headroom
