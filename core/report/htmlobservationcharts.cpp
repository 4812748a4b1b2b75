// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlobservations.h"

namespace Headroom {

namespace {

using Kind = RunFacts::Observation::Kind;

constexpr std::size_t kMostLines = 40; // nobody tells more apart, and a hostile session could hold thousands

bool isTime(const RunFacts::Observation &what) { return what.kind == Kind::ServerTime || what.kind == Kind::Part; }

/// Shares and means of all answers of each slice.
HtmlChart::Line lineOf(const ReportModel &model, std::size_t index, const std::vector<HtmlSlice> &slices)
{
    const RunFacts::Observation &what = model.head.facts.observations[index];
    const double factor = what.kind == Kind::Hit ? 100.0 : 1.0;
    HtmlChart::Line line{what.name, false, {}};
    for (const HtmlSlice &slice : slices) {
        ObservedSecond sum;
        for (std::size_t row = slice.begin; row < slice.end; ++row)
            sum += model.series[row].observations[index];
        const auto level = levelOf(sum, what.kind);
        line.values.push_back(level ? std::optional(*level * factor) : std::nullopt);
    }
    return line;
}

template <typename IsShown>
void addChart(std::vector<HtmlChart> &charts, HtmlChart chart, const ReportModel &model,
              const std::vector<HtmlSlice> &slices, IsShown isShown)
{
    const std::vector<RunFacts::Observation> &observations = model.head.facts.observations;
    for (std::size_t i = 0; i < observations.size() && chart.lines.size() < kMostLines; ++i) {
        if (isShown(observations[i]))
            chart.lines.push_back(lineOf(model, i, slices));
    }
    if (!chart.lines.empty())
        charts.push_back(std::move(chart));
}

} // namespace

void addObservationCharts(std::vector<HtmlChart> &charts, const ReportModel &model,
                          const std::vector<HtmlSlice> &slices)
{
    if (slices.empty())
        return;
    using enum HtmlChart::Unit;
    addChart(charts,
             {"server", "Server's own time", "What answers say they took; mean of each second.", Milliseconds, {}, {}},
             model, slices, isTime);
    addChart(charts, {"hits", "Hits", "Share of the answers of each second.", Percent, {}, {}}, model, slices,
             [](const auto &what) { return what.kind == Kind::Hit; });
    addChart(charts, {"values", "Values of answers", "Mean of each second.", Count, {}, {}}, model, slices,
             [](const auto &what) { return what.kind == Kind::Value; });
}

} // namespace Headroom
