// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>

namespace Headroom {

/// A repeatable random number: a function of its inputs alone, so that the content of an arrival does not depend on
/// the number of workers or the order on the wire.
///
/// Source: the finalizer of splitmix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
constexpr std::uint64_t mix(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

constexpr std::uint64_t randomAt(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0)
{
    return mix(mix(mix(seed) ^ a) ^ b);
}

/// Uniform in [0, 1).
constexpr double unitInterval(std::uint64_t random) { return static_cast<double>(random >> 11) * 0x1.0p-53; }

/// Exponential with mean 1, by inversion; from 0 to 36.8.
inline double exponential(std::uint64_t random) { return -std::log1p(-unitInterval(random)); }

} // namespace Headroom
