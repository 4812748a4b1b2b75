// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progressprinter.h"

#include "app/cli/console.h"
#include "core/base/humanformat.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace Headroom {

namespace {

constexpr int kLinesPerHeading = 20;
constexpr double kQuantiles[] = {0.50, 0.95, 0.99};

double perSecond(std::uint64_t count, Nanoseconds length)
{
    return length > 0ns ? double(count) * 1e9 / double(length.count()) : 0.0;
}

QString latencyText(std::optional<Nanoseconds> latency)
{
    return latency ? formatDuration(*latency) : QStringLiteral("-");
}

QJsonValue milliseconds(std::optional<Nanoseconds> latency)
{
    return latency ? QJsonValue(double(latency->count()) / 1e6) : QJsonValue(QJsonValue::Null);
}

void printLine(const QString &line)
{
    fprintf(stderr, "%s\n", terminalSafe(line).toUtf8().constData());
}

} // namespace

std::optional<ProgressPrinter::Style> ProgressPrinter::styleNamed(const QString &name)
{
    if (name == QLatin1String("auto") || name == QLatin1String("plain"))
        return Style::Plain;
    if (name == QLatin1String("json"))
        return Style::Json;
    if (name == QLatin1String("none"))
        return Style::None;
    return std::nullopt;
}

ProgressPrinter::ProgressPrinter(Style style, MetricsSource &source)
    : m_style(style)
    , m_window(10s)
{
    if (m_style == Style::None)
        return;
    connect(&source, &MetricsSource::frameReady, this, [this](const FramePtr &frame) { printFrame(*frame); });
    connect(&source, &MetricsSource::eventHappened, this, &ProgressPrinter::printEvent);
}

void ProgressPrinter::printFrame(const MetricsFrame &frame)
{
    m_window.add(frame);
    // The last frame is short; what ended in it is not a rate of its own.
    const double achieved = perSecond(frame.iterations().completed, std::max<Nanoseconds>(frame.length, 1s));
    const RequestCounts requests = frame.requests();
    std::optional<Nanoseconds> latencies[3];
    for (int i = 0; i < 3; ++i)
        latencies[i] = m_window.quantile(LatencyKind::Response, kQuantiles[i]);
    const Nanoseconds end = frame.second * 1s + frame.length;
    if (m_style == Style::Json) {
        const QJsonObject line{
            {QStringLiteral("t_s"), double(end.count()) / 1e9}, {QStringLiteral("offered_per_s"), frame.offeredPerSecond},
            {QStringLiteral("achieved_per_s"), achieved}, {QStringLiteral("in_flight"), qint64(frame.inFlight)},
            {QStringLiteral("backlog"), qint64(frame.backlog)}, {QStringLiteral("p50_ms"), milliseconds(latencies[0])},
            {QStringLiteral("p95_ms"), milliseconds(latencies[1])}, {QStringLiteral("p99_ms"), milliseconds(latencies[2])},
            {QStringLiteral("errors"), qint64(requests.errors)}, {QStringLiteral("rejected"), qint64(requests.rejected)}};
        printOut(QString::fromUtf8(QJsonDocument(line).toJson(QJsonDocument::Compact)));
        return;
    }
    if (m_lines++ % kLinesPerHeading == 0)
        printLine(QStringLiteral("    time   offered  achieved  in flight  backlog        p50        p95        p99  errors"));
    printLine(QStringLiteral("%1 %2 %3 %4 %5 %6 %7 %8 %9")
                  .arg(formatElapsed(end), 8).arg(formatNumber(frame.offeredPerSecond) + QStringLiteral("/s"), 9)
                  .arg(formatNumber(achieved) + QStringLiteral("/s"), 9).arg(frame.inFlight, 10).arg(frame.backlog, 8)
                  .arg(latencyText(latencies[0]), 10).arg(latencyText(latencies[1]), 10).arg(latencyText(latencies[2]), 10)
                  .arg(requests.errors, 7));
}

void ProgressPrinter::printEvent(const RunEvent &event) const
{
    if (m_style == Style::Plain)
        printLine(QStringLiteral("%1 - %2").arg(formatElapsed(std::max(0ns, event.at)), 8).arg(event.text));
}

} // namespace Headroom
