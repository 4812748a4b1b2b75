// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/database.h"

namespace Headroom {

/// The rows of one table in the order they were written, taken second by second. The first column is the second.
/// Failures stay with the database.
class SecondCursor
{
public:
    SecondCursor(Database &database, const char *sql);

    /// Moves to the next row of this second, whose further columns can then be taken.
    bool nextOf(int second);
    /// A row of a second that no frame has asked for is damage.
    void expectEnd();

    Statement &row() { return m_statement; }
    std::size_t takeIndex(std::size_t size); ///< A number below `size`.

private:
    bool load();
    Database &m_database;
    Statement m_statement;
    int m_second = 0;
    bool m_isLoaded = false; ///< Its second is known, its other columns are not taken.
};

} // namespace Headroom
