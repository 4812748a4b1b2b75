// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/textbatches.h"

#include "core/base/humanformat.h"
#include "core/report/terminaltext.h"

namespace Headroom {

namespace {

constexpr std::size_t kShownAtEachEnd = 6;
constexpr int kNameColumns = 16;
constexpr int kNumberColumns = 12;

QString line(const QString &name, const QStringList &cells)
{
    QString text = leftAligned(name, kNameColumns);
    for (const QString &cell : cells)
        text += rightAligned(cell, kNumberColumns);
    return text;
}

QString timeText(const std::optional<Nanoseconds> &time, bool isDoubtful)
{
    return time ? formatDuration(*time) + (isDoubtful ? u'*' : u' ') : QStringLiteral("– ");
}

QString batchLine(const BatchFigures::Batch &batch)
{
    return line(QStringLiteral("batch %1").arg(batch.number),
                {formatCount(batch.completed), formatDuration(batch.length),
                 formatRate(Rate::perSecond(batch.perSecond())), formatCount(batch.errors),
                 timeText(batch.p50, batch.hasFewSamples(0.50)), timeText(batch.p95, batch.hasFewSamples(0.95)),
                 timeText(batch.longest, false)});
}

} // namespace

QString batchTotalsText(const BatchFigures &batches)
{
    const QString text = QStringLiteral("%1 iterations in %2, %3")
                             .arg(formatCount(batches.completed), formatDuration(batches.lastEnd - batches.firstStart),
                                  formatRate(Rate::perSecond(batches.perSecond())));
    return batches.each.size() < 2 ? text
                                   : text
            + QStringLiteral("; without the time between batches %1")
                  .arg(formatRate(Rate::perSecond(batches.busyPerSecond())));
}

QStringList batchLines(const ReportModel &model)
{
    const std::vector<BatchFigures::Batch> &each = model.batches.each;
    if (each.empty())
        return {};
    QStringList lines{
        line(QStringLiteral("Batches"),
             {QStringLiteral("iterations"), QStringLiteral("length"), QStringLiteral("rate"), QStringLiteral("errors"),
              QStringLiteral("p50 "), QStringLiteral("p95 "), QStringLiteral("max ")})};
    const std::size_t left = each.size() > 2 * kShownAtEachEnd ? each.size() - 2 * kShownAtEachEnd : 0;
    for (std::size_t i = 0; i < each.size(); ++i) {
        if (left > 0 && i == kShownAtEachEnd) {
            lines += QStringLiteral("  and %1 between").arg(left);
            i += left;
        }
        lines += batchLine(each[i]);
    }
    lines += batchTotalsText(model.batches);
    return lines;
}

} // namespace Headroom
