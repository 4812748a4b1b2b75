// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlobjectives.h"

#include "core/report/htmlrules.h"
#include "core/report/htmltable.h"
#include "core/report/jsonjudgement.h"
#include "core/report/jsonobjectives.h"

#include <QHash>
#include <QStringList>

#include <ranges>

namespace Headroom {

namespace {

Html standingOf(const RuleResult *result)
{
    return result ? standingHtml(result->standing) : Html::text(QStringLiteral("– switched off by hand"));
}

Html cellHtml(const RuleResult *result) { return result ? ruleCellHtml(*result) : standingOf(result); }

template <typename NameOf> QStringList distinct(const std::vector<RunFacts::Objective> &cells, NameOf nameOf)
{
    QStringList names;
    for (const RunFacts::Objective &cell : cells)
        names << nameOf(cell);
    names.removeDuplicates();
    return names;
}

Html headRow(const QStringList &columns)
{
    const auto head = [](const QString &text) { return Html::element("th", text, {{"scope", QStringLiteral("col")}}); };
    Html cells = head(QStringLiteral("Objective"));
    for (const QString &column : columns)
        cells += head(column);
    return Html::element("thead", Html::element("tr", cells));
}

using RuleOfCell = QHash<std::pair<QString, QString>, int>; // by row and column

RuleOfCell ruleOfCell(const std::vector<RunFacts::Objective> &cells)
{
    RuleOfCell rules;
    for (const RunFacts::Objective &cell : std::views::reverse(cells)) // the first of the same stays
        rules.insert({cell.row, cell.column}, cell.rule);
    return rules;
}

Html rowHtml(const QString &row, const QStringList &columns, const RuleOfCell &rules, const ReportModel &model)
{
    Html cells = Html::element("th", row, {{"scope", QStringLiteral("row")}});
    for (const QString &column : columns) {
        const auto rule = rules.constFind({row, column});
        cells += Html::element("td", rule != rules.constEnd() ? cellHtml(resultOf(*rule, model)) : Html());
    }
    return Html::element("tr", cells);
}

Html matrixHtml(const ReportModel &model)
{
    const std::vector<RunFacts::Objective> &cells = model.head.facts.objectives;
    if (cells.empty())
        return {};
    const QStringList columns = distinct(cells, [](const RunFacts::Objective &one) { return one.column; });
    const RuleOfCell rules = ruleOfCell(cells);
    Html rows;
    for (const QString &row : distinct(cells, [](const RunFacts::Objective &one) { return one.row; }))
        rows += rowHtml(row, columns, rules, model);
    Html table = headRow(columns);
    table += Html::element("tbody", rows);
    const Html whole = Html::element("table", table, {{"id", QStringLiteral("objectives-table")}});
    return sectionHtml("objectives", "Objectives", Html::element("div", whole, {{"class", QStringLiteral("wide")}}));
}

Html requirementsHtml(const ReportModel &model)
{
    HtmlTable table("requirements-table",
                    {{"Requirement", false}, {"Asks for", false}, {"Rule", false}, {"Value"}, {"Standing", false}});
    for (const RunFacts::Requirement &one : model.head.facts.requirements) {
        const RuleResult *result = resultOf(one.rule, model);
        const QString shown = result && result->value ? formatRuleValue(*result->value, result->rule) : QString();
        table.addRow({Html::text(one.id), Html::text(one.text),
                      result ? Html::element("code", result->rule.text) : Html::text(QStringLiteral("–")),
                      numberHtml(result ? ruleJson(*result)["value"] : Json::null(), shown), standingOf(result)});
    }
    return table.isEmpty() ? Html() : sectionHtml("requirements", "Requirements", table.html());
}

Html acceptanceHtml(const ReportModel &model)
{
    if (!model.acceptance)
        return {};
    using Standing = RuleResult::Standing;
    const AcceptanceResult &acceptance = *model.acceptance;
    const Standing standing = acceptance.isOpen ? Standing::Undecided : acceptance.isAccepted ? Standing::Met : Standing::NotMet;
    const QChar mark = acceptance.isOpen ? u'?' : acceptance.isAccepted ? u'✓' : u'✗';
    Html html = Html::element("span", QString(mark), {{"class", standingClass(standing)}});
    html += Html::text(u' ' + model.acceptance->sentence(model.rules));
    return sectionHtml("acceptance", "Acceptance", Html::element("p", html));
}

} // namespace

Html ruleCellHtml(const RuleResult &result)
{
    const QString shown = result.value ? formatRuleValue(*result.value, result.rule) : QString();
    Html html = Html::element("div", numberHtml(ruleJson(result)["value"], shown));
    html += Html::element("small", formatRuleBound(result.rule));
    html += Html::element("div", standingHtml(result.standing));
    return html;
}

Html objectivesHtml(const ReportModel &model)
{
    Html html = acceptanceHtml(model);
    html += requirementsHtml(model);
    html += matrixHtml(model);
    return html;
}

} // namespace Headroom
