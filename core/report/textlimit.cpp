// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/textlimit.h"

#include "core/base/humanformat.h"
#include "core/report/terminaltext.h"

namespace Headroom {

namespace {

constexpr int kColumns = 100;
constexpr int kCellColumns = 11;

QString cells(const QStringList &numbers, const QString &words)
{
    QString line;
    for (const QString &number : numbers)
        line += rightAligned(number, kCellColumns);
    return shortened(line + QLatin1String("  ") + words, kColumns);
}

QString shareText(const std::optional<double> &share) { return share ? formatShare(*share) : QStringLiteral("–"); }

QString probeLine(const LimitProbe &probe)
{
    const QString p95 = probe.p95Ms ? formatRuleValue(*probe.p95Ms, Rule::Unit::Duration) : QStringLiteral("–");
    const QString window = QStringLiteral("%1-%2 s").arg(probe.from).arg(probe.to);
    const QString words = (probe.isConfirming ? QStringLiteral("confirming: ") : QString()) + cleaned(probeText(probe));
    return cells({formatRate(Rate::perSecond(probe.ratePerSecond)), window, p95, shareText(probe.errorShare),
                  shareText(probe.achievedShare)},
                 words);
}

} // namespace

QStringList limitLines(const std::optional<LimitFinding> &finding)
{
    if (!finding)
        return {};
    QStringList lines{QStringLiteral("Limit: ") + wrapped(cleaned(headline(*finding)), kColumns - 7, 7)};
    for (const QString &remark : remarks(*finding))
        lines += QStringLiteral("  ") + wrapped(cleaned(remark), kColumns - 2, 2);
    lines += cells({QStringLiteral("rate"), QStringLiteral("judged"), QStringLiteral("p95"), QStringLiteral("errors"),
                    QStringLiteral("achieved")},
                   QString());
    for (const LimitProbe &probe : finding->probes)
        lines += probeLine(probe);
    return lines;
}

} // namespace Headroom
