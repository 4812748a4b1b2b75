// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace Headroom {

/// Columns of values over time, and quickly the few points that show them: minimum and maximum of each pixel survive,
/// whatever the length. Cost of a picture: proportional to its width. Thread: one.
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
    /// Times rise. A column without a value has a gap there; missing ones at the end are gaps, further ones ignored.
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
    std::size_t m_columns = 0;
};

} // namespace Headroom
