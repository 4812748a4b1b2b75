// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/report/analysistext.h"
#include "core/report/htmltable.h"
#include "core/report/htmltables.h"

#include <ranges>

namespace Headroom {

namespace {

constexpr std::size_t kShown = 200;

const QString kSegments = QStringLiteral(
    "Stretches of at least 30 s between two changes of the load, without the first 5 s of each; the means are those "
    "of its steady part when it has one. By Little's "
    "law the mean number in flight is the number finished per second times their mean service time; where "
    "the two differ by more than 5 % and one request, a warning says so.");

Html stretchHtml(int from, int end)
{
    return Html::text(formatElapsed(from * 1s) + QStringLiteral(" to ") + formatElapsed(end * 1s));
}

Html loadHtml(double load, bool isOpenModel)
{
    return isOpenModel ? rateHtml(load) : numberHtml(jsonNumber(load), formatNumber(load) + QStringLiteral(" users"));
}

Html plainHtml(double value) { return numberHtml(jsonNumber(value), formatNumber(value)); }

Html millisecondsHtml(const std::optional<double> &value)
{
    return numberHtml(jsonMilliseconds(value), formatRuleValue(value.value_or(0.0), Rule::Unit::Duration));
}

HtmlTable segmentsTable(const ReportModel &model)
{
    HtmlTable table("segments-table",
                    {{"Time", false},
                     {"Stage", false},
                     {"Wanted"},
                     {"Started"},
                     {"Requests"},
                     {"In flight", true, "Mean over time"},
                     {"By Little's law", true, "Finished per second times mean service time"},
                     {"Service", true, "Mean"},
                     {"Response", true, "Mean"},
                     {"Steady", false}});
    for (const Segment &segment : model.segments | std::views::take(kShown))
        table.addRow({stretchHtml(segment.from, segment.end), Html::text(stageName(model.head.facts, segment.stage)),
                      loadHtml(segment.load, model.head.facts.isOpenModel), rateHtml(segment.startedPerSecond),
                      rateHtml(segment.finishedPerSecond), plainHtml(segment.meanInFlight),
                      plainHtml(segment.service.expected), millisecondsHtml(segment.meanServiceMs),
                      millisecondsHtml(segment.meanResponseMs), Html::text(steadyText(segment))});
    return table;
}

HtmlTable crossingsTable(const ReportModel &model)
{
    HtmlTable table("crossings-table",
                    {{"Rule", false},
                     {"Stage", false},
                     {"Wanted", true, "Load when it broke, or the highest that it was judged at"},
                     {"Started"},
                     {"Value", true, "Over the last 10 s"},
                     {"", false}});
    for (const Crossing &crossing : model.crossings | std::views::take(kShown)) {
        const Rule::Unit unit = crossing.rule.unit;
        const Html value = unit == Rule::Unit::Duration
            ? millisecondsHtml(crossing.value)
            : numberHtml(jsonNumber(crossing.value), formatRuleValue(crossing.value, unit));
        table.addRow({Html::element("code", crossing.rule.text),
                      Html::text(stageName(model.head.facts, crossing.stage)),
                      loadHtml(crossing.load, model.head.facts.isOpenModel), rateHtml(crossing.startedPerSecond), value,
                      Html::text(crossingText(crossing, model.head.facts))});
    }
    return table;
}

HtmlTable recoveriesTable(const ReportModel &model)
{
    HtmlTable table("recoveries-table",
                    {{"Overload", false}, {"Stage", false}, {"p95 before"}, {"p95 then"}, {"Back after"}, {"", false}});
    for (const Recovery &recovery : model.recoveries | std::views::take(kShown)) {
        const Json seconds = jsonNumber(recovery.seconds);
        table.addRow({stretchHtml(recovery.from, recovery.end), Html::text(stageName(model.head.facts, recovery.stage)),
                      millisecondsHtml(recovery.levelMs), millisecondsHtml(recovery.lastMs),
                      numberHtml(seconds, recoveryTimeText(recovery.seconds.value_or(0.0))),
                      Html::text(recoveryText(recovery))});
    }
    return table;
}

Html tableHtml(const HtmlTable &table, std::size_t count)
{
    if (table.isEmpty())
        return {};
    Html html = table.html();
    if (count > kShown)
        html += noteHtml(QStringLiteral("And %1 more.").arg(count - kShown));
    return html;
}

} // namespace

Html analysisHtml(const ReportModel &model)
{
    Html segments = tableHtml(segmentsTable(model), model.segments.size());
    if (!segments.isEmpty())
        segments += noteHtml(kSegments);
    Html html = sectionHtml("segments", "Under constant load", segments);
    html += sectionHtml("crossings", "Under rising load", tableHtml(crossingsTable(model), model.crossings.size()));
    html += sectionHtml("recoveries", "After overload", tableHtml(recoveriesTable(model), model.recoveries.size()));
    return html;
}

} // namespace Headroom
