// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/analysistext.h"

#include "core/base/humanformat.h"
#include "core/report/terminaltext.h"

#include <cmath>
#include <ranges>

namespace Headroom {

namespace {

constexpr int kColumns = 100;
constexpr std::size_t kShown = 5;

QString elapsed(int second) { return formatElapsed(second * 1s); }

QString timeText(double milliseconds) { return formatRuleValue(milliseconds, Rule::Unit::Duration); }

QString stageWords(const RunFacts &facts, StageIndex stage)
{
    return facts.stages.size() > 1 ? QStringLiteral(" in '%1'").arg(stageName(facts, stage)) : QString();
}

QString loadWords(const Crossing &crossing, const RunFacts &facts)
{
    if (!facts.isOpenModel)
        return QStringLiteral("%1 users, %2 started")
            .arg(formatNumber(std::round(crossing.load)), formatRate(Rate::perSecond(crossing.startedPerSecond)));
    return QStringLiteral("%1 (%2 started, %3 under way)")
        .arg(formatRate(Rate::perSecond(crossing.load)), formatRate(Rate::perSecond(crossing.startedPerSecond)),
             formatCount(crossing.users));
}

QString segmentLine(const Segment &segment, const RunFacts &facts)
{
    return QStringLiteral("%1 to %2%3: %4 requests, %5 in flight, service %6, response %7; %8")
        .arg(elapsed(segment.from), elapsed(segment.end), stageWords(facts, segment.stage),
             formatRate(Rate::perSecond(segment.finishedPerSecond)), formatNumber(segment.meanInFlight),
             timeText(segment.meanServiceMs), timeText(segment.meanResponseMs), steadyText(segment));
}

/// A heading and what belongs to it, at most kShown lines.
template <typename Items, typename ToText>
void addLines(QStringList &lines, const QString &heading, const Items &items, ToText toText)
{
    if (items.empty())
        return;
    lines += heading;
    for (const auto &item : items | std::views::take(kShown))
        lines += QStringLiteral("  ") + wrapped(cleaned(toText(item)), kColumns - 4, 4);
    if (items.size() > kShown)
        lines += QStringLiteral("  and %1 more").arg(items.size() - kShown);
}

} // namespace

QString stageName(const RunFacts &facts, StageIndex stage)
{
    return stage.isValid() && stage.at() < facts.stages.size() ? facts.stages[stage.at()].name : QString();
}

QString steadyText(const Segment &segment)
{
    if (!segment.steady.from)
        return QStringLiteral("no steady state found: ") + segment.steady.reason;
    if (*segment.steady.from == 0)
        return QStringLiteral("steady from its beginning");
    return QStringLiteral("steady from %1 on").arg(elapsed(segment.from + int(*segment.steady.from)));
}

QString crossingText(const Crossing &crossing, const RunFacts &facts)
{
    const QString text = crossing.isCrossed ? QStringLiteral("broke at %1 with %2: %3 in the last 10 s")
                                            : QStringLiteral("never broke, up to %1 with %2: %3 in the last 10 s");
    return text.arg(elapsed(crossing.second), loadWords(crossing, facts),
                    formatRuleValue(crossing.value, crossing.rule.unit));
}

QString recoveryTimeText(double seconds)
{
    return seconds > 0.0 ? formatDuration(Nanoseconds(qint64(seconds * 1e9))) : QStringLiteral("at once");
}

QString recoveryText(const Recovery &recovery)
{
    if (recovery.seconds) {
        const QString text = *recovery.seconds > 0.0
            ? QStringLiteral("p95 was back at %1 (before: %2) %3 after the load fell at %4")
            : QStringLiteral("p95 was back at %1 (before: %2) %3 when the load fell at %4");
        return text.arg(timeText(recovery.lastMs.value_or(0.0)), timeText(recovery.levelMs),
                        recoveryTimeText(*recovery.seconds), elapsed(recovery.end));
    }
    if (!recovery.lastMs)
        return QStringLiteral("too few requests or seconds to tell whether p95 was back at %1 within %2 after the load "
                              "fell at %3")
            .arg(timeText(recovery.levelMs), formatDuration(recovery.watchedSeconds * 1s), elapsed(recovery.end));
    return QStringLiteral("p95 was not back at %1 within %2 after the load fell at %3: still %4")
        .arg(timeText(recovery.levelMs), formatDuration(recovery.watchedSeconds * 1s), elapsed(recovery.end),
             timeText(*recovery.lastMs));
}

QStringList analysisLines(const ReportModel &model)
{
    const RunFacts &facts = model.head.facts;
    QStringList lines;
    addLines(lines, QStringLiteral("Under constant load"), model.segments,
             [&](const Segment &segment) { return segmentLine(segment, facts); });
    addLines(lines, QStringLiteral("Under rising load"), model.crossings, [&](const Crossing &crossing) {
        return QStringLiteral("%1%2: %3")
            .arg(crossing.rule.text, stageWords(facts, crossing.stage), crossingText(crossing, facts));
    });
    addLines(lines, QStringLiteral("After overload"), model.recoveries, [&](const Recovery &recovery) {
        return QStringLiteral("%1 to %2%3: %4")
            .arg(elapsed(recovery.from), elapsed(recovery.end), stageWords(facts, recovery.stage),
                 recoveryText(recovery));
    });
    return lines;
}

} // namespace Headroom
