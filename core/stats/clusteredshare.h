// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/loadpiece.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace Headroom {

/// Hits and trials of one stretch of time.
struct ClusterShare
{
    std::uint32_t index = 0; ///< Which stretch: neighbours differ by one.
    std::uint64_t hits = 0;
    std::uint64_t of = 0;
    LoadPiece piece{}; ///< That it began in.
};

/// How many times as uncertain a share is as the same number of independent trials would leave it: at least 1.
///
/// Trials of one second resemble each other (a busy target answers them all late), and so do neighbouring seconds.
/// n trials are then worth only n / effect. Fewer than 10 stretches with trials, or a share of 0 or 1, tell nothing of
/// that: 1. Only what stretches of one load piece differ by counts, in a ramp what the 8 of one group do: else each
/// change of the load would look like chance. Range: in rising order of index. Source: the variance of a stratified
/// ratio of cluster sums against that of a simple random sample (Kish, Survey Sampling, 8.2), with the covariance of
/// neighbours by Bartlett's weights (Newey and West, Econometrica 55, 1987) over 1.3 times the root of the number of
/// stretches (Lazarus and others, Journal of Business and Economic Statistics 36, 2018), or further when the first
/// autocorrelation asks for it (Andrews, Econometrica 59, 1991), and the critical value of Kiefer and Vogelsang in
/// place of 1.96. (The usual cube root leaves the interval too narrow: where spells last for seconds, 88 of 100 held
/// the truth in our test.)
double designEffect(std::span<const ClusterShare> clusters);

/// Keeps hits and trials by stretches of time, for the design effect of their share.
///
/// A stretch is one second; from the 513th on, neighbours are put together and stretches are twice as long, as often as
/// needed: at most 12 KiB, however long the run.
class ClusteredShare
{
public:
    static constexpr std::size_t kMaxClusters = 512;

    /// Range: seconds come in order and from 0 on; one that comes again is added to. Nothing is kept of 0 trials.
    void add(int second, std::uint64_t hits, std::uint64_t of, LoadPiece piece = {});
    void clear() { *this = {}; }
    std::span<const ClusterShare> clusters() const { return m_clusters; }
    double effect() const { return designEffect(m_clusters); }

private:
    std::vector<ClusterShare> m_clusters;
    int m_shift = 0; // a stretch is 2^shift seconds
};

} // namespace Headroom
