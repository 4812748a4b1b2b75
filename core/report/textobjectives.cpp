// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/textobjectives.h"

#include "core/report/jsonobjectives.h"
#include "core/report/terminaltext.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr int kNameColumns = 18;
constexpr int kCellColumns = 12;
constexpr qsizetype kShownColumns = 4; // more do not fit; the rules below tell all

QString cellText(const RuleResult *result)
{
    if (!result)
        return QStringLiteral("– off");
    const QString value = result->value ? formatRuleValue(*result->value, result->rule) : QStringLiteral("–");
    return standingMark(result->standing) + u' ' + value;
}

QString rowLine(const QString &row, const QStringList &columns, const ReportModel &model)
{
    QString line = leftAligned(cleaned(row), kNameColumns);
    for (const QString &column : columns) {
        const auto isIt = [&](const RunFacts::Objective &one) { return one.row == row && one.column == column; };
        const auto cell = std::ranges::find_if(model.head.facts.objectives, isIt);
        const bool isThere = cell != model.head.facts.objectives.end();
        line += u' ' + rightAligned(isThere ? cellText(resultOf(cell->rule, model)) : QString(), kCellColumns);
    }
    return line;
}

QStringList matrixLines(const ReportModel &model)
{
    QStringList rows;
    QStringList columns;
    for (const RunFacts::Objective &one : model.head.facts.objectives) {
        rows << one.row;
        columns << one.column;
    }
    rows.removeDuplicates();
    columns.removeDuplicates();
    if (rows.isEmpty() || columns.size() > kShownColumns)
        return {};
    QString head = leftAligned(QStringLiteral("Objectives"), kNameColumns);
    for (const QString &column : columns)
        head += u' ' + rightAligned(cleaned(column), kCellColumns);
    QStringList lines{head};
    for (const QString &row : rows)
        lines << rowLine(row, columns, model);
    return lines;
}

} // namespace

QString standingMark(RuleResult::Standing standing)
{
    switch (standing) {
    case RuleResult::Standing::Met:
        return QStringLiteral("✓");
    case RuleResult::Standing::NotMet:
        return QStringLiteral("✗");
    case RuleResult::Standing::Undecided:
        return QStringLiteral("?");
    case RuleResult::Standing::NotRun:
        break;
    }
    return QStringLiteral("–");
}

QStringList objectiveLines(const ReportModel &model)
{
    QStringList lines = matrixLines(model);
    if (!model.head.facts.requirements.empty())
        lines << QStringLiteral("Requirements");
    for (const RunFacts::Requirement &one : model.head.facts.requirements) {
        const RuleResult *result = resultOf(one.rule, model);
        const QString mark = result ? standingMark(result->standing) : QStringLiteral("–");
        lines << mark + u' ' + cleaned(one.id) + QLatin1String("  ") + cleaned(one.text);
    }
    return lines;
}

} // namespace Headroom
