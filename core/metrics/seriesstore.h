// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace Headroom {

/// Columns of values over time, and quickly the few points that show them: minimum and maximum of each pixel survive,
/// whatever the length. Cost of a picture: proportional to its width. Thread: one.
/// Source: levels of minima and maxima as in waveform views of audio editors; each level sums up eight of the one
/// below.
class SeriesStore
{
public:
    struct Point
    {
        double time = 0.0; ///< Seconds since the start of the run.
        double value = 0.0;
        bool operator==(const Point &) const = default;
    };
    using Polyline = std::vector<Point>;

    explicit SeriesStore(std::size_t columns = 0);

    std::size_t columns() const { return m_columns; }
    /// Times rise; a row that breaks that is left out. A column without a value has a gap there; missing ones at the
    /// end are gaps, further ones ignored.
    void append(double time, const std::vector<std::optional<double>> &values);
    void clear();
    bool isEmpty() const;
    double endTime() const; ///< Of the last row; 0 without any.

    /// What lies between two times, with the neighbours just outside, in at most about 4 points a pixel; gaps part it.
    std::vector<Polyline> polylines(std::size_t column, double from, double to, int pixels) const;
    /// The value of the row nearest to a time; nothing at a gap or without rows.
    std::optional<double> valueAt(std::size_t column, double time) const;
    std::optional<double> nearestTime(double time) const;
    /// Smallest and largest value between two times; nothing without any.
    struct Range
    {
        double low = 0.0, high = 0.0;
    };
    std::optional<Range> range(std::size_t column, double from, double to) const;

private:
    /// Smallest and largest of some rows: their indices, kNone when all are gaps.
    struct Extremes
    {
        std::uint32_t low = kNone, high = kNone;
    };
    struct Column
    {
        std::vector<double> values; ///< NaN: a gap.
        std::vector<std::vector<Extremes>> levels; ///< Of 8, 64, 512 ... rows each.
    };
    static constexpr std::uint32_t kNone = 0xffffffff;

    void summarize(Column &column, std::size_t row);
    void include(const Column &column, std::uint32_t row, Extremes &extremes) const;
    Extremes extremes(const Column &column, std::size_t first, std::size_t last) const;
    std::optional<Point> point(const Column &column, std::size_t row) const;
    std::optional<std::size_t> nearestRow(double time) const;
    std::vector<std::optional<Point>> thinned(const Column &column, std::size_t first, std::size_t last, double from,
                                              double pixelLength) const;

    std::size_t m_columns = 0;
    std::vector<double> m_times;
    std::vector<Column> m_data;
};

} // namespace Headroom
