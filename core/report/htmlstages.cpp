// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/report/htmltable.h"
#include "core/report/htmltables.h"

namespace Headroom {

namespace {

QString plannedLoad(const ReportModel &model, std::size_t index)
{
    const RunFacts &facts = model.head.facts;
    if (index >= facts.stages.size())
        return {};
    const RunFacts::Stage &stage = facts.stages[index];
    const auto load = [&](double value) {
        return facts.isOpenModel ? formatRate(Rate::perSecond(value)) : formatNumber(value) + QStringLiteral(" users");
    };
    QString text =
        stage.from == stage.to ? load(stage.from) : load(stage.from) + QStringLiteral(" to ") + load(stage.to);
    text += QStringLiteral(" for ") + formatDuration(stage.length);
    return stage.isWarmUp ? text + QStringLiteral(", warm-up") : text;
}

} // namespace

Html stagesHtml(const ReportModel &model)
{
    HtmlTable table("stages-table",
                    {{"Stage", false},
                     {"Planned", false},
                     {"Requests"},
                     {"Rate"},
                     {"Errors"},
                     {"Rejected"},
                     {"Dropped"},
                     {"p50"},
                     {"p95"},
                     {"p99"},
                     {"Max"}});
    for (std::size_t i = 0; i < model.stages.size(); ++i) {
        const ReportBlock &block = model.stages[i].block;
        const RequestCounts &counts = block.latencies.counts;
        const HdrHistogram &times = block.latencies[LatencyKind::Response];
        const auto quantile = [&](double q) { return quantileHtml(times, q, block.interval(LatencyKind::Response, q)); };
        table.addRow({Html::text(model.stages[i].name), Html::text(plannedLoad(model, i)), countHtml(counts.requests),
                      rateHtml(block.ratePerSecond()), partHtml(counts.errors, counts.requests),
                      partHtml(counts.rejected, counts.requests),
                      partHtml(block.iterations.dropped, block.iterations.planned), quantile(0.50),
                      quantile(0.95), quantile(0.99), timeOf(times, times.max())});
    }
    return table.isEmpty() ? Html() : sectionHtml("stages", "Stages", table.html());
}

Html flowsHtml(const ReportModel &model)
{
    HtmlTable table("flows-table",
                    {{"Flow", false},
                     {"Wanted share"},
                     {"Achieved share"},
                     {"Own rate"},
                     {"Achieved rate"},
                     {"Planned"},
                     {"Started"},
                     {"Completed"},
                     {"Dropped"}});
    for (const ReportModel::FlowShare &flow : model.flows) {
        const Json ownRate = jsonNumber(flow.ownRatePerSecond);
        table.addRow({Html::text(flow.name), shareHtml(flow.intendedShare), shareHtml(flow.achievedShare),
                      numberHtml(ownRate, formatRate(Rate::perSecond(flow.ownRatePerSecond.value_or(0.0)))),
                      rateHtml(flow.achievedPerSecond),
                      countHtml(flow.counts.planned), countHtml(flow.counts.started), countHtml(flow.counts.completed),
                      countHtml(flow.counts.dropped)});
    }
    return table.isEmpty() ? Html() : sectionHtml("flows", "Flows", table.html());
}

} // namespace Headroom
