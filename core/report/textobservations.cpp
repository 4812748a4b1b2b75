// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/textobservations.h"

#include "core/base/humanformat.h"
#include "core/report/expectedshares.h"
#include "core/report/terminaltext.h"

namespace Headroom {

namespace {

constexpr int kColumns = 100;
constexpr int kNameColumns = 32;
constexpr int kNumberColumns = 11;

QString line(const QString &name, const QStringList &cells)
{
    QString text = leftAligned(name, kNameColumns);
    for (const QString &cell : cells)
        text += rightAligned(cell, kNumberColumns);
    while (text.endsWith(u' '))
        text.chop(1);
    return text;
}

/// Units other than ms stand behind the name: cells have no room for them.
QString valueCell(const std::optional<double> &value, const QString &unit)
{
    const QString shown = unit == u"ms" ? unit : QString();
    return value ? observedText(*value, shown) : QStringLiteral("–");
}

QString nameText(const RunFacts::Observation &what)
{
    const bool isPlain = what.unit.isEmpty() || what.unit == u"ms" || what.unit == what.name;
    const QString name = what.isOfRejections ? what.name + QStringLiteral(" (rejections)") : what.name;
    return cleaned(isPlain ? name : QStringLiteral("%1, in %2").arg(name, what.unit));
}

QString quantileCell(const ObservationFigures::Row &row, double quantile)
{
    const QString text = valueCell(row.sum.quantile(quantile), row.what.unit);
    return row.sum.isEmpty() || row.sum.quantileInterval(quantile).high ? text + u' ' : text + u'*';
}

QString hitText(const ObservationSum &sum)
{
    const auto rate = sum.hitRate();
    if (!rate)
        return QStringLiteral("–");
    QString text = formatShare(*rate);
    const Interval<double> interval = sum.hitRateInterval();
    if (interval.low && interval.high)
        text +=
            QStringLiteral(" (95 % certain: %1 to %2)").arg(formatShare(*interval.low), formatShare(*interval.high));
    return text;
}

QString rowLine(const ObservationFigures::Row &row)
{
    const ObservationCounts &counts = row.sum.counts();
    const QStringList cells{formatCount(counts.count), formatCount(counts.missing)};
    const QString name = nameText(row.what);
    if (row.what.kind == RunFacts::Observation::Kind::Hit)
        return line(name, cells) + QStringLiteral("  hits ") + hitText(row.sum);
    return line(name,
                cells
                    + QStringList{valueCell(row.sum.mean(), row.what.unit), quantileCell(row, 0.50),
                                  quantileCell(row, 0.95), quantileCell(row, 0.99)});
}

QStringList clientLines(const ReportModel &model)
{
    const ObservationSum *server = model.observations.serverTime();
    const HdrHistogram &client = model.measured.latencies[LatencyKind::Service];
    if (!server || client.isEmpty())
        return {};
    QStringList serverCells;
    QStringList clientCells;
    QStringList between;
    for (const double quantile : {0.50, 0.95, 0.99}) {
        const auto told = server->quantile(quantile);
        const double measured = double(client.valueAtQuantile(quantile).count()) / 1e6;
        serverCells << valueCell(told, QStringLiteral("ms"));
        clientCells << valueCell(measured, QStringLiteral("ms"));
        between << (told ? valueCell(measured - *told, QStringLiteral("ms")) : QStringLiteral("–"));
    }
    return {line(QStringLiteral("Server against client"),
                 {QStringLiteral("p50"), QStringLiteral("p95"), QStringLiteral("p99")}),
            line(QStringLiteral("client: service time"), clientCells),
            line(QStringLiteral("server: its own time"), serverCells),
            line(QStringLiteral("network, and waiting before it"), between)};
}

} // namespace

QStringList observationLines(const ReportModel &model)
{
    if (model.observations.rows.empty())
        return {};
    QStringList lines{line(QStringLiteral("What answers say"),
                           {QStringLiteral("answers"), QStringLiteral("missing"), QStringLiteral("mean"),
                            QStringLiteral("p50 "), QStringLiteral("p95 "), QStringLiteral("p99 ")})};
    for (const ObservationFigures::Row &row : model.observations.rows)
        lines += rowLine(row);
    lines += clientLines(model);
    if (const QString dominant = dominantPartText(model.observations); !dominant.isEmpty())
        lines += wrapped(cleaned(dominant), kColumns, 2);
    for (const QString &expected : expectedShareLines(model.observations))
        lines += wrapped(QStringLiteral("  ") + cleaned(expected), kColumns, 4);
    return lines;
}

} // namespace Headroom
