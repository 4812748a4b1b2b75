// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

namespace Headroom {

/// A bucket of a classic histogram of Prometheus.
struct PromBucket
{
    double upTo = 0.0; ///< Its label "le"; infinite for the last one.
    double count = 0.0; ///< Of all observations up to there, those of lower buckets included.
};

/// The value below which a share of the observations lies, interpolated inside its bucket as if they were spread evenly
/// there; the highest finite bound when it lies beyond that.
/// Nothing without observations, without a bucket up to infinity, or without another one. Share: 0 to 1.
/// Source: histogram_quantile of Prometheus (promql/quantile.go, bucketQuantile).
std::optional<double> histogramQuantile(double share, std::vector<PromBucket> buckets);

} // namespace Headroom
