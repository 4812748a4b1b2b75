// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/minutemerger.h"
#include "core/session/sessiondigest.h"

namespace Headroom {

/// A minute that lies merged in a session: all its seconds are over. One that a run broke off in does not.
inline bool isMinuteMerged(int minute, int lastSecond) { return minute < (lastSecond + 1) / kMinuteSeconds; }

/// Writes whole minutes, merged from their seconds' rows. Failures stay with the database.
class MinuteRowsWriter
{
public:
    MinuteRowsWriter(Database &database, std::size_t steps);
    /// Each row goes into the chain.
    void write(int minute, SessionChain &chain);

private:
    MinuteMerger m_merger;
    StepRowsWriter m_rows;
};

/// Reads merged minutes, each compared with its digests. Failures stay with the database.
class MinuteRowsReader
{
public:
    MinuteRowsReader(Database &database, const RunFacts &facts, int first);
    /// The used steps of a minute, in their order.
    std::vector<StepRowsReader::Row> read(int minute);
    std::optional<int> nextMinute() { return m_rows.nextPeriod(); } ///< That has any; nothing after the last.
    void expectEnd() { m_rows.expectEnd(); }

private:
    Database &m_database;
    StepRowsReader m_rows;
};

/// Adds their digests to a chain, without reading the rest.
void addMinutes(Database &database, SessionChain &chain);

} // namespace Headroom
