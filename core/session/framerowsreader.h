// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/session/actionrows.h"
#include "core/session/exemplarrows.h"
#include "core/session/observationrows.h"
#include "core/session/steprows.h"

namespace Headroom {

/// Makes frames of rows, each once, in order: those from one second up to, but without, another. Failures stay with the
/// database.
class FrameRowsReader
{
public:
    enum class Histograms { Checked, AsTheyAre }; ///< The latter for who looks into them anyway.
    FrameRowsReader(Database &database, const RunFacts &facts, int from, int to,
                    Histograms histograms = Histograms::Checked);

    struct Stored
    {
        FramePtr frame;
        QByteArray digest; ///< What was noted when it was written; not compared here.
    };
    /// Nothing after the last one and after a failure.
    std::optional<Stored> next();

private:
    QByteArray readOwnRow(MetricsFrame &frame);
    void readWorkers(MetricsFrame &frame);
    void readSteps(MetricsFrame &frame);
    void readFlowsAndProbes(MetricsFrame &frame);
    void readFailures(MetricsFrame &frame);
    void readExamples(MetricsFrame &frame);
    void readBatches(MetricsFrame &frame);
    void readEvents(MetricsFrame &frame);
    void expectEnd();
    void check(const MetricsFrame &frame);
    void checkHistogram(const QByteArray &bytes);

    Database &m_database;
    const RunFacts &m_facts;
    const int m_to;
    const Histograms m_histograms;
    Statement m_frame;
    int m_last = -1; ///< Second of the frame before.
    SecondCursor m_worker;
    SecondCursor m_flow;
    StepRowsReader m_steps;
    SecondCursor m_probe;
    SecondCursor m_failure;
    SecondCursor m_example;
    SecondCursor m_batch;
    SecondCursor m_batchValue;
    SecondCursor m_event;
    ExemplarRowsReader m_exemplars;
    ObservationRowsReader m_observations;
    ActionRowsReader m_actions;
    std::uint64_t m_batchesRead = 0;
    HdrHistogram m_checked; ///< Whatever was decoded last.
};

} // namespace Headroom
