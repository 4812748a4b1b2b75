// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/session/secondcursor.h"
#include "core/stats/latencyset.h"

#include <vector>

namespace Headroom {

/// What rows of steps are of: a second, or a merged minute. The two have tables of the same columns; those of a minute
/// have a digest as well.
enum class StepPeriod { Second, Minute };

bool isUnused(const EncodedLatencySet &set); ///< Nothing was counted or recorded: it has no row.

/// Latencies and counts of steps as rows. Failures stay with the database.
class StepRowsWriter
{
public:
    StepRowsWriter(Database &database, StepPeriod of);
    void begin(int period);
    /// Those of the period that was begun, each step at most once and in their order. `digest`: of a minute's.
    void write(std::size_t step, const EncodedLatencySet &set, const QByteArray &digest = {});

private:
    void writeCounts(std::size_t step, const RequestCounts &counts);

    const StepPeriod m_of;
    Statement m_row;
    Statement m_status;
    Statement m_failure;
    int m_period = 0;
    std::size_t m_statuses = 0; ///< Rows of the period so far.
    std::size_t m_failures = 0;
};

/// Reads them again, period by period, from one on. Histograms are not looked into.
class StepRowsReader
{
public:
    StepRowsReader(Database &database, const RunFacts &facts, StepPeriod of, int first);

    struct Row
    {
        std::size_t step = 0;
        EncodedLatencySet set{};
        QByteArray digest{}; ///< Of a minute's; not compared here.
    };
    /// The used steps of a period, in their order.
    std::vector<Row> read(int period);
    /// The next used one; nothing after the last.
    std::optional<int> nextPeriod() { return m_row.nextSecond(); }
    void expectEnd();

private:
    Row takeRow();
    void readStatuses(int period, std::vector<Row> &rows);
    void readFailures(int period, std::vector<Row> &rows);
    Row *rowOf(std::size_t step, std::vector<Row> &rows);

    Database &m_database;
    const std::size_t m_steps;
    const StepPeriod m_of;
    SecondCursor m_row;
    SecondCursor m_status;
    SecondCursor m_failure;
};

/// A kind of failure by its name; an unknown one is damage.
FailureKind takeFailureKind(Database &database, Statement &row);

/// The columns of counts, as they stand in a row.
void takeCounts(Statement &row, RequestCounts &counts);
/// The columns of histograms. Service times that are the response times stand there once.
void takeHistograms(Statement &row, EncodedLatencySet &set);

} // namespace Headroom
