// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace Headroom {

/// A number from 0 to count - 1 out of a random one, uniform up to count / 2^64. Range: count above 0.
///
/// Source: multiplication instead of division (Lemire: Fast Random Integer Generation in an Interval, 2019), without
/// its second draw: a function of one random number has none.
constexpr std::uint64_t randomBelow(std::uint64_t count, std::uint64_t random)
{
    __extension__ using Wide = unsigned __int128;
    return std::uint64_t((Wide(random) * count) >> 64);
}

/// A number from low to high, both included. Range: low not above high.
constexpr std::int64_t randomBetween(std::int64_t low, std::int64_t high, std::uint64_t random)
{
    const std::uint64_t count = std::uint64_t(high) - std::uint64_t(low) + 1; // 0: all there are
    return std::int64_t(std::uint64_t(low) + (count == 0 ? random : randomBelow(count, random)));
}

} // namespace Headroom
