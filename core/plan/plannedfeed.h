// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/feeds/feedrows.h"
#include "core/scenario/scenario.h"

#include <optional>

namespace Headroom {

struct RequestValues;

/// Which row of a feed an iteration has: a function of its numbers alone, whoever asks, and how often.
/// Thread: any.
struct PlannedFeed
{
    QString name;
    Scenario::Feed::Order order = Scenario::Feed::Order::Sequential;
    Scenario::Feed::AtEnd atEnd = Scenario::Feed::AtEnd::Wrap;
    FeedRowsPtr rows; ///< At least one.
    std::uint64_t salt = 0; ///< Tells it from other feeds in random order.

    /// Nothing when there is none left.
    std::optional<std::uint64_t> rowOf(const RequestValues &values) const;
    /// How many iterations it has rows for; nothing: as many as there are.
    std::optional<std::uint64_t> iterations() const;
};

} // namespace Headroom
