// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/seriesstore.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace Headroom {

namespace {

constexpr std::size_t kFanOut = 8; // rows or buckets that one of the next level sums up

} // namespace

SeriesStore::SeriesStore(std::size_t columns)
    : m_columns(columns)
    , m_data(columns)
{
}

void SeriesStore::append(double time, const std::vector<std::optional<double>> &values)
{
    if (!std::isfinite(time) || (!m_times.empty() && time <= m_times.back()) || m_times.size() >= kNone)
        return;
    m_times.push_back(time);
    for (std::size_t i = 0; i < m_columns; ++i) {
        const double value = i < values.size() && values[i] ? *values[i] : std::numeric_limits<double>::quiet_NaN();
        m_data[i].values.push_back(std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN());
        summarize(m_data[i], m_times.size() - 1);
    }
}

void SeriesStore::clear() { *this = SeriesStore(m_columns); }

bool SeriesStore::isEmpty() const { return m_times.empty(); }

double SeriesStore::endTime() const { return m_times.empty() ? 0.0 : m_times.back(); }

/// Adds a row to the bucket of each level that covers it. A level exists once the one below has more than one bucket.
void SeriesStore::summarize(Column &column, std::size_t row)
{
    std::size_t length = kFanOut;
    for (std::size_t level = 0; level < column.levels.size() || length <= row + 1; ++level, length *= kFanOut) {
        if (level == column.levels.size()) { // its first bucket is complete just now
            const Extremes first = extremes(column, 0, row + 1); // before the level exists, which would be asked else
            column.levels.push_back({first});
            continue;
        }
        std::vector<Extremes> &buckets = column.levels[level];
        if (row / length == buckets.size())
            buckets.emplace_back();
        include(column, std::uint32_t(row), buckets.back());
    }
}

void SeriesStore::include(const Column &column, std::uint32_t row, Extremes &extremes) const
{
    if (row == kNone || std::isnan(column.values[row]))
        return;
    if (extremes.low == kNone || column.values[row] < column.values[extremes.low])
        extremes.low = row;
    if (extremes.high == kNone || column.values[row] > column.values[extremes.high])
        extremes.high = row;
}

/// Of the rows from `first` to before `last`, by the largest buckets that fit: logarithmic in their number.
SeriesStore::Extremes SeriesStore::extremes(const Column &column, std::size_t first, std::size_t last) const
{
    Extremes found;
    while (first < last) {
        std::size_t length = 1;
        std::size_t level = 0; // 0: the rows themselves
        while (level < column.levels.size() && first % (length * kFanOut) == 0 && first + length * kFanOut <= last) {
            length *= kFanOut;
            ++level;
        }
        const auto row = std::uint32_t(first);
        const Extremes part = level == 0 ? Extremes{row, row} : column.levels[level - 1][first / length];
        include(column, part.low, found);
        include(column, part.high, found);
        first += length;
    }
    return found;
}

std::optional<SeriesStore::Point> SeriesStore::point(const Column &column, std::size_t row) const
{
    if (row >= m_times.size() || std::isnan(column.values[row]))
        return std::nullopt;
    return Point{m_times[row], column.values[row]};
}

/// Two points for each pixel that has values, nothing for one with gaps alone; a pixel without rows leaves no trace.
std::vector<std::optional<SeriesStore::Point>> SeriesStore::thinned(const Column &column, std::size_t first,
                                                                    std::size_t last, double from,
                                                                    double pixelLength) const
{
    std::vector<std::optional<Point>> points;
    for (double pixel = 1.0; first < last; ++pixel) {
        const auto begin = m_times.begin() + std::ptrdiff_t(first);
        const auto end = std::lower_bound(begin, m_times.begin() + std::ptrdiff_t(last), from + pixel * pixelLength);
        const bool isBeyond = from + pixel * pixelLength <= from + (pixel - 1.0) * pixelLength; // too fine for a double
        const std::size_t next = isBeyond ? last : std::size_t(end - m_times.begin());
        if (next == first)
            continue;
        const Extremes found = extremes(column, first, next);
        first = next;
        if (found.low == kNone) {
            points.emplace_back();
            continue;
        }
        points.push_back(point(column, std::min(found.low, found.high)));
        if (found.low != found.high)
            points.push_back(point(column, std::max(found.low, found.high)));
    }
    return points;
}

std::vector<SeriesStore::Polyline> SeriesStore::polylines(std::size_t column, double from, double to, int pixels) const
{
    if (column >= m_columns || pixels <= 0 || !(from < to))
        return {};
    const Column &data = m_data[column];
    const auto first = std::size_t(std::ranges::lower_bound(m_times, from) - m_times.begin());
    const auto last = std::size_t(std::ranges::upper_bound(m_times, to) - m_times.begin());
    std::vector<std::optional<Point>> points;
    if (first > 0)
        points.push_back(point(data, first - 1));
    if (last - first <= 2 * std::size_t(pixels)) {
        for (std::size_t row = first; row < last; ++row)
            points.push_back(point(data, row));
    } else {
        const auto inside = thinned(data, first, last, from, (to - from) / pixels);
        points.insert(points.end(), inside.begin(), inside.end());
    }
    points.push_back(point(data, last));

    std::vector<Polyline> lines;
    bool isOpen = false;
    for (const std::optional<Point> &point : points) {
        if (point && !isOpen)
            lines.emplace_back();
        if (point)
            lines.back().push_back(*point);
        isOpen = point.has_value();
    }
    return lines;
}

std::optional<std::size_t> SeriesStore::nearestRow(double time) const
{
    if (m_times.empty() || std::isnan(time))
        return std::nullopt;
    const auto after = std::ranges::lower_bound(m_times, time);
    if (after == m_times.begin())
        return 0;
    const auto row = std::size_t(after - m_times.begin());
    if (after == m_times.end() || time - m_times[row - 1] <= *after - time)
        return row - 1;
    return row;
}

std::optional<double> SeriesStore::valueAt(std::size_t column, double time) const
{
    const std::optional<std::size_t> row = nearestRow(time);
    if (!row || column >= m_columns || std::isnan(m_data[column].values[*row]))
        return std::nullopt;
    return m_data[column].values[*row];
}

std::optional<double> SeriesStore::nearestTime(double time) const
{
    const std::optional<std::size_t> row = nearestRow(time);
    return row ? std::optional(m_times[*row]) : std::nullopt;
}

std::optional<SeriesStore::Range> SeriesStore::range(std::size_t column, double from, double to) const
{
    if (column >= m_columns || !(from <= to))
        return std::nullopt;
    const Column &data = m_data[column];
    const auto first = std::ranges::lower_bound(m_times, from) - m_times.begin();
    const auto last = std::ranges::upper_bound(m_times, to) - m_times.begin();
    const Extremes found = extremes(data, std::size_t(first), std::size_t(last));
    if (found.low == kNone)
        return std::nullopt;
    return Range{data.values[found.low], data.values[found.high]};
}

} // namespace Headroom
