// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/minutemerger.h"

#include "core/session/rowkey.h"

#include <algorithm>

namespace Headroom {

MinuteMerger::MinuteMerger(Database &database, std::size_t steps)
    : m_database(database)
    , m_steps(steps)
    , m_id(database, "SELECT id FROM step_seconds WHERE id >= ? AND id < ? ORDER BY id")
    , m_row(database,
            "SELECT requests, answered, rejected, errors, censored, resends, redirects, bytes_in, bytes_out,"
            " response_times, service_times, rejected_times, failed_times FROM step_seconds WHERE id = ?")
    , m_status(database, "SELECT step, status, count FROM step_statuses WHERE id >= ? AND id < ? ORDER BY id")
    , m_failure(database, "SELECT step, kind, count FROM step_failures WHERE id >= ? AND id < ? ORDER BY id")
{
}

void MinuteMerger::begin(int minute)
{
    const std::int64_t first = rowKey(minute * kMinuteSeconds);
    const std::int64_t end = first + rowKey(kMinuteSeconds);
    m_counts.clear();
    findRows(first, end);
    takeStatuses(first, end);
    takeFailures(first, end);
}

void MinuteMerger::findRows(std::int64_t first, std::int64_t end)
{
    m_rows.clear();
    m_next = 0;
    m_id.start(first, end);
    while (m_id.next()) {
        const std::int64_t id = m_id.takeInteger();
        const auto step = std::uint64_t(id) & (kMaxRowsOfASecond - 1);
        if (!isStep(step))
            return;
        m_rows.push_back({std::size_t(step), id});
    }
    std::ranges::sort(m_rows); // of each step in the order of seconds: rounded sums are the same each time
}

void MinuteMerger::takeStatuses(std::int64_t first, std::int64_t end)
{
    m_status.start(first, end);
    while (m_status.next()) {
        const std::uint64_t step = m_status.takeCount();
        if (!isStep(step))
            return;
        const int status = m_status.takeInt();
        m_counts[std::size_t(step)].byStatus[status] += m_status.takeCount();
    }
}

void MinuteMerger::takeFailures(std::int64_t first, std::int64_t end)
{
    m_failure.start(first, end);
    while (m_failure.next()) {
        const std::uint64_t step = m_failure.takeCount();
        if (!isStep(step))
            return;
        const FailureKind kind = takeFailureKind(m_database, m_failure);
        m_counts[std::size_t(step)].byFailure[std::size_t(kind)] += m_failure.takeCount();
    }
}

bool MinuteMerger::isStep(std::uint64_t step)
{
    if (step >= m_steps)
        m_database.failDamaged(QStringLiteral("a row belongs to an unknown step"));
    return m_database.isOk();
}

std::optional<std::size_t> MinuteMerger::next()
{
    if (m_next >= m_rows.size() || !m_database.isOk())
        return std::nullopt;
    const std::size_t step = m_rows[m_next].step;
    for (HdrHistogram &histogram : m_merged.histograms)
        histogram.reset();
    m_merged.counts = m_counts[step];
    for (; m_next < m_rows.size() && m_rows[m_next].step == step; ++m_next)
        addRow(m_rows[m_next].id);
    m_row.start(); // an unfinished statement would hold up the checkpoints of the log
    return m_database.isOk() ? std::optional(step) : std::nullopt;
}

void MinuteMerger::addRow(std::int64_t id)
{
    m_row.start(id);
    if (!m_row.next())
        return;
    EncodedLatencySet set;
    takeCounts(m_row, set.counts);
    takeHistograms(m_row, set);
    if (!mergeInto(m_merged, set))
        m_database.failDamaged(QStringLiteral("a histogram cannot be decoded"));
}

} // namespace Headroom
