// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlrules.h"

#include "core/base/humanformat.h"
#include "core/report/htmltable.h"
#include "core/report/jsonjudgement.h"

namespace Headroom {

namespace {

using Standing = RuleResult::Standing;

QString standingText(Standing standing)
{
    switch (standing) {
    case Standing::Met:
        return QStringLiteral("✓ met");
    case Standing::NotMet:
        return QStringLiteral("✗ not met");
    case Standing::Undecided:
        return QStringLiteral("? undecided");
    case Standing::NotRun:
        break;
    }
    return QStringLiteral("– not run");
}

QString inUnit(const std::optional<double> &value, const Rule &rule, const char *without)
{
    return value ? formatRuleValue(*value, rule) : QString::fromUtf8(without);
}

Html boundHtml(const Rule &rule, const Json &exact)
{
    if (exact.is_null())
        return Html::text(QStringLiteral("–"));
    if (!exact.is_array())
        return numberHtml(exact, formatRuleValue(rule.bound, rule));
    Html html = numberHtml(exact[0], formatRuleValue(rule.bound, rule));
    html += Html::text(QStringLiteral(" to "));
    html += numberHtml(exact[1], formatRuleValue(rule.upperBound, rule));
    return html;
}

// An open end has no <data>: there is no number to read.
Html intervalHtml(const RuleResult &rule, const Json &exact)
{
    if (!rule.low && !rule.high)
        return Html::text(QStringLiteral("–"));
    Html html =
        rule.low ? numberHtml(exact[0], inUnit(rule.low, rule.rule, "")) : Html::text(QStringLiteral("open"));
    html += Html::text(QStringLiteral(" to "));
    html +=
        rule.high ? numberHtml(exact[1], inUnit(rule.high, rule.rule, "")) : Html::text(QStringLiteral("open"));
    return html;
}

Html windowHtml(const RuleResult &rule)
{
    if (rule.windowEndSeconds <= rule.windowStartSeconds)
        return Html::text(QStringLiteral("–"));
    return Html::text(formatElapsedSeconds(rule.windowStartSeconds) + QStringLiteral(" to ") + formatElapsedSeconds(rule.windowEndSeconds));
}

Html ruleNameHtml(const RuleResult &rule)
{
    Html html = Html::element("code", rule.rule.text);
    if (rule.rule.isImplicit)
        html += Html::element("small", QStringLiteral(" (always asked of an open load)"));
    if (!rule.reason.isEmpty())
        html += Html::element("div", rule.reason, {{"class", QStringLiteral("note")}});
    return html;
}

} // namespace

QLatin1String standingClass(Standing standing)
{
    if (standing == Standing::Met)
        return QLatin1String("standing good");
    return QLatin1String(standing == Standing::NotMet ? "standing bad" : "standing open");
}

Html standingHtml(RuleResult::Standing standing)
{
    return Html::element("span", standingText(standing), {{"class", standingClass(standing)}});
}

Html rulesHtml(const ReportModel &model)
{
    HtmlTable table("rules-table",
                    {{"Rule", false},
                     {"Standing", false},
                     {"Bound"},
                     {"Value"},
                     {"95 % interval", true, "Where the true value lies with 95 % certainty"},
                     {"Samples", true, "Requests, arrivals, sends or probe values that the value rests on"},
                     {"Time", true, "Since the start of the run"}});
    for (const RuleResult &rule : model.rules) {
        const Json exact = ruleJson(rule);
        table.addRow({ruleNameHtml(rule),
                      standingHtml(rule.standing),
                      boundHtml(rule.rule, exact["bound"]), numberHtml(exact["value"], inUnit(rule.value, rule.rule, "")),
                      intervalHtml(rule, exact["interval"]), countHtml(rule.samples), windowHtml(rule)});
    }
    return sectionHtml("rules", "Rules",
                       table.isEmpty() ? noteHtml(QStringLiteral("The scenario has no rules.")) : table.html());
}

} // namespace Headroom
