// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/session/actionrows.h"
#include "core/session/exemplarrows.h"
#include "core/session/observationrows.h"
#include "core/session/steprows.h"

#include <QHash>

namespace Headroom {

/// Turns frames and events into rows. Failures stay with the database.
class FrameRowsWriter
{
public:
    explicit FrameRowsWriter(Database &database);

    void write(const MetricsFrame &frame, const QByteArray &digest);
    void write(const RunEvent &event); ///< One of no frame.
    /// After a transaction that was rolled back: the messages written in it are not there.
    void forgetMessages() { m_messages.clear(); }

private:
    void writeSteps(const MetricsFrame &frame);
    void writeFlowsAndProbes(const MetricsFrame &frame);
    void writeFailures(const MetricsFrame &frame);
    void writeBatches(const MetricsFrame &frame);
    void writeEvent(std::optional<int> second, const RunEvent &event);
    std::int64_t messageId(const QString &text);

    Database &m_database;
    Statement m_frame;
    Statement m_worker;
    Statement m_flow;
    StepRowsWriter m_steps;
    Statement m_probe;
    Statement m_message;
    Statement m_failure;
    Statement m_example;
    Statement m_batch;
    Statement m_batchValue;
    Statement m_event;
    ExemplarRowsWriter m_exemplars;
    ObservationRowsWriter m_observations;
    ActionRowsWriter m_actions;
    QHash<QString, std::int64_t> m_messages;
};

} // namespace Headroom
