// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/clusteredshare.h"

#include "core/stats/studentt.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr std::size_t kFewestClusters = 10; // the spread of fewer says next to nothing
constexpr std::uint32_t kRampClusters = 8; // a ramp is taken as even over so many stretches

struct Residual ///< What a stretch's hits are off from the overall share.
{
    std::uint32_t index = 0;
    double value = 0.0;
};

/// Sum of the products of residuals that lie `lag` stretches apart. A stretch without trials is off by nothing.
double productsAt(std::uint32_t lag, const std::vector<Residual> &residuals)
{
    double sum = 0.0;
    auto later = residuals.begin();
    for (const Residual &residual : residuals) {
        while (later != residuals.end() && later->index < residual.index + lag)
            ++later;
        if (later == residuals.end())
            break;
        if (later->index == residual.index + lag)
            sum += residual.value * later->value;
    }
    return sum;
}

/// How many neighbours on each side are looked at.
int lagsFor(double clusters, double firstAutocorrelation)
{
    constexpr double kHighest = 0.97; // what no run that we know exceeds; keeps the next line finite
    const double rho = std::clamp(firstAutocorrelation, 0.0, kHighest);
    const double alpha = 4.0 * rho * rho / ((1.0 - rho * rho) * (1.0 - rho * rho)); // Andrews, 6.4
    const double lags = std::max(1.3 * std::sqrt(clusters), 1.1447 * std::cbrt(alpha * clusters)); // Andrews, 6.2
    return int(std::min(lags, clusters / 4.0));
}

/// What 1.96 becomes when the variance is estimated with Bartlett's weights over the share `b` of all lags.
/// Source: Kiefer and Vogelsang, Econometric Theory 21 (2005), table 1.
double criticalValue(double b) { return kNormal975 + 2.9694 * b + 0.4160 * b * b - 0.5324 * b * b * b; }

/// Whether two stretches may be compared: the load was the same.
bool isSameStratum(const ClusterShare &a, const ClusterShare &b)
{
    return a.piece == b.piece && (!a.piece.isRamp || a.index / kRampClusters == b.index / kRampClusters);
}

struct Residuals
{
    std::vector<Residual> values;
    double freedom = 0.0; ///< How many of them are free to vary.
};

/// What every stretch is off from the share of its stratum.
Residuals residualsOf(std::span<const ClusterShare> clusters)
{
    Residuals residuals;
    for (std::size_t begin = 0, end = 0; begin < clusters.size(); begin = end) {
        double hits = 0.0;
        double trials = 0.0;
        for (end = begin; end < clusters.size() && isSameStratum(clusters[begin], clusters[end]); ++end) {
            hits += double(clusters[end].hits);
            trials += double(clusters[end].of);
        }
        const double share = trials > 0.0 ? hits / trials : 0.0;
        for (std::size_t i = begin; i < end; ++i)
            residuals.values.push_back({clusters[i].index, double(clusters[i].hits) - share * double(clusters[i].of)});
        residuals.freedom += double(end - begin) - 1.0;
    }
    return residuals;
}

} // namespace

double designEffect(std::span<const ClusterShare> clusters)
{
    double hits = 0.0;
    double trials = 0.0;
    for (const ClusterShare &cluster : clusters) {
        hits += double(cluster.hits);
        trials += double(cluster.of);
    }
    if (clusters.size() < kFewestClusters || hits <= 0.0 || hits >= trials)
        return 1.0;
    const double share = hits / trials;
    const auto [residuals, freedom] = residualsOf(clusters);
    const double squares = productsAt(0, residuals);
    if (freedom < double(kFewestClusters) / 2.0 || squares <= 0.0)
        return 1.0;
    const double count = double(clusters.size());
    const int lags = lagsFor(count, productsAt(1, residuals) / squares);
    double variance = squares;
    for (int lag = 1; lag <= lags; ++lag)
        variance += 2.0 * (1.0 - lag / (lags + 1.0)) * productsAt(std::uint32_t(lag), residuals);
    variance *= count / freedom;
    const double wider = criticalValue((lags + 1.0) / count) / kNormal975;
    const double effect = wider * wider * variance / (trials * share * (1.0 - share));
    return std::isfinite(effect) ? std::max(1.0, effect) : 1.0;
}

void ClusteredShare::add(int second, std::uint64_t hits, std::uint64_t of, LoadPiece piece)
{
    if (of == 0 || second < 0)
        return;
    std::uint32_t index = std::uint32_t(second) >> m_shift;
    while (m_clusters.size() >= kMaxClusters && m_clusters.back().index < index) {
        std::vector<ClusterShare> halved;
        for (const ClusterShare &cluster : m_clusters) {
            const std::uint32_t half = cluster.index / 2;
            if (halved.empty() || halved.back().index != half)
                halved.push_back({half, 0, 0, cluster.piece});
            halved.back().hits += cluster.hits;
            halved.back().of += cluster.of;
        }
        m_clusters = std::move(halved);
        index = std::uint32_t(second) >> ++m_shift;
    }
    if (m_clusters.empty() || m_clusters.back().index < index)
        m_clusters.push_back({index, 0, 0, piece});
    m_clusters.back().hits += hits;
    m_clusters.back().of += of;
}

} // namespace Headroom
