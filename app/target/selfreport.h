// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace Headroom {

/// What a worked answer says of itself, for load tests to observe.
struct SelfReport
{
    QByteArray latency; ///< X-Request-Latency-Ms: time of work, rounded to two decimals.
    bool isHit = false; ///< X-Cache.

    /// The headers: X-Request-Latency-Ms; Server-Timing with the total and its parts: model 60 %, db 25 % and render
    /// 10 % of the total, so that 5 % is no part; X-Cache.
    std::vector<std::pair<QByteArray, QByteArray>> headers() const;
};

/// Of a request that took so long. `hitShare` of the numbers, 0 to 1, are hits: which ones is a function of seed and
/// number.
SelfReport selfReportOf(Nanoseconds took, std::uint64_t seed, std::uint64_t number, double hitShare);

/// Tokens that an answer says it used, "usage.tokens" of /retrieve: 100 to 299, a function of the number.
int tokensOf(std::uint64_t number);

} // namespace Headroom
