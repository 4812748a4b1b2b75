// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/target/timingparts.h"
#include "core/base/clock.h"

#include <QByteArray>

#include <optional>
#include <utility>
#include <vector>

namespace Headroom {

/// What an answer says of itself, for load tests to observe.
struct SelfReport
{
    QByteArray latency{}; ///< X-Request-Latency-Ms: time of work, rounded to two decimals.
    QByteArray queue{}; ///< The same of the time before it.
    std::optional<bool> isHit{}; ///< X-Cache; of a worked answer only.

    /// X-Request-Latency-Ms; Server-Timing with the total, the wait in the queue, the work, which is the total, and the
    /// parts of that; X-Cache.
    std::vector<std::pair<QByteArray, QByteArray>> headers(const TimingParts &parts) const;
    QByteArray cacheWord() const; ///< HIT or MISS; empty where it had nothing to do with a cache.
};

/// Of a request that waited and then took so long.
SelfReport selfReportOf(Nanoseconds waited, Nanoseconds took, std::optional<bool> isHit);

/// `share` of the numbers, 0 to 1, are hits: which ones is a function of seed and number.
bool isHitByShare(std::uint64_t seed, std::uint64_t number, double share);

/// Tokens that an answer says it used, "usage.tokens" of /retrieve: 100 to 299, a function of the number.
int tokensOf(std::uint64_t number);

} // namespace Headroom
