// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmltables.h"

#include "core/base/humanformat.h"
#include "core/report/htmltimes.h"

#include <QStringList>

namespace Headroom {

namespace {

const QString kMeasured =
    QStringLiteral("Measured: without warm-up stages and without what was finished after the last planned start.");
const QString kIntervals =
    QStringLiteral("Below a percentile, and below the errors: where the true value lies with 95 % certainty, widened as far "
                   "as requests of one time resemble each other. * few samples: open above, the true percentile may be "
                   "far higher.");

Html errorsHtml(const ReportBlock &block)
{
    Html html = partHtml(block.latencies.counts.errors, block.latencies.counts.requests);
    html += intervalHtml(block.errorInterval());
    return html;
}

std::vector<Html> totalsRow(const char *name, const ReportBlock &block)
{
    const RequestCounts &counts = block.latencies.counts;
    return {Html::text(QString::fromUtf8(name)),
            secondsHtml(block.lengthSeconds),
            countHtml(counts.requests),
            rateHtml(block.ratePerSecond()),
            countHtml(block.iterations.completed),
            errorsHtml(block),
            partHtml(counts.rejected, counts.requests),
            partHtml(block.iterations.dropped, block.iterations.planned),
            countHtml(counts.resends),
            countHtml(counts.redirects),
            bytesHtml(counts.bytesIn),
            bytesHtml(counts.bytesOut)};
}

QString statuses(const RequestCounts &counts)
{
    QStringList parts;
    for (const auto &[code, count] : counts.byStatus)
        parts += QStringLiteral("%1: %2").arg(code).arg(formatCount(count));
    return parts.isEmpty() ? QStringLiteral("–") : parts.join(QStringLiteral(", "));
}

std::vector<Html> countsRow(const Html &name, const ReportBlock &block)
{
    const RequestCounts &counts = block.latencies.counts;
    return {name,
            countHtml(counts.requests),
            rateHtml(block.ratePerSecond()),
            errorsHtml(block),
            partHtml(counts.rejected, counts.requests),
            bytesHtml(counts.bytesIn),
            bytesHtml(counts.bytesOut),
            Html::text(statuses(counts))};
}

std::vector<Html> latencyRow(const QString &name, const ReportBlock &block, LatencyKind kind)
{
    return estimatedRow(name, block.latencies[kind], [&](double quantile) { return block.interval(kind, quantile); });
}

Html stepNameHtml(const ReportModel &model, std::size_t index)
{
    const RunFacts::Step &step = model.head.facts.steps[index];
    const QString request = step.method + QLatin1Char(' ') + step.path;
    Html html = Html::text(model.steps[index].name);
    html += Html::element("div", request, {{"class", QStringLiteral("note")}});
    return html;
}

HtmlTable stepTimes(const char *id, const ReportModel &model, LatencyKind kind)
{
    HtmlTable table = timesTable(id, "Step");
    for (const ReportModel::NamedBlock &step : model.steps)
        table.addRow(latencyRow(step.name, step.block, kind));
    table.addRow(latencyRow(QStringLiteral("All steps"), model.measured, kind), "sum");
    return table;
}

/// Of the steps that had some.
HtmlTable rejectionTimes(const ReportModel &model)
{
    HtmlTable table = timesTable("rejected-table", "Step");
    for (const ReportModel::NamedBlock &step : model.steps) {
        if (step.block.latencies.counts.rejected > 0)
            table.addRow(latencyRow(step.name, step.block, LatencyKind::Rejected));
    }
    return table;
}

Html titled(const char *title, const HtmlTable &table)
{
    Html html = Html::element("h3", QString::fromUtf8(title));
    html += table.html();
    return html;
}

QString usedText(const ReportModel::Health &health)
{
    const QString ceiling = health.ceilingPerSecond
        ? QStringLiteral("Its busiest thread can do about %1 requests of this kind at most.")
              .arg(formatRate(Rate::perSecond(*health.ceilingPerSecond)))
        : QStringLiteral("It did too little to tell how much it can do at most.");
    const QString limit = health.descriptorLimit > 0
        ? QStringLiteral(" of %1").arg(formatCount(health.descriptorLimit))
        : QString();
    return ceiling
        + QStringLiteral(" Its threads waited %1 for a processor, summed. At most %2 connections and %3%4 descriptors "
                         "were open.")
              .arg(formatDuration(Nanoseconds(qint64(health.waitSeconds * 1e9))), formatCount(health.mostConnections),
                   formatCount(health.mostDescriptors), limit);
}

} // namespace

Html totalsHtml(const ReportModel &model)
{
    HtmlTable table("totals-table",
                    {{"", false},
                     {"Length"},
                     {"Requests"},
                     {"Rate"},
                     {"Iterations"},
                     {"Errors"},
                     {"Rejected"},
                     {"Dropped"},
                     {"Resends"},
                     {"Redirects"},
                     {"Received"},
                     {"Sent"}});
    table.addRow(totalsRow("Total", model.totals));
    table.addRow(totalsRow("Measured", model.measured));
    Html html = table.html();
    html += noteHtml(kMeasured);
    return sectionHtml("totals", "Totals", html);
}

Html stepsHtml(const ReportModel &model)
{
    HtmlTable counts(
        "steps-table",
        {{"Step", false}, {"Requests"}, {"Rate"}, {"Errors"}, {"Rejected"}, {"Received"}, {"Sent"}, {"Status: count"}});
    for (std::size_t i = 0; i < model.steps.size(); ++i)
        counts.addRow(countsRow(stepNameHtml(model, i), model.steps[i].block));
    counts.addRow(countsRow(Html::text(QStringLiteral("All steps")), model.measured), "sum");
    Html html = counts.html();
    html += titled("Response time: from when the plan wanted the request",
                   stepTimes("response-table", model, LatencyKind::Response));
    html +=
        titled("Service time: from when the request was sent", stepTimes("service-table", model, LatencyKind::Service));
    if (const HtmlTable rejections = rejectionTimes(model); !rejections.isEmpty())
        html += titled("Rejections: from when the plan wanted the request to its 429 or 503", rejections);
    html += noteHtml(kIntervals);
    return sectionHtml("steps", "Steps", html);
}

Html healthHtml(const ReportModel &model)
{
    const ReportModel::Health &health = model.health;
    HtmlTable table = timesTable("health-table", "Lateness");
    table.addRow(lagRow("Of sends", health.sendLag));
    table.addRow(lagRow("Of event loops", health.loopLag));
    Html html = table.html();
    const QString cpu = health.cpuMicrosecondsPerRequest
        ? formatNumber(*health.cpuMicrosecondsPerRequest) + QStringLiteral(" µs of processor time a request; ")
        : QString();
    html += noteHtml(cpu
                     + QStringLiteral("the generator was the limit in %1 of %2 measured seconds.")
                           .arg(model.validity.generatorLimitedSeconds)
                           .arg(model.validity.measuredSeconds));
    html += noteHtml(usedText(health));
    return sectionHtml("health", "The generator's own health", html);
}

} // namespace Headroom
