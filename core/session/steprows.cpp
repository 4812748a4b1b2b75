// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/steprows.h"

#include "core/session/rowkey.h"

#include <algorithm>

namespace Headroom {

namespace {

const char *pick(StepPeriod of, const char *second, const char *minute)
{
    return of == StepPeriod::Second ? second : minute;
}

} // namespace

bool isUnused(const EncodedLatencySet &set)
{
    return set.counts == RequestCounts{}
    && std::ranges::all_of(set.histograms, [](const QByteArray &bytes) { return bytes.isEmpty(); });
}

StepRowsWriter::StepRowsWriter(Database &database, StepPeriod of)
    : m_of(of)
    , m_row(database,
            pick(of, "INSERT INTO step_seconds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 "INSERT INTO step_minutes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"))
    , m_status(
          database,
          pick(of, "INSERT INTO step_statuses VALUES (?, ?, ?, ?)", "INSERT INTO minute_statuses VALUES (?, ?, ?, ?)"))
    , m_failure(
          database,
          pick(of, "INSERT INTO step_failures VALUES (?, ?, ?, ?)", "INSERT INTO minute_failures VALUES (?, ?, ?, ?)"))
{
}

void StepRowsWriter::begin(int period)
{
    m_period = period;
    m_statuses = 0;
    m_failures = 0;
}

void StepRowsWriter::write(std::size_t step, const EncodedLatencySet &set, const QByteArray &digest)
{
    if (isUnused(set))
        return;
    const auto &[response, service, rejected, failed] = set.histograms;
    const auto own = service == response && !service.isEmpty() ? std::nullopt : std::optional(service);
    const RequestCounts &counts = set.counts;
    const auto run = [&](const auto &...key) {
        m_row.run(key..., counts.requests, counts.answered, counts.rejected, counts.errors, counts.censored,
                  counts.resends, counts.redirects, counts.bytesIn, counts.bytesOut, response, own, rejected, failed);
    };
    if (m_of == StepPeriod::Second)
        run(rowKey(m_period, step));
    else
        run(rowKey(m_period, step), digest);
    writeCounts(step, counts);
}

void StepRowsWriter::writeCounts(std::size_t step, const RequestCounts &counts)
{
    for (const auto &[status, count] : counts.byStatus)
        m_status.run(rowKey(m_period, m_statuses++), step, status, count);
    for (std::size_t kind = 0; kind < counts.byFailure.size(); ++kind)
        if (counts.byFailure[kind] > 0)
            m_failure.run(rowKey(m_period, m_failures++), step, failureKindName(FailureKind(kind)),
                          counts.byFailure[kind]);
}

StepRowsReader::StepRowsReader(Database &database, const RunFacts &facts, StepPeriod of, int first)
    : m_database(database)
    , m_steps(facts.steps.size())
    , m_of(of)
    , m_row(database,
            pick(of, "SELECT * FROM step_seconds WHERE id >= ? ORDER BY id",
                 "SELECT * FROM step_minutes WHERE id >= ? ORDER BY id"),
            first)
    , m_status(database,
               pick(of, "SELECT * FROM step_statuses WHERE id >= ? ORDER BY id",
                    "SELECT * FROM minute_statuses WHERE id >= ? ORDER BY id"),
               first)
    , m_failure(database,
                pick(of, "SELECT * FROM step_failures WHERE id >= ? ORDER BY id",
                     "SELECT * FROM minute_failures WHERE id >= ? ORDER BY id"),
                first)
{
}

std::vector<StepRowsReader::Row> StepRowsReader::read(int period)
{
    std::vector<Row> rows;
    while (m_row.nextOf(period) && m_database.isOk())
        rows.push_back(takeRow());
    readStatuses(period, rows);
    readFailures(period, rows);
    return rows;
}

StepRowsReader::Row StepRowsReader::takeRow()
{
    Row row{m_row.index(m_steps)};
    if (m_of == StepPeriod::Minute)
        row.digest = m_row.row().takeBlob();
    takeCounts(m_row.row(), row.set.counts);
    takeHistograms(m_row.row(), row.set);
    return row;
}

void StepRowsReader::readStatuses(int period, std::vector<Row> &rows)
{
    for (std::size_t position = 0; m_status.nextOf(period); ++position) {
        m_status.expectPosition(position);
        Row *row = rowOf(m_status.takeIndex(m_steps), rows);
        if (!row)
            return;
        const int status = m_status.row().takeInt();
        row->set.counts.byStatus[status] = m_status.row().takeCount();
    }
}

void StepRowsReader::readFailures(int period, std::vector<Row> &rows)
{
    for (std::size_t position = 0; m_failure.nextOf(period); ++position) {
        m_failure.expectPosition(position);
        Row *row = rowOf(m_failure.takeIndex(m_steps), rows);
        if (!row)
            return;
        const FailureKind kind = takeFailureKind(m_database, m_failure.row());
        row->set.counts.byFailure[std::size_t(kind)] = m_failure.row().takeCount();
    }
}

StepRowsReader::Row *StepRowsReader::rowOf(std::size_t step, std::vector<Row> &rows)
{
    const auto found = std::ranges::lower_bound(rows, step, {}, &Row::step);
    if (m_database.isOk() && (found == rows.end() || found->step != step))
        m_database.failDamaged(QStringLiteral("a status or failure belongs to a step without requests"));
    return m_database.isOk() ? &*found : nullptr;
}

void StepRowsReader::expectEnd()
{
    for (SecondCursor *cursor : {&m_row, &m_status, &m_failure})
        cursor->expectEnd();
}

FailureKind takeFailureKind(Database &database, Statement &row)
{
    const auto kind = failureKindFromName(row.takeText());
    if (!kind)
        database.failDamaged(QStringLiteral("a kind of failure is unknown"));
    return kind.value_or(FailureKind::Other);
}

void takeCounts(Statement &row, RequestCounts &counts)
{
    for (std::uint64_t RequestCounts::*count :
         {&RequestCounts::requests, &RequestCounts::answered, &RequestCounts::rejected, &RequestCounts::errors,
          &RequestCounts::censored, &RequestCounts::resends, &RequestCounts::redirects, &RequestCounts::bytesIn,
          &RequestCounts::bytesOut})
        counts.*count = row.takeCount();
}

void takeHistograms(Statement &row, EncodedLatencySet &set)
{
    auto &[response, service, rejected, failed] = set.histograms;
    response = row.takeBlob();
    service = row.takeOptionalBlob().value_or(response);
    rejected = row.takeBlob();
    failed = row.takeBlob();
}

} // namespace Headroom
