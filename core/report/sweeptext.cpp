// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/report/connectionnote.h"
#include "core/report/sweepreport.h"
#include "core/report/sweepwords.h"
#include "core/report/terminaltext.h"

#include <QStringList>

#include <algorithm>

namespace Headroom {

namespace {

using Member = SweepReport::Member;

constexpr int kColumns = 100;
constexpr int kMostNameColumns = 20;

QString line(const QString &name, int nameColumns, const QStringList &cells)
{
    static constexpr int kWidths[] = {10, 10, 12, 10, 10, 10, 9, 9};
    QString text = leftAligned(name, nameColumns);
    for (qsizetype i = 0; i < cells.size(); ++i)
        text +=
            i < qsizetype(std::size(kWidths)) ? rightAligned(cells[i], kWidths[i]) : QStringLiteral("  ") + cells[i];
    return text;
}

QString rateText(double perSecond) { return formatRate(Rate::perSecond(perSecond)); }

QString timeText(const std::optional<Nanoseconds> &time, const Member &member, SweepReport::Figure figure)
{
    if (!time)
        return QStringLiteral("– ");
    return formatDuration(*time) + (member.hasFewSamples(figure) ? u'*' : u' ');
}

QString cpuText(const Member &member)
{
    return member.cpuMicrosecondsPerRequest ? formatNumber(*member.cpuMicrosecondsPerRequest) + QStringLiteral(" µs")
                                            : QStringLiteral("–");
}

QString memberLine(const Member &member, int nameColumns)
{
    if (!member.hasRun())
        return leftAligned(cleaned(member.label), nameColumns) + QStringLiteral("  did not run: ")
            + shortened(cleaned(member.problem), kColumns - nameColumns - 15);
    return line(cleaned(member.label), nameColumns,
                {rateText(member.offeredPerSecond), rateText(member.achievedPerSecond),
                 rateText(member.requestsPerSecond), timeText(member.p50, member, SweepReport::Figure::P50),
                 timeText(member.p95, member, SweepReport::Figure::P95),
                 timeText(member.p99, member, SweepReport::Figure::P99), formatCount(member.errors), cpuText(member),
                 verdictWords(member)});
}

QString bestLine(const SweepReport &sweep)
{
    QStringList parts;
    for (const SweepReport::Figure figure : RunSummary::kFigures) {
        if (const Member *best = sweep.best(figure))
            parts += QStringLiteral("%1 at %2").arg(sweepFigureWords(figure), cleaned(best->label));
    }
    return parts.isEmpty() ? QString() : QStringLiteral("Best: ") + parts.join(QStringLiteral(", "));
}

} // namespace

QString sweepText(const SweepReport &sweep)
{
    int nameColumns = columnsOf(cleaned(sweep.parameter));
    for (const Member &member : sweep.members)
        nameColumns = std::max(nameColumns, columnsOf(cleaned(member.label)));
    nameColumns = std::min(nameColumns, kMostNameColumns);
    QStringList lines{line(cleaned(sweep.parameter), nameColumns,
                           {QStringLiteral("offered"), QStringLiteral("achieved"), QStringLiteral("throughput"),
                            QStringLiteral("p50 "), QStringLiteral("p95 "), QStringLiteral("p99 "),
                            QStringLiteral("errors"), QStringLiteral("CPU"), QStringLiteral("verdict")})};
    bool hasFewSamples = false;
    for (const Member &member : sweep.members) {
        lines += memberLine(member, nameColumns);
        hasFewSamples |= member.samples > 0 && member.hasFewSamples(SweepReport::Figure::P99);
    }
    if (hasFewSamples)
        lines += QStringLiteral("* few samples: the true percentile may be far higher");
    if (const QString best = bestLine(sweep); !best.isEmpty())
        lines += wrapped(best, kColumns, 2);
    if (const QString note = connectionNote(sweep.members); !note.isEmpty())
        lines += QStringLiteral("! ") + wrapped(cleaned(note), kColumns - 2, 2);
    for (const Member &member : sweep.members) {
        for (const QString &reason : member.verdict.reasons)
            lines += QStringLiteral("! ")
                + wrapped(cleaned(sweep.parameter + QStringLiteral(" = ") + member.label + QStringLiteral(": ")
                                  + reason),
                          kColumns - 2, 2);
    }
    if (!sweep.isComplete())
        lines += sweepStoppedText(sweep);
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace Headroom
