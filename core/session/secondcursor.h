// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/database.h"

namespace Headroom {

/// The rows of one table in their order, taken second by second. Failures stay with the database.
///
/// The first column says which second a row is of; the file is not trusted to have them in order.
class SecondCursor
{
public:
    enum class Key {
        Row, ///< rowKey(): every row another one.
        Second, ///< The second alone, which does not fall.
    };
    /// The statement has one parameter: the first key that is wanted, as made of `first`.
    SecondCursor(Database &database, const char *sql, int first, Key key = Key::Row);

    /// Moves to the next row of this second, whose further columns can then be taken.
    bool nextOf(int second);
    /// The second of the next row; nothing after the last one.
    std::optional<int> nextSecond() { return load() ? std::optional(m_second) : std::nullopt; }
    /// A row of a second that no frame has asked for is damage.
    void expectEnd();

    Statement &row() { return m_statement; }
    /// Where the row stands in its second, a number below `size`: for tables whose rows are numbered by what they are of.
    std::size_t index(std::size_t size);
    /// It stands at this place: for tables whose rows are only counted. Anything else is damage.
    void expectPosition(std::size_t position);
    std::size_t takeIndex(std::size_t size); ///< A column, a number below `size`.

private:
    bool load();
    void takeKey();
    Database &m_database;
    Statement m_statement;
    Key m_key;
    std::int64_t m_last = -1; ///< Key of the row before.
    int m_second = 0;
    std::size_t m_position = 0;
    bool m_isLoaded = false; ///< Its key is known, its other columns are not taken.
};

} // namespace Headroom
