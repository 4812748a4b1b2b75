// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/session/secondcursor.h"

namespace Headroom {

/// What about the run's actions does not fit into a session, as part of a sentence; empty when all fits.
QString misfitOfActions(const RunFacts &facts);
/// The same of those that were done in a frame.
QString misfitOfActions(const MetricsFrame &frame, const RunFacts &facts);

/// What they are, in the head of a session. Failures stay with the database.
void writeActionFacts(Database &database, const RunFacts &facts);
void readActionFacts(Database &database, RunFacts &facts);

/// Writes those that ended in a frame.
class ActionRowsWriter
{
public:
    explicit ActionRowsWriter(Database &database);
    void write(const MetricsFrame &frame);

private:
    Statement m_row;
    Statement m_drain; // of those that have one
};

/// Reads them again, second by second; at most kMaxSessionEntries in all.
class ActionRowsReader
{
public:
    ActionRowsReader(Database &database, const RunFacts &facts, int first);
    void readInto(MetricsFrame &frame);
    void expectEnd();

private:
    Database &m_database;
    const RunFacts &m_facts;
    void readDrainsInto(MetricsFrame &frame);

    SecondCursor m_rows;
    SecondCursor m_drains;
    std::size_t m_read = 0;
};

} // namespace Headroom
