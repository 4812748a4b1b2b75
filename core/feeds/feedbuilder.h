// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/feeds/feedproblem.h"
#include "core/feeds/feedrows.h"
#include "core/scenario/scenario.h"

#include <QStringList>

namespace Headroom {

/// Picks what a feed needs out of the rows of its file: the columns that templates name, of the rows that `where` lets
/// through.
class FeedBuilder
{
public:
    /// `columns`: those that the file has. The feed must outlive it.
    FeedBuilder(const Scenario::Feed &feed, const QStringList &columns);

    /// Names that the feed wants and the file has not, in templates and in `where`.
    const QStringList &missing() const { return m_missing; }
    /// A row with a cell for each column of the file. Range: none may be missing.
    std::expected<void, FeedProblem> add(const std::vector<QByteArray> &cells, int line);
    FeedRowsPtr take() { return std::make_shared<const FeedRows>(std::move(m_rows)); }

private:
    bool isWanted(const std::vector<QByteArray> &cells) const;

    std::vector<std::size_t> m_places; // of the wanted columns in a row of the file
    std::vector<std::pair<std::size_t, QByteArray>> m_where;
    QStringList m_missing;
    FeedRows m_rows;
};

} // namespace Headroom
