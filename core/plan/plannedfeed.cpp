// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/plannedfeed.h"

#include "core/base/random.h"
#include "core/base/randomrange.h"
#include "core/plan/requesttemplate.h"

namespace Headroom {

using Feed = Scenario::Feed;

namespace {

/// Rows have nothing to do with think times and conditions, which draw their random numbers of the same content.
constexpr std::uint64_t kForRows = 0x726f777300000000; // "rows"

} // namespace

std::optional<std::uint64_t> PlannedFeed::rowOf(const RequestValues &values) const
{
    const std::uint64_t count = rows->count();
    if (order == Feed::Order::Random)
        return randomBelow(count, randomAt(values.content, kForRows + salt));
    if (atEnd == Feed::AtEnd::Stop && values.number >= count)
        return std::nullopt;
    return values.number % count;
}

std::optional<std::uint64_t> PlannedFeed::iterations() const
{
    return order != Feed::Order::Random && atEnd == Feed::AtEnd::Stop ? std::optional(rows->count()) : std::nullopt;
}

} // namespace Headroom
