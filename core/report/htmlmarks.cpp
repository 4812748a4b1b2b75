// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlchart.h"
#include "core/report/marktext.h"
#include "core/rules/ruleedges.h"

#include <algorithm>

namespace Headroom {

namespace {

using Unit = HtmlChart::Unit;

constexpr double kMostBoundOfPeak = 3.0;
constexpr std::size_t kMostMarks = 200; // more are no marks any more; the table of events holds them

/// Whether a line of the chart stands for what a rule judges.
bool shows(const HtmlChart &chart, const Rule &rule, const RunFacts &facts)
{
    constexpr double kDrawn[] = {0.50, 0.95, 0.99};
    if (rule.metric == Rule::Metric::Quantile && rule.selector.isEmpty() && std::ranges::contains(kDrawn, rule.quantile))
        return chart.id == (rule.isServiceTime ? u"service" : u"response");
    if (rule.metric == Rule::Metric::NetworkQuantile && rule.part == Rule::NetworkPart::FirstByte && rule.quantile == 0.95)
        return chart.id == u"service";
    if (rule.metric == Rule::Metric::Throughput && rule.selector.isEmpty())
        return chart.id == u"load";
    return isSeriesLevel(rule.metric) && std::ranges::any_of(chart.lines, [&](const HtmlChart::Line &line) {
        return line.series && facts.series[*line.series].name() == rule.selector;
    });
}

// The event names the stage in a sentence; on the axis there is room for the name.
HtmlMark stageMark(const RunEvent &event, const RunFacts &facts)
{
    HtmlMark mark{double(event.at.count()) / 1e9, event.text, true, false};
    for (const RunFacts::Stage &stage : facts.stages) {
        const bool isIt = event.text == QStringLiteral("stage '%1' begins").arg(stage.name) || stage.start == event.at;
        if (isIt && !stage.name.isEmpty()) {
            mark.text = stage.name;
            mark.isWarmUp = stage.isWarmUp;
            break;
        }
    }
    return mark;
}

} // namespace

void addBounds(HtmlChart &chart, const ReportModel &model)
{
    const double highest = kMostBoundOfPeak * chart.peak();
    for (const RuleResult &result : model.rules) {
        const Rule &rule = result.rule;
        if (!shows(chart, rule, model.head.facts))
            continue;
        const bool isShareOfPercent = rule.unit == Rule::Unit::Share && chart.unit == Unit::Percent;
        const double scale = isShareOfPercent ? 100.0 : 1.0;
        const bool hasWindow = result.windowEndSeconds > result.windowStartSeconds;
        const double end = hasWindow ? result.windowEndSeconds : model.lengthSeconds;
        const auto add = [&](double value, const QString &text) {
            chart.bounds.push_back({value, result.windowStartSeconds, end, text, value <= highest});
        };
        const RuleEdges edges = ruleEdges(rule);
        add(rule.bound * scale, edges.lower);
        if (rule.comparison == Rule::Comparison::Between)
            add(rule.upperBound * scale, edges.upper);
    }
}

std::vector<HtmlMark> marksOf(const ReportModel &model)
{
    std::vector<HtmlMark> marks;
    std::size_t others = 0; // stages are always marked
    for (const RunEvent &event : model.events) {
        if (event.kind == QLatin1String("stage"))
            marks.push_back(stageMark(event, model.head.facts));
        else if (event.at >= 0ns && ++others <= kMostMarks)
            marks.push_back({double(event.at.count()) / 1e9, markText(event), false, false});
    }
    return marks;
}

} // namespace Headroom
