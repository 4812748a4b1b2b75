// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/session/secondcursor.h"

namespace Headroom {

/// What about a frame's exemplars does not fit into a session, as part of a sentence; empty when all fits.
QString misfitOfExemplars(const MetricsFrame &frame, const RunFacts &facts);

/// Writes those of a frame. Failures stay with the database.
class ExemplarRowsWriter
{
public:
    explicit ExemplarRowsWriter(Database &database);
    void write(const MetricsFrame &frame);

private:
    Statement m_row;
};

/// Reads them again, second by second.
class ExemplarRowsReader
{
public:
    ExemplarRowsReader(Database &database, int first);
    void readInto(MetricsFrame &frame);
    void expectEnd() { m_rows.expectEnd(); }

private:
    RawSample takeSample();

    Database &m_database;
    SecondCursor m_rows;
};

} // namespace Headroom
