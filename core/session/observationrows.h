// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/session/secondcursor.h"

namespace Headroom {

/// "hit", "value", "part" or "server_time": what files call an observation's kind.
QLatin1String observationKindName(RunFacts::Observation::Kind kind);
std::optional<RunFacts::Observation::Kind> observationKindFromName(QStringView name);

/// What about the run's observations does not fit into a session, as part of a sentence; empty when all fits.
QString misfitOfObservations(const RunFacts &facts);
/// The same of a frame's: as many as the run has, counts that do not contradict, finite numbers. Histograms are not
/// looked into.
QString misfitOfObservations(const MetricsFrame &frame, const RunFacts &facts);

/// Names and kinds, in the head of a session. Failures stay with the database.
void writeObservationFacts(Database &database, const RunFacts &facts);
void readObservationFacts(Database &database, RunFacts &facts);

/// Writes those of a frame that say anything.
class ObservationRowsWriter
{
public:
    explicit ObservationRowsWriter(Database &database);
    void write(const MetricsFrame &frame);

private:
    Statement m_row;
};

/// Reads them again, second by second. What a histogram holds must fit its row.
class ObservationRowsReader
{
public:
    ObservationRowsReader(Database &database, const RunFacts &facts, int first);
    void readInto(MetricsFrame &frame);
    void expectEnd() { m_rows.expectEnd(); }

private:
    void checkHistogram(const ObservationCounts &counts);

    Database &m_database;
    const RunFacts &m_facts;
    SecondCursor m_rows;
};

} // namespace Headroom
