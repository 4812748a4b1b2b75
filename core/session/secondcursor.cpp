// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/secondcursor.h"

#include "core/session/rowkey.h"

#include <limits>

namespace Headroom {

SecondCursor::SecondCursor(Database &database, const char *sql, int first, Key key)
    : m_database(database)
    , m_statement(database, sql)
    , m_key(key)
{
    // From the start of the table what stands before all seconds is read as well, and is damage.
    const std::int64_t firstKey = key == Key::Row ? rowKey(first) : first;
    m_statement.start(first == 0 ? std::numeric_limits<std::int64_t>::min() : firstKey);
}

bool SecondCursor::load()
{
    if (!m_isLoaded && m_statement.next()) {
        takeKey();
        m_isLoaded = true;
    }
    return m_isLoaded && m_database.isOk();
}

void SecondCursor::takeKey()
{
    const std::int64_t key = m_statement.takeInteger();
    const bool isRow = m_key == Key::Row;
    const std::int64_t second = isRow ? key >> kRowBits : key;
    if (key < m_last || (isRow && key == m_last) || second < 0 || second > std::numeric_limits<int>::max())
        return m_database.failDamaged(QStringLiteral("rows are out of order"));
    m_last = key;
    m_second = int(second);
    m_position = std::size_t(key - rowKey(m_second));
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

std::size_t SecondCursor::index(std::size_t size)
{
    if (m_position >= size)
        m_database.failDamaged(QStringLiteral("a row belongs to an unknown step, flow, series or failure"));
    return m_position;
}

void SecondCursor::expectPosition(std::size_t position)
{
    if (m_position != position)
        m_database.failDamaged(QStringLiteral("a row of a second is missing"));
}

std::size_t SecondCursor::takeIndex(std::size_t size)
{
    const std::uint64_t index = m_statement.takeCount();
    if (index >= size)
        m_database.failDamaged(QStringLiteral("a row belongs to an unknown step, flow, series or failure"));
    return std::size_t(index);
}

} // namespace Headroom
