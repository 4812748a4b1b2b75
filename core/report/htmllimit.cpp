// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmllimit.h"

#include "core/base/humanformat.h"
#include "core/report/htmltable.h"

namespace Headroom {

namespace {

using Verdict = LimitProbe::Verdict;

QString rateText(double perSecond) { return formatRate(Rate::perSecond(perSecond)); }

Html verdictCell(const LimitProbe &probe)
{
    const QString text = probeText(probe);
    switch (probe.verdict) {
    case Verdict::Held:
        return Html::element("span", QStringLiteral("✓ ") + text, {{"class", QStringLiteral("standing good")}});
    case Verdict::Broke:
        return Html::element("span", QStringLiteral("✗ ") + text, {{"class", QStringLiteral("standing bad")}});
    default:
        return Html::element("span", QStringLiteral("? ") + text, {{"class", QStringLiteral("standing open")}});
    }
}

Html windowCell(const LimitProbe &probe)
{
    const QString window = formatElapsed(probe.from * Nanoseconds(1s)) + QStringLiteral(" to ")
        + formatElapsed(probe.to * Nanoseconds(1s));
    return Html::text(probe.isConfirming ? window + QStringLiteral(", confirming") : window);
}

Html probesHtml(const LimitFinding &finding)
{
    HtmlTable table("limit-table",
                    {{"Rate"},
                     {"Judged", false},
                     {"p95", true, "Response time of all steps in that time"},
                     {"Errors"},
                     {"Achieved", true, "Started of the planned iterations"},
                     {"Rules", false}});
    for (const LimitProbe &probe : finding.probes) {
        const Json exact = jsonMilliseconds(probe.p95Ms);
        const QString p95 = probe.p95Ms ? formatRuleValue(*probe.p95Ms, Rule::Unit::Duration) : QString();
        table.addRow({rateHtml(probe.ratePerSecond), windowCell(probe), numberHtml(exact, p95),
                      shareHtml(probe.errorShare), shareHtml(probe.achievedShare), verdictCell(probe)});
    }
    return table.html();
}

} // namespace

Html limitHtml(const ReportModel &model)
{
    if (!model.limit)
        return {};
    const LimitFinding &finding = *model.limit;
    Html html = Html::element("p", Html::element("strong", headline(finding), {{"id", QStringLiteral("limit-words")}}));
    for (const QString &remark : remarks(finding))
        html += Html::element("p", remark);
    html += limitPictureHtml(model);
    html += probesHtml(finding);
    html += noteHtml(
        QStringLiteral("The load began at the planned %1 and was raised on purpose until a rule broke. The rules "
                       "below are judged over the time at the rate that was found; figures, tables and charts "
                       "cover the whole search.")
            .arg(rateText(finding.plannedPerSecond)));
    return sectionHtml("limit", "The limit", html);
}

} // namespace Headroom
