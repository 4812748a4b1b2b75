// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <span>

#include <optional>
#include <vector>

namespace Headroom {

/// A chart over time, thinned: what its picture and its data are made of.
struct HtmlChart
{
    enum class Unit { Milliseconds, PerSecond, Count, Bytes, Percent };
    using Values = std::vector<std::optional<double>>; ///< One for each slice; nothing is a gap.
    struct Line
    {
        QString name;
        bool isBroad = false; ///< Broad and pale, below the others: what was wanted.
        Values values;
        std::optional<std::size_t> series{}; ///< Index into RunFacts::series, of a probe.
    };
    struct Bound ///< Of a rule, over the time it was judged.
    {
        double value = 0.0;
        double from = 0.0;
        double to = 0.0;
        QString text;
        bool isShown = true; ///< Not when it is so far above the lines that it would press them flat.
    };

    QString id; ///< Of the letters of an HTML id.
    QString title;
    const char *remark = ""; ///< What is shown, in a sentence.
    Unit unit = Unit::Count;
    std::vector<Line> lines;
    std::vector<Bound> bounds;

    double peak() const; ///< Highest value of all lines; 0 without any.
};

/// Stage borders and what was done to the run, on the time axis of all charts.
struct HtmlMark
{
    double time = 0.0; ///< Seconds since the start.
    QString text;
    bool isStage = false;
    bool isWarmUp = false; ///< Of a stage.
};

/// Seconds that are drawn as one point. Rates are means of them; times, queues and sizes the highest, so no peak is
/// lost.
struct HtmlSlice
{
    int second = 0; ///< Where it starts.
    std::size_t begin = 0; ///< Rows of ReportModel::series ...
    std::size_t end = 0; ///< ... none of them: a gap.
};

/// At most `points` slices of equal length that cover the run; one stands for each hole in it, whatever its length.
std::vector<HtmlSlice> slicesOf(std::span<const ReportModel::SeriesRow> rows, std::size_t points);
/// Seconds of a slice.
int sliceLength(std::span<const ReportModel::SeriesRow> rows, std::size_t points);

/// The charts of a run; those without lines are left out.
std::vector<HtmlChart> chartsOf(const ReportModel &model, const std::vector<HtmlSlice> &slices);
/// Adds the bounds of the rules that a chart shows for all steps or for one of its series.
void addBounds(HtmlChart &chart, const ReportModel &model);
std::vector<HtmlMark> marksOf(const ReportModel &model);

} // namespace Headroom
