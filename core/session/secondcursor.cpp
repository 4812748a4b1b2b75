// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/secondcursor.h"

namespace Headroom {

SecondCursor::SecondCursor(Database &database, const char *sql)
    : m_database(database)
    , m_statement(database, sql)
{
}

bool SecondCursor::load()
{
    if (!m_isLoaded && m_statement.next()) {
        m_second = m_statement.takeInt();
        m_isLoaded = true;
    }
    return m_isLoaded && m_database.isOk();
}

bool SecondCursor::nextOf(int second)
{
    if (!load() || m_second > second)
        return false;
    if (m_second < second) {
        m_database.failDamaged(QStringLiteral("a row belongs to no second"));
        return false;
    }
    m_isLoaded = false;
    return true;
}

void SecondCursor::expectEnd()
{
    if (load())
        m_database.failDamaged(QStringLiteral("a row belongs to no second"));
}

std::size_t SecondCursor::takeIndex(std::size_t size)
{
    const std::uint64_t index = m_statement.takeCount();
    if (index >= size)
        m_database.failDamaged(QStringLiteral("a row belongs to an unknown step, flow, series or failure"));
    return std::size_t(index);
}

} // namespace Headroom
