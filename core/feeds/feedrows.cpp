// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/feeds/feedrows.h"

namespace Headroom {

void FeedRows::addCell(QByteArrayView cell)
{
    m_text.append(cell);
    m_ends.push_back(std::uint32_t(m_text.size()));
}

QByteArrayView FeedRows::cell(std::uint64_t row, int column) const
{
    Q_ASSERT(row < m_rows && column >= 0 && std::size_t(column) < m_columns);
    const std::size_t place = std::size_t(row) * m_columns + std::size_t(column);
    const std::uint32_t start = place == 0 ? 0 : m_ends[place - 1];
    return QByteArrayView(m_text).sliced(start, m_ends[place] - start);
}

} // namespace Headroom
