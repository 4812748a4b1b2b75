// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <memory>
#include <vector>

namespace Headroom {

/// The rows of a feed, with the columns that templates name and no others; in UTF-8.
/// Thread: any, as shared_ptr<const FeedRows>; reading allocates nothing.
class FeedRows
{
public:
    explicit FeedRows(std::size_t columns)
        : m_columns(columns)
    {
    }
    /// Adds the cells of the next row, one after the other. Range: at most 4 GiB together.
    void addCell(QByteArrayView cell);
    /// A row was complete; for rows without columns this alone counts.
    void endRow() { ++m_rows; }

    std::uint64_t count() const { return m_rows; }
    QByteArrayView cell(std::uint64_t row, int column) const;

private:
    std::size_t m_columns;
    std::uint64_t m_rows = 0;
    QByteArray m_text; // of all cells
    std::vector<std::uint32_t> m_ends; // of each cell in it
};

using FeedRowsPtr = std::shared_ptr<const FeedRows>;

} // namespace Headroom
