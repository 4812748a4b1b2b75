// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <span>

namespace Headroom {

/// Whether a series of values, one a second, settles, and from where on it is steady.
struct SteadyState
{
    std::optional<std::size_t> from; ///< Index of the first steady value; nothing: no steady state found ...
    QString reason; ///< ... and why, as half a sentence on the series: "it still rises: ...". Empty when steady.
};

/// Cuts off the beginning that is unlike the rest, and checks that what is kept neither rises nor falls and is the same
/// in both halves. Differences of less than 5 % of the mean are none, however certain.
///
/// Range: at least 20 finite values, else there is no steady state. "No steady state" is a valid answer: most programs
/// that were measured for long never reach one (Barrett and others, Virtual Machine Warmup Blows Hot and Cold, 2017).
/// Costs: in proportion to the number of values.
/// Source: MSER-5 (White, Simulation 69, 1997) over the first half; where a cut beyond the middle were needed, what is
/// kept does not pass: a trend (trendOf() of its pieces), or halves that differ by Welch's t test over at most 40 blocks,
/// which are nearly independent. (White rejects whenever the best cut lies beyond the middle; with few batches that is
/// too often chance: 15 of 100 series of pure noise in our test.)
SteadyState findSteadyState(std::span<const double> values);

} // namespace Headroom
