// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/minuterows.h"

#include "core/session/sessionlimits.h"

namespace Headroom {

MinuteRowsWriter::MinuteRowsWriter(Database &database, std::size_t steps)
    : m_merger(database, steps)
    , m_rows(database, StepPeriod::Minute)
{
}

void MinuteRowsWriter::write(int minute, SessionChain &chain)
{
    m_merger.begin(minute);
    m_rows.begin(minute);
    while (const auto step = m_merger.next()) {
        const EncodedLatencySet set = encode(m_merger.merged());
        const QByteArray digest = digestOfMinute(minute, *step, set);
        m_rows.write(*step, set, digest);
        chain.addMinute(digest);
    }
}

MinuteRowsReader::MinuteRowsReader(Database &database, const RunFacts &facts, int first)
    : m_database(database)
    , m_rows(database, facts, StepPeriod::Minute, first)
{
}

std::vector<StepRowsReader::Row> MinuteRowsReader::read(int minute)
{
    std::vector<StepRowsReader::Row> rows = m_rows.read(minute);
    for (const StepRowsReader::Row &row : rows)
        if (row.digest != digestOfMinute(minute, row.step, row.set) || !areFine(row.set.counts))
            m_database.failDamaged(QStringLiteral("the merged minute %1 does not fit its digest").arg(minute));
    return rows;
}

void addMinutes(Database &database, SessionChain &chain)
{
    Statement row(database, "SELECT id, digest FROM step_minutes ORDER BY id");
    for (std::int64_t before = -1; row.next();) {
        const std::int64_t id = row.takeInteger();
        if (id <= before)
            return database.failDamaged(QStringLiteral("rows are out of order"));
        before = id;
        chain.addMinute(row.takeBlob());
    }
}

} // namespace Headroom
