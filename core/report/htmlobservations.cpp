// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlobservations.h"

#include "core/base/humanformat.h"
#include "core/report/htmltable.h"

namespace Headroom {

namespace {

using Row = ObservationFigures::Row;
using Kind = RunFacts::Observation::Kind;

const QString kMs = QStringLiteral("ms");

Html valueHtml(const std::optional<double> &value, const QString &unit)
{
    const Json exact = unit == kMs ? jsonMilliseconds(value) : jsonNumber(value);
    return numberHtml(exact, value ? observedText(*value, unit) : QString());
}

/// In a table that says the unit behind the name.
Html plainHtml(const std::optional<double> &value, const QString &unit)
{
    const Json exact = unit == kMs ? jsonMilliseconds(value) : jsonNumber(value);
    return numberHtml(exact, value ? formatNumber(*value) : QString());
}

Html nameHtml(const RunFacts::Observation &what)
{
    const bool hasUnit = !what.unit.isEmpty() && what.unit != u"count";
    const QString plain = what.isOfRejections ? what.name + QStringLiteral(" (rejections)") : what.name;
    const QString name = hasUnit ? QStringLiteral("%1, %2").arg(plain, what.unit) : plain;
    return Html::element("span", name, {{"class", QStringLiteral("whole")}});
}

Html quantileHtml(const Row &row, double quantile)
{
    Html html = plainHtml(row.sum.quantile(quantile), row.what.unit);
    if (row.sum.isEmpty())
        return html;
    const Interval<double> interval = row.sum.quantileInterval(quantile);
    if (!interval.high)
        html += fewSamplesHtml();
    if (!interval.low && !interval.high)
        return html;
    Html ends = interval.low ? plainHtml(interval.low, row.what.unit) : Html::text(QStringLiteral("open"));
    ends += Html::text(QStringLiteral(" to "));
    ends += interval.high ? plainHtml(interval.high, row.what.unit) : Html::text(QStringLiteral("open"));
    html += Html::element("div", ends, {{"class", QStringLiteral("note")}});
    return html;
}

QString kindText(Kind kind)
{
    switch (kind) {
    case Kind::Hit:
        return QStringLiteral("share of hits");
    case Kind::Value:
        return QStringLiteral("value");
    case Kind::Part:
        return QStringLiteral("part");
    case Kind::ServerTime:
        return QStringLiteral("server time");
    }
    return {};
}

Html hitsTable(const ObservationFigures &figures)
{
    HtmlTable table("hits-table",
                    {{"Share of hits", false},
                     {"Answers"},
                     {"Missing", true, "Answers that it could not be told of"},
                     {"Hits"},
                     {"Hit rate"}});
    for (const Row &row : figures.rows) {
        if (row.what.kind != Kind::Hit)
            continue;
        const ObservationCounts &counts = row.sum.counts();
        Html rate = shareHtml(row.sum.hitRate());
        rate += intervalHtml(row.sum.hitRateInterval());
        table.addRow({nameHtml(row.what), countHtml(counts.count), countHtml(counts.missing),
                      countHtml(counts.hits), rate});
    }
    return table.isEmpty() ? Html() : table.html();
}

Html valuesTable(const ObservationFigures &figures)
{
    HtmlTable table("values-table",
                    {{"Value", false},
                     {"What it is", false},
                     {"Answers"},
                     {"Missing", true, "Answers that should have had it"},
                     {"Mean"},
                     {"Min"},
                     {"p50"},
                     {"p95"},
                     {"p99"},
                     {"Max"}});
    for (const Row &row : figures.rows) {
        if (row.what.kind == Kind::Hit)
            continue;
        const ObservationCounts &counts = row.sum.counts();
        const QString &unit = row.what.unit;
        table.addRow({nameHtml(row.what), Html::text(kindText(row.what.kind)), countHtml(counts.count),
                      countHtml(counts.missing), plainHtml(row.sum.mean(), unit), plainHtml(row.sum.min(), unit),
                      quantileHtml(row, 0.50), quantileHtml(row, 0.95), quantileHtml(row, 0.99),
                      plainHtml(row.sum.max(), unit)});
    }
    return table.isEmpty() ? Html() : table.html();
}

void addAgainst(HtmlTable &table, const char *name, std::optional<double> server, double client)
{
    const auto difference = server.transform([client](double told) { return client - told; });
    table.addRow({Html::text(QString::fromUtf8(name)), valueHtml(server, kMs), valueHtml(client, kMs),
                  valueHtml(difference, kMs)});
}

Html clientTable(const ReportModel &model)
{
    const ObservationSum *server = model.observations.serverTime();
    const HdrHistogram &client = model.measured.latencies[LatencyKind::Service];
    if (!server || client.isEmpty())
        return {};
    HtmlTable table("server-table",
                    {{"Server time against client time", false},
                     {"Server", true, "What it says it took"},
                     {"Client", true, "Service time: from the send to the last byte"},
                     {"Difference", true, "Network, and waiting before the server began to count"}});
    addAgainst(table, "mean", server->mean(), client.meanNanoseconds() / 1e6);
    for (const auto &[name, quantile] : {std::pair("p50", 0.50), std::pair("p95", 0.95), std::pair("p99", 0.99)})
        addAgainst(table, name, server->quantile(quantile), double(client.valueAtQuantile(quantile).count()) / 1e6);
    Html html = table.html();
    html += noteHtml(
        QStringLiteral("The difference is the network, and the wait for the server to begin: a queue in front "
                       "of it. Percentiles are of each side by itself, so their difference is no percentile."));
    return html;
}

} // namespace

Html observationsHtml(const ReportModel &model)
{
    Html html = hitsTable(model.observations);
    html += valuesTable(model.observations);
    html += clientTable(model);
    html += serverPartsHtml(model);
    return sectionHtml("observations", "What answers say", html);
}

} // namespace Headroom
