// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/plan.h"
#include "core/scenario/diagnostic.h"

namespace Headroom {

/// Gives a plan the feeds of its scenario. Where the rows of one end the load, that is a fixed count of iterations from
/// then on, which is what a load that has nothing left to send is: it ends, and it says so. Call it before anything is
/// made of that count. Batches that need more rows than there are are a problem.
void compileFeeds(Plan &plan, const Scenario &scenario, const std::vector<FeedRowsPtr> &rows, Diagnostics &problems);

/// The smaller one of two bounds, of which each may be missing.
std::optional<std::uint64_t> fewer(std::optional<std::uint64_t> one, std::optional<std::uint64_t> other);

/// How many arrivals a stream has by that; nothing: no feed ends it.
std::optional<std::uint64_t> arrivalsByFeeds(const Plan &plan, std::size_t stream, std::size_t streams);

/// "the load ends here: all 40 rows of feed 'vouchers' were taken", for a load that ended before its time; empty when
/// it was not a feed that ended it.
QString endOfFeeds(const Plan &plan);

} // namespace Headroom
