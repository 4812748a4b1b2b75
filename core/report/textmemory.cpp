// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/textmemory.h"

#include "core/base/humanformat.h"
#include "core/report/terminaltext.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr int kColumns = 100;
constexpr int kIndent = 4;

QString secondsText(double seconds)
{
    constexpr double kLongest = 1e9; // what a session says may be anything
    return formatDuration(Nanoseconds(std::llround(std::clamp(seconds, -kLongest, kLongest) * 1e9)));
}

/// In lines of at most kColumns; the first stands in by `by`, the others by kIndent.
QString indented(const QString &text, int by) { return QString(by, u' ') + wrapped(text, kColumns - by, kIndent); }

QString detailText(const MemoryFigure &figure)
{
    QString text = figure.finding.reason;
    if (figure.restartedAt)
        text = QStringLiteral("since its restart at %1 ").arg(formatElapsed(*figure.restartedAt * 1s)) + text;
    if (figure.finding.verdict != LeakFinding::Verdict::Leak)
        return text;
    text += QStringLiteral("; ") + estimateText(figure.perHour(), QStringLiteral("/h"));
    if (figure.perThousand)
        text +=
            QStringLiteral(", ") + estimateText({figure.perThousand->value, {}}, QStringLiteral(" for 1,000 requests"));
    if (const QString limit = timeToLimitText(figure); !limit.isEmpty())
        text += QStringLiteral("; ") + limit;
    return text;
}

/// What the bodies of a request and of its answer hold in the mean.
QString bodiesText(const RequestCounts &counts)
{
    const auto mean = [&](std::uint64_t bytes) { return formatBytes(double(bytes) / double(counts.requests)); };
    return counts.requests > 0
        ? QStringLiteral(": %1 sent, %2 received").arg(mean(counts.bytesOut), mean(counts.bytesIn))
        : QString();
}

QString useText(const ResourceUse &use)
{
    QStringList parts;
    if (const auto seconds = use.cpuSecondsPerRequest())
        parts << secondsText(*seconds) + QStringLiteral(" of processor time");
    if (use.memoryPerRequest)
        parts << formatBytes(*use.memoryPerRequest) + QStringLiteral(" held for a second");
    if (use.readPerRequest && use.writtenPerRequest)
        parts << formatBytes(*use.readPerRequest) + QStringLiteral(" read, ") + formatBytes(*use.writtenPerRequest)
                + QStringLiteral(" written");
    QString text = parts.join(QStringLiteral(", "));
    if (const auto rate = use.requestsPerCoreSecond())
        text += QStringLiteral("; %1 for each core at work").arg(formatRate(Rate::perSecond(*rate)));
    return use.isMachine ? text + QStringLiteral(", all that runs on the machine included") : text;
}

} // namespace

QString memoryText(const MemoryFigure &figure)
{
    const LeakFinding &finding = figure.finding;
    QString text =
        QStringLiteral("%1: %2 to %3")
            .arg(leakVerdictText(finding.verdict), formatBytes(finding.baseline), formatBytes(finding.final));
    if (const auto share = finding.growthShare())
        text += QStringLiteral(" (%1%2)").arg(QLatin1String(*share >= 0.0 ? "+" : ""), formatShare(*share));
    text += QStringLiteral(", peak ") + formatBytes(finding.peak);
    if (figure.machineShare)
        text += QStringLiteral(", %1 of the machine").arg(formatShare(*figure.machineShare));
    return text;
}

QStringList memoryLines(const ReportModel &model)
{
    QStringList lines;
    if (!model.memory.empty())
        lines << QStringLiteral("Memory");
    for (const MemoryFigure &figure : model.memory) {
        const QString name = cleaned(model.head.facts.series[figure.series].name());
        lines << indented(QStringLiteral("%1: %2").arg(name, memoryText(figure)), 2);
        if (figure.finding.verdict != LeakFinding::Verdict::NoLeak)
            lines << indented(cleaned(detailText(figure)), kIndent);
    }
    return lines;
}

QStringList resourceLines(const ReportModel &model)
{
    QStringList lines;
    if (!model.resources.empty())
        lines << QStringLiteral("For each request") + bodiesText(model.measured.latencies.counts);
    for (const ResourceUse &use : model.resources)
        lines << indented(QStringLiteral("%1: %2").arg(cleaned(use.probe), useText(use)), 2);
    return lines;
}

} // namespace Headroom
