// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/report/htmlrecords.h"
#include "core/report/htmltable.h"
#include "core/report/htmltables.h"
#include "core/report/textbatches.h"

#include <algorithm>
#include <ranges>

namespace Headroom {

namespace {

constexpr std::size_t kShownBatches = 500;

Html timeOrDash(const std::optional<Nanoseconds> &time)
{
    return time ? timeHtml(*time) : numberHtml(Json::null(), {});
}

Html quantileOf(const BatchFigures::Batch &batch, const std::optional<Nanoseconds> &time, double quantile)
{
    Html html = timeOrDash(time);
    if (time && batch.hasFewSamples(quantile))
        html += fewSamplesHtml();
    return html;
}

HtmlTable batchTable(const BatchFigures &batches)
{
    HtmlTable table("batches-table",
                    {{"Batch"},
                     {"Start"},
                     {"Length"},
                     {"Started"},
                     {"Completed"},
                     {"Rate", true, "Completed iterations for each second of the batch"},
                     {"Requests"},
                     {"Errors"},
                     {"Rejected"},
                     {"p50"},
                     {"p95"},
                     {"Max"}});
    for (const BatchFigures::Batch &batch : batches.each | std::views::take(kShownBatches)) {
        table.addRow({countHtml(std::uint64_t(batch.number)), timeHtml(batch.start), timeHtml(batch.length),
                      countHtml(batch.iterations), countHtml(batch.completed), rateHtml(batch.perSecond()),
                      countHtml(batch.requests), partHtml(batch.errors, batch.requests),
                      partHtml(batch.rejected, batch.requests), quantileOf(batch, batch.p50, 0.50),
                      quantileOf(batch, batch.p95, 0.95), timeOrDash(batch.longest)});
    }
    return table;
}

Html valueHtml(const std::optional<double> &value, const QString &unit)
{
    return numberHtml(jsonNumber(value), probeText(value.value_or(0.0), unit));
}

/// Each series at the barriers: first, lowest, highest, last.
HtmlTable barrierTable(const ReportModel &model)
{
    const std::vector<RunFacts::Series> &series = model.head.facts.series;
    HtmlTable table("barriers-table",
                    {{"At the barriers", false}, {"After the first"}, {"Lowest"}, {"Highest"}, {"After the last"}});
    for (std::size_t i = 0; i < series.size(); ++i) {
        std::vector<double> known;
        for (const BatchFigures::Batch &batch : model.batches.each) {
            if (i < batch.probes.size() && batch.probes[i])
                known.push_back(*batch.probes[i]);
        }
        if (known.empty())
            continue;
        const QString unit = series[i].unit;
        table.addRow({Html::text(series[i].name()), valueHtml(known.front(), unit),
                      valueHtml(std::ranges::min(known), unit), valueHtml(std::ranges::max(known), unit),
                      valueHtml(known.back(), unit)});
    }
    return table;
}

} // namespace

Html batchesHtml(const ReportModel &model)
{
    if (model.batches.isEmpty())
        return {};
    Html html = batchTable(model.batches).html();
    html += noteHtml(batchTotalsText(model.batches));
    if (model.batches.each.size() > kShownBatches)
        html += noteHtml(
            QStringLiteral("And %1 more; the JSON report lists all.").arg(model.batches.each.size() - kShownBatches));
    if (const HtmlTable barriers = barrierTable(model); !barriers.isEmpty())
        html += barriers.html();
    return sectionHtml("batches", "Batches", html);
}

} // namespace Headroom
