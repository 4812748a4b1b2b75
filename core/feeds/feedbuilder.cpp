// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/feeds/feedbuilder.h"

#include "core/base/humanformat.h"

#include <algorithm>

namespace Headroom {

FeedBuilder::FeedBuilder(const Scenario::Feed &feed, const QStringList &columns)
    : m_rows(feed.columns.size())
{
    const auto placeOf = [&](const QString &name) {
        const qsizetype place = columns.indexOf(name);
        if (place < 0 && !m_missing.contains(name))
            m_missing.append(name);
        return std::size_t(std::max<qsizetype>(0, place));
    };
    for (const Scenario::Feed::Column &column : feed.columns)
        m_places.push_back(placeOf(column.name));
    for (const auto &[name, value] : feed.where)
        m_where.emplace_back(placeOf(name), value.toUtf8());
}

std::expected<void, FeedProblem> FeedBuilder::add(const std::vector<QByteArray> &cells, int line)
{
    Q_ASSERT(m_missing.isEmpty());
    if (!isWanted(cells))
        return {};
    if (m_rows.count() == FeedLimits::kRows)
        return std::unexpected(FeedProblem{line, 0,
                                           QStringLiteral("there are more than %1 rows; remove some, or write where")
                                               .arg(formatCount(FeedLimits::kRows))});
    for (const std::size_t place : m_places)
        m_rows.addCell(cells[place]);
    m_rows.endRow();
    return {};
}

bool FeedBuilder::isWanted(const std::vector<QByteArray> &cells) const
{
    return std::ranges::all_of(m_where, [&](const auto &wanted) { return cells[wanted.first] == wanted.second; });
}

} // namespace Headroom
