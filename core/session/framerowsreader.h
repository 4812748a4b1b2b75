// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/session/actionrows.h"
#include "core/session/observationrows.h"

namespace Headroom {

/// Makes frames of rows, each once, in order. Failures stay with the database.
class FrameRowsReader
{
public:
    FrameRowsReader(Database &database, const RunFacts &facts);

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
    void readStepCounts(MetricsFrame &frame);
    void readFlowsAndProbes(MetricsFrame &frame);
    void readFailures(MetricsFrame &frame);
    void readExamples(MetricsFrame &frame);
    void readBatches(MetricsFrame &frame);
    void readEvents(MetricsFrame &frame);
    void expectEnd();
    FailureKind takeKind(Statement &row);
    void check(const MetricsFrame &frame);
    void checkHistogram(const QByteArray &bytes);

    Database &m_database;
    const RunFacts &m_facts;
    Statement m_frame;
    SecondCursor m_worker;
    SecondCursor m_flow;
    SecondCursor m_step;
    SecondCursor m_status;
    SecondCursor m_stepFailure;
    SecondCursor m_probe;
    SecondCursor m_failure;
    SecondCursor m_example;
    SecondCursor m_batch;
    SecondCursor m_batchValue;
    SecondCursor m_event;
    ObservationRowsReader m_observations;
    ActionRowsReader m_actions;
    std::uint64_t m_batchesRead = 0;
};

} // namespace Headroom
