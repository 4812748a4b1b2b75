// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlmemory.h"

#include "core/base/humanformat.h"
#include "core/report/htmltable.h"
#include "core/report/memorypicture.h"
#include "core/report/textmemory.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

using Verdict = LeakFinding::Verdict;

constexpr std::size_t kMostPictures = 12; // a hostile session could hold thousands of series

Html noneHtml() { return numberHtml(Json::null(), QString()); }

/// Of a size the value is that of the JSON report, in MB.
Html sizeHtml(const std::optional<double> &bytes)
{
    return bytes ? numberHtml(jsonNumber(*bytes / 1e6), formatBytes(*bytes)) : noneHtml();
}

Html endsHtml(const Interval<double> &interval)
{
    if (!interval.low && !interval.high)
        return {};
    const auto end = [](const std::optional<double> &bytes) {
        return bytes ? sizeHtml(bytes) : Html::text(QStringLiteral("open"));
    };
    Html ends = end(interval.low);
    ends += Html::text(QStringLiteral(" to "));
    ends += end(interval.high);
    return Html::element("div", ends, {{"class", QStringLiteral("note")}});
}

Html estimateHtml(const std::optional<MemoryFigure::Estimate> &estimate)
{
    if (!estimate)
        return noneHtml();
    Html html = sizeHtml(estimate->value);
    html += endsHtml(estimate->interval);
    return html;
}

Html limitHtml(const MemoryFigure &figure)
{
    Html html = sizeHtml(figure.limitBytes);
    if (!figure.limitBytes)
        return html;
    const QString from = figure.limitRule.isEmpty() ? QStringLiteral("this machine") : figure.limitRule;
    html += Html::element("div", from, {{"class", QStringLiteral("note")}});
    return html;
}

Html verdictHtml(const MemoryFigure &figure)
{
    Html html = Html::element("strong", leakVerdictText(figure.finding.verdict));
    QString reason = figure.finding.reason;
    if (figure.restartedAt)
        reason = QStringLiteral("since its restart at %1 ").arg(formatElapsed(*figure.restartedAt * 1s)) + reason;
    if (const QString limit = timeToLimitText(figure); !limit.isEmpty())
        reason += QStringLiteral("; ") + limit;
    html += Html::element("div", reason, {{"class", QStringLiteral("note")}});
    return html;
}

Html tableHtml(const ReportModel &model)
{
    HtmlTable table("memory-table",
                    {{"Series", false},
                     {"Verdict", false},
                     {"Baseline", true, "Median of the first tenth of its values"},
                     {"Final", true, "Median of the last tenth"},
                     {"Peak"},
                     {"Growth"},
                     {"Limit", true, "Lowest that a rule gives; else of a process all memory of this machine"},
                     {"Per hour", true, "Slope of the trend by Theil and Sen, with its 95 % interval"},
                     {"Per 1,000 requests", true, "The same for finished requests"}});
    for (const MemoryFigure &figure : model.memory) {
        const LeakFinding &finding = figure.finding;
        const auto hour = figure.samples > 1 ? std::optional(figure.perHour()) : std::nullopt;
        Html growth = sizeHtml(finding.growth());
        if (const auto share = finding.growthShare())
            growth += Html::element("div", formatShare(*share), {{"class", QStringLiteral("note")}});
        table.addRow({Html::text(model.head.facts.series[figure.series].name()), verdictHtml(figure),
                      sizeHtml(finding.baseline), sizeHtml(finding.final), sizeHtml(finding.peak), growth,
                      limitHtml(figure), estimateHtml(hour), estimateHtml(figure.perThousand)});
    }
    return table.html();
}

Html valueHtml(const std::optional<double> &value, const QString &shown)
{
    return value ? numberHtml(jsonNumber(*value), shown) : noneHtml();
}

Html useTime(const std::optional<double> &seconds)
{
    constexpr double kLongest = 1e9; // what a session says may be anything
    if (!seconds)
        return noneHtml();
    const auto shown = Nanoseconds(std::llround(std::clamp(*seconds, -kLongest, kLongest) * 1e9));
    return numberHtml(jsonNumber(*seconds), formatDuration(shown));
}

Html useBytes(const std::optional<double> &bytes) { return valueHtml(bytes, bytes ? formatBytes(*bytes) : QString()); }

} // namespace

Html memoryHtml(const ReportModel &model)
{
    if (model.memory.empty())
        return {};
    Html html = tableHtml(model);
    html +=
        noteHtml(QStringLiteral("A leak rises beyond chance from the beginning to the end, its last third by itself "
                                "included, and by 1 % or 10 MB at least. What a garbage collector gives back by "
                                "turns is judged by its lowest values."));
    const std::size_t shown = std::min(model.memory.size(), kMostPictures);
    for (std::size_t i = 0; i < shown; ++i)
        html += memoryPicture(model, model.memory[i]);
    return sectionHtml("memory", "Memory", html);
}

Html resourcesHtml(const ReportModel &model)
{
    if (model.resources.empty())
        return {};
    HtmlTable table("resources-table",
                    {{"For each request", false},
                     {"Requests"},
                     {"Processor time", true, "Of one core"},
                     {"Requests/s per core", true, "Rate / cores at work"},
                     {"Memory", true, "Held for a second"},
                     {"Read", true, "Bytes from storage"},
                     {"Written", true, "Bytes to storage"}});
    for (const ResourceUse &use : model.resources) {
        const auto rate = use.requestsPerCoreSecond();
        Html name = Html::text(use.probe);
        if (use.isMachine)
            name += Html::element("div", QStringLiteral("the whole machine, Headroom included"),
                                  {{"class", QStringLiteral("note")}});
        table.addRow({name, countHtml(use.requests), useTime(use.cpuSecondsPerRequest()),
                      valueHtml(rate, rate ? formatNumber(*rate) : QString()),
                      use.memoryPerRequest ? sizeHtml(use.memoryPerRequest) : noneHtml(), useBytes(use.readPerRequest),
                      useBytes(use.writtenPerRequest)});
    }
    Html html = table.html();
    const RequestCounts &counts = model.measured.latencies.counts;
    const double requests = double(counts.requests);
    if (counts.requests > 0)
        html += noteHtml(
            QStringLiteral("In the mean a request sends %1 and receives %2, bodies alone.")
                .arg(formatBytes(double(counts.bytesOut) / requests), formatBytes(double(counts.bytesIn) / requests)));
    return sectionHtml("resources", "Resources", html);
}

} // namespace Headroom
