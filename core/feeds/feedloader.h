// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/feeds/feedproblem.h"
#include "core/feeds/feedrows.h"
#include "core/scenario/diagnostic.h"
#include "core/scenario/scenario.h"

namespace Headroom {

/// Reads the files of all feeds of a scenario, whose folder is known (Scenario::Target::folder).
/// Errors: as diagnostics, at the feed, and for a column that the file has not, at the template that names it.
std::expected<std::vector<FeedRowsPtr>, Diagnostics> loadFeeds(const Scenario &scenario);

/// The rows of a text that is the file of a feed. `isJson`: else CSV.
/// Errors: the first problem in it; `column` of the feed, when it is one that is missing.
struct FeedFailure
{
    FeedProblem problem;
    const Scenario::Feed::Column *column = nullptr;
};
std::expected<FeedRowsPtr, FeedFailure> rowsIn(const QByteArray &text, bool isJson, const Scenario::Feed &feed);

} // namespace Headroom
