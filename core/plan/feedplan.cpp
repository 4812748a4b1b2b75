// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/feedplan.h"

#include "core/base/humanformat.h"

#include <algorithm>

namespace Headroom {

namespace {

/// The iterations that all feeds together have rows for.
std::optional<std::uint64_t> iterationsByFeeds(const Plan &plan)
{
    std::optional<std::uint64_t> least;
    for (const PlannedFeed &feed : plan.feeds)
        least = fewer(least, feed.iterations());
    return least;
}

void checkBatches(const Plan &plan, std::uint64_t rows, const TextRange &range, Diagnostics &problems)
{
    const std::uint64_t needed = std::uint64_t(plan.batches->count) * std::uint64_t(plan.batches->size);
    if (rows < needed)
        problems.push_back({Diagnostic::Severity::Error, range,
                            QStringLiteral("the batches need %1 rows, and a feed that stops has %2; make the batches "
                                           "fewer, or write order: sequential with at_end: wrap")
                                .arg(formatCount(needed), formatCount(rows))});
}

} // namespace

QString endOfFeeds(const Plan &plan)
{
    const auto isIt = [&plan](const PlannedFeed &feed) {
        return feed.iterations() && feed.iterations() == plan.iterations;
    };
    const auto feed = std::ranges::find_if(plan.feeds, isIt);
    return feed == plan.feeds.end() ? QString()
                                    : QStringLiteral("the load ends here: all %1 rows of feed %2 were taken")
                                          .arg(formatCount(feed->rows->count()), formatQuoted(feed->name));
}

void compileFeeds(Plan &plan, const Scenario &scenario, const std::vector<FeedRowsPtr> &rows, Diagnostics &problems)
{
    if (rows.size() != scenario.feeds.size())
        return; // their files were not looked at
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Scenario::Feed &feed = scenario.feeds[i];
        plan.feeds.push_back({feed.name, feed.order, feed.atEnd, rows[i], i});
    }
    const auto iterations = iterationsByFeeds(plan);
    if (!iterations)
        return;
    plan.endsWithFeed = true;
    if (plan.batches)
        return checkBatches(plan, *iterations, scenario.load.range, problems);
    plan.iterations = fewer(plan.iterations, iterations);
}

std::optional<std::uint64_t> fewer(std::optional<std::uint64_t> one, std::optional<std::uint64_t> other)
{
    return one && other ? std::min(one, other) : one ? one : other;
}

std::optional<std::uint64_t> arrivalsByFeeds(const Plan &plan, std::size_t stream, std::size_t streams)
{
    const auto iterations = iterationsByFeeds(plan);
    if (!iterations || !plan.isOpenModel)
        return std::nullopt;
    // Arrival k of it is iteration k * streams + stream of the run.
    return *iterations <= stream ? 0 : (*iterations - stream + streams - 1) / streams;
}

} // namespace Headroom
