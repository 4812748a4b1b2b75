// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/report/connectionnote.h"
#include "core/report/suitereport.h"
#include "core/report/terminaltext.h"
#include "core/report/verdict.h"

#include <algorithm>

namespace Headroom {

namespace {

using Member = SuiteReport::Member;
using Figure = RunSummary::Figure;

constexpr int kColumns = 100;
constexpr int kMostNameColumns = 24;

QString timeText(const RunSummary &run, Figure figure, const std::optional<Nanoseconds> &time)
{
    if (!time)
        return QStringLiteral("– ");
    return formatDuration(*time) + (run.hasFewSamples(figure) ? u'*' : u' ');
}

QString line(const QString &name, int nameColumns, const QStringList &cells)
{
    static constexpr int kWidths[] = {12, 10, 10, 9};
    QString text = leftAligned(name, nameColumns);
    for (qsizetype i = 0; i < cells.size(); ++i)
        text += i < qsizetype(std::size(kWidths)) ? rightAligned(cells[i], kWidths[i]) : QStringLiteral("  ") + cells[i];
    return text;
}

QString memberLine(const Member &member, int nameColumns)
{
    const RunSummary &run = member.run;
    if (!run.hasRun())
        return leftAligned(cleaned(run.label), nameColumns) + QStringLiteral("  did not run: ")
            + shortened(cleaned(run.problem), kColumns - nameColumns - 15);
    return line(cleaned(run.label), nameColumns,
                {formatRate(Rate::perSecond(run.requestsPerSecond)), timeText(run, Figure::P95, run.p95),
                 timeText(run, Figure::P99, run.p99), formatCount(run.errors), verdictWords(run)});
}

QString objectiveLine(const SuiteReport::Objective &objective)
{
    const QString place = cleaned(objective.member) + QStringLiteral(": ");
    if (!objective.result)
        return QStringLiteral("– ") + place + cleaned(objective.metric) + QStringLiteral(", not run");
    const RuleResult &result = *objective.result;
    const QLatin1StringView sign(result.standing == RuleResult::Standing::Met ? "+ "
                                     : result.standing == RuleResult::Standing::NotMet ? "! " : "? ");
    const QString value = result.value ? formatRuleValue(*result.value, result.rule) : QStringLiteral("no value");
    return sign + place + cleaned(result.rule.text) + QStringLiteral(" – ") + value;
}

} // namespace

QString suiteText(const SuiteReport &suite)
{
    int nameColumns = 6;
    for (const Member &member : suite.members)
        nameColumns = std::max(nameColumns, columnsOf(cleaned(member.run.label)));
    nameColumns = std::min(nameColumns, kMostNameColumns);
    QStringList lines{line(QStringLiteral("member"), nameColumns,
                           {QStringLiteral("throughput"), QStringLiteral("p95 "), QStringLiteral("p99 "),
                            QStringLiteral("errors"), QStringLiteral("verdict")})};
    for (const Member &member : suite.members)
        lines += memberLine(member, nameColumns);
    for (const SuiteReport::Objective &objective : suite.objectives)
        lines += wrapped(objectiveLine(objective), kColumns, 2);
    if (const QString note = connectionNote(suite.runs()); !note.isEmpty())
        lines += QStringLiteral("! ") + wrapped(cleaned(note), kColumns - 2, 2);
    for (const Member &member : suite.members) {
        for (const QString &reason : member.run.verdict.reasons)
            lines += QStringLiteral("! ")
                + wrapped(cleaned(member.run.label + QStringLiteral(": ") + reason), kColumns - 2, 2);
    }
    lines += suiteVerdictText(suite);
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace Headroom
