// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/observationsum.h"

#include "core/stats/histogramcodec.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr double kNanosecondsPerUnit = 1e6;

std::optional<double> valueOf(std::optional<Nanoseconds> time) { return time.transform(observedValueOf); }

} // namespace

Nanoseconds histogramTimeOf(double value)
{
    constexpr double kBeyond = 1e7; // above the histogram's end; how far makes no difference, and the number must fit
    return Nanoseconds(std::llround(std::min(value, kBeyond) * kNanosecondsPerUnit));
}

double observedValueOf(Nanoseconds time) { return double(time.count()) / kNanosecondsPerUnit; }

void addObservationCounts(const ObservationCounts &counts, ObservationCounts &into)
{
    if (counts.count > 0) {
        into.min = into.count == 0 ? counts.min : std::min(into.min, counts.min);
        into.max = into.count == 0 ? counts.max : std::max(into.max, counts.max);
    }
    into.count += counts.count;
    into.missing += counts.missing;
    into.hits += counts.hits;
    into.sum += counts.sum;
}

ObservationSum::ObservationSum(Keeps keeps)
{
    if (keeps == Keeps::Values)
        m_values.emplace();
}

Result<void> ObservationSum::add(int second, const ObservationCounts &counts, LoadPiece piece)
{
    addObservationCounts(counts, m_counts);
    if (!m_values) {
        m_hits.add(second, counts.hits, counts.count, piece);
        return {};
    }
    if (counts.histogram.isEmpty())
        return {};
    const auto values = decodeHistogram(counts.histogram);
    if (!values)
        return std::unexpected(values.error());
    m_values->merge(*values);
    m_spread.add(second, coarseCountsOf(*values), piece);
    return {};
}

void ObservationSum::reset()
{
    m_counts = {};
    if (m_values)
        m_values->reset();
    m_hits.clear();
    m_spread.clear();
}

std::optional<double> ObservationSum::ifAny(double value) const
{
    return isEmpty() ? std::nullopt : std::optional(value);
}

std::optional<double> ObservationSum::hitRate() const
{
    return ifAny(double(m_counts.hits) / double(std::max<std::uint64_t>(1, m_counts.count)));
}

Interval<double> ObservationSum::hitRateInterval() const
{
    return m_counts.hits > m_counts.count ? Interval<double>{}
                                          : shareInterval(m_counts.hits, m_counts.count, m_hits.effect());
}

std::optional<double> ObservationSum::mean() const
{
    return ifAny(m_counts.sum / double(std::max<std::uint64_t>(1, m_counts.count)));
}

std::optional<double> ObservationSum::min() const { return ifAny(m_counts.min); }

std::optional<double> ObservationSum::max() const { return ifAny(m_counts.max); }

std::optional<double> ObservationSum::quantile(double quantile) const
{
    if (!m_values || isEmpty() || m_values->count() > m_counts.count)
        return std::nullopt;
    if (m_values->count() == m_counts.count)
        return observedValueOf(m_values->valueAtQuantile(quantile));
    const auto rank = std::uint64_t(std::max(1.0, std::ceil(quantile * double(m_counts.count))));
    if (rank <= negatives())
        return std::nullopt;
    return observedValueOf(m_values->valueAtRank(rank - negatives()));
}

Interval<double> ObservationSum::quantileInterval(double quantile) const
{
    if (!m_values || isEmpty() || m_values->count() != m_counts.count)
        return {};
    const Interval<Nanoseconds> interval = Headroom::quantileInterval(*m_values, quantile, m_spread.effect(quantile));
    return {valueOf(interval.low), valueOf(interval.high)};
}

} // namespace Headroom
