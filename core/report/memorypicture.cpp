// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/memorypicture.h"

#include "core/report/htmlcharts.h"
#include "core/report/htmlpicture.h"
#include "core/report/textmemory.h"

#include <algorithm>

namespace Headroom {

namespace {

using Slices = std::vector<HtmlSlice>;

HtmlChart::Line lineOf(const QString &name, bool isBroad, const Slices &slices, auto valueAt)
{
    HtmlChart::Line line{name, isBroad, {}};
    for (const HtmlSlice &slice : slices)
        line.values.push_back(valueAt(slice));
    return line;
}

HtmlChart::Line measuredLine(const ReportModel &model, std::size_t series, const Slices &slices)
{
    return lineOf(QStringLiteral("memory"), false, slices, [&](const HtmlSlice &slice) {
        std::optional<double> highest;
        for (std::size_t row = slice.begin; row < slice.end; ++row)
            highest = std::max(highest, model.series[row].probes[series]); // nothing is less than all
        return highest;
    });
}

/// A line over the seconds that were judged.
HtmlChart::Line judgedLine(const MemoryFigure &figure, const QString &name, bool isBroad, const Slices &slices,
                           auto valueAt)
{
    return lineOf(name, isBroad, slices, [&](const HtmlSlice &slice) {
        const double second = slice.second;
        const bool isJudged = second >= figure.fromSeconds && second <= figure.toSeconds;
        return isJudged ? std::optional<double>(valueAt(second)) : std::nullopt;
    });
}

HtmlChart chartOf(const ReportModel &model, const MemoryFigure &figure, const Slices &slices)
{
    const LeakFinding &finding = figure.finding;
    const MemoryFigure::Estimate slope = figure.perHour();
    HtmlChart chart{"memory", "Memory", "", HtmlChart::Unit::Bytes, {}, {}};
    const auto add = [&](const QString &name, bool isBroad, auto valueAt) {
        chart.lines.push_back(judgedLine(figure, name, isBroad, slices, valueAt));
    };
    const auto addSlope = [&](const QString &name, bool isBroad, double perHour) {
        add(name, isBroad, [&figure, perHour](double second) { return figure.trendAt(second, perHour); });
    };
    addSlope(QStringLiteral("trend"), true, slope.value);
    add(QStringLiteral("baseline"), false, [&](double) { return finding.baseline; });
    add(QStringLiteral("peak"), false, [&](double) { return finding.peak; });
    if (slope.interval.low && slope.interval.high) {
        addSlope(QStringLiteral("trend at least"), false, *slope.interval.low);
        addSlope(QStringLiteral("trend at most"), false, *slope.interval.high);
    }
    chart.lines.push_back(measuredLine(model, figure.series, slices)); // above the others
    constexpr double kFarAbove = 1.5; // of the peak: a limit that high would press the lines flat
    if (figure.limitBytes && !figure.limitRule.isEmpty())
        chart.bounds.push_back({*figure.limitBytes, figure.fromSeconds, figure.toSeconds, figure.limitRule,
                                *figure.limitBytes <= kFarAbove * finding.peak});
    return chart;
}

} // namespace

Html memoryPicture(const ReportModel &model, const MemoryFigure &figure)
{
    const Slices slices = slicesOf(drawnRows(model.series), kPicturePoints);
    if (slices.empty())
        return {};
    const HtmlChart chart = chartOf(model, figure, slices);
    Html caption = Html::element("strong", model.head.facts.series[figure.series].name());
    caption += Html::element("span", memoryText(figure), {{"class", QStringLiteral("note")}});
    Html content = Html::element("figcaption", caption);
    content += legendHtml(chart);
    content += pictureHtml(chart, slices, {}, model.lengthSeconds);
    return Html::element("figure", content, {{"class", QStringLiteral("chart memory")}});
}

} // namespace Headroom
