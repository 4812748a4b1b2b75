// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstddef>
#include <vector>

namespace Headroom {

/// What one chart panel shows: lines over the columns of a table of values.
struct ChartSpec
{
    enum class Unit { Milliseconds, PerSecond, Count, Bytes, Percent };
    struct Line
    {
        QString name;
        std::size_t column = 0; ///< Of the board's rows.
        std::size_t color = 0; ///< Theme::line().
        bool isDashed = false;
        bool isShownAtFirst = true;
    };
    struct Bound ///< Of a rule: a level line.
    {
        double value = 0.0;
        QString text;
    };

    QString id; ///< Stable, for settings and files: "latency".
    QString title;
    Unit unit = Unit::Count;
    bool mayBeLogarithmic = false;
    std::vector<Line> lines;
    std::vector<Bound> bounds;
};

/// Something worth a mark on the time axis of all charts.
struct ChartMark
{
    enum class Kind { Stage, Change, Problem };
    double time = 0.0; ///< Seconds since the start of the run.
    Kind kind = Kind::Stage;
    QString text;
};

} // namespace Headroom
