// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace Headroom {

/// What one chart panel shows: lines over the columns of a table of values.
struct ChartSpec
{
    static constexpr QLatin1StringView kQueues{"queues"}; ///< Id of the generator's queues.
    static constexpr QLatin1StringView kHealth{"health"}; ///< Of what is up or down.
    static constexpr QLatin1StringView kCounts{"counts."}; ///< So begin the ids of the charts of probes' counts.

    enum class Unit { Milliseconds, PerSecond, Count, Bytes, Percent, Seconds };
    struct Line
    {
        QString name;
        std::size_t column = 0; ///< Of the board's rows.
        std::size_t color = 0; ///< Theme::line(); beyond its last another stroke too.
        bool isDashed = false; ///< The next stroke, in the same colour.
        bool isShownAtFirst = true;
        std::optional<Unit> unit{}; ///< Of its own, by the axis at the right; nothing: the chart's.
        QString home{}; ///< The chart (by id) that it was added from by hand; empty: this is its own ...
        QString homeName{}; ///< ... and what it is called there.
        bool isAdded() const { return !home.isEmpty(); }
        bool operator==(const Line &) const = default;
    };
    struct Bound ///< A level line, of a rule or of a band.
    {
        double value = 0.0;
        QString text; ///< May be empty.
        std::optional<std::size_t> color{}; ///< As of a line; nothing: that of rules.
        bool isRight = false; ///< By the axis at the right.
        bool operator==(const Bound &) const = default;
    };
    struct Band ///< From one value to another; its edges are bounds besides.
    {
        double low = 0.0, high = 0.0;
        std::optional<std::size_t> color{}; ///< As of a line; nothing: where a rule is met.
        bool isRight = false;
        bool operator==(const Band &) const = default;
    };

    QString id; ///< Stable, for settings and files: "latency".
    QString title;
    Unit unit = Unit::Count;
    bool mayBeLogarithmic = false;
    std::vector<Line> lines;
    std::vector<Bound> bounds;
    std::vector<Band> bands{};

    Unit unitOf(const Line &line) const { return line.unit.value_or(unit); }
    std::optional<Unit> rightUnit() const ///< Of the axis at the right, if any line has one.
    {
        for (const Line &line : lines) {
            if (line.unit)
                return line.unit;
        }
        return std::nullopt;
    }
    bool operator==(const ChartSpec &) const = default;
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
