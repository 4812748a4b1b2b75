// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/report/connectionnote.h"
#include "core/report/htmlobjectives.h"
#include "core/report/htmlplainpage.h"
#include "core/report/htmlrules.h"
#include "core/report/htmlruncells.h"
#include "core/report/suitereport.h"

#include <algorithm>

namespace Headroom {

namespace {

using Member = SuiteReport::Member;
using Objective = SuiteReport::Objective;

Html membersHtml(const SuiteReport &suite)
{
    HtmlTable table("members-table", runColumns("Member"));
    for (const Member &member : suite.members) {
        std::vector<Html> cells = runCells(member.run);
        QStringList words{member.scenario};
        words += member.profiles;
        cells.front() += Html::element("div", words.join(QStringLiteral(", ")), {{"class", QStringLiteral("note")}});
        table.addRow(cells);
    }
    Html html = table.html();
    html += noteHtml(QStringLiteral("Each over its measured window: without warm-up stages and without what was "
                                    "finished after the last planned start. * few samples: the true percentile may be "
                                    "far higher."));
    if (const QString note = connectionNote(suite.runs()); !note.isEmpty())
        html += noteHtml(note + QLatin1Char('.'));
    html += noteHtml(suiteVerdictText(suite) + QLatin1Char('.'));
    return sectionHtml("members", "Members", html);
}

QStringList metricsOf(const SuiteReport &suite)
{
    QStringList metrics;
    for (const Objective &objective : suite.objectives)
        metrics << objective.metric;
    metrics.removeDuplicates();
    return metrics;
}

/// Value over bound, with how it stands; a dash where nothing is asked or nothing was run.
Html cellOf(const SuiteReport &suite, const QString &member, const QString &metric)
{
    const auto cell = std::ranges::find_if(suite.objectives, [&](const Objective &objective) {
        return objective.member == member && objective.metric == metric;
    });
    if (cell == suite.objectives.end())
        return Html::text(QStringLiteral("–"));
    return cell->result ? ruleCellHtml(*cell->result) : Html::text(QStringLiteral("not run"));
}

Html objectivesHtml(const SuiteReport &suite)
{
    const QStringList metrics = metricsOf(suite);
    if (metrics.isEmpty())
        return {};
    std::vector<QByteArray> titles;
    for (const QString &metric : metrics)
        titles.push_back(metric.toUtf8());
    std::vector<HtmlTable::Column> columns{{"Member", false}};
    for (const QByteArray &title : titles)
        columns.push_back({title.constData()});
    HtmlTable table("objectives-table", std::move(columns));
    for (const Member &member : suite.members) {
        std::vector<Html> cells{Html::text(member.run.label)};
        for (const QString &metric : metrics)
            cells.push_back(cellOf(suite, member.run.label, metric));
        table.addRow(cells);
    }
    return sectionHtml("objectives", "Objectives", table.html());
}

Html rulesOf(const SuiteReport &suite)
{
    HtmlTable table("rules-table", {{"Member", false}, {"Rule", false}, {"Value", true}});
    for (const Member &member : suite.members) {
        for (const RuleResult &rule : member.rules)
            table.addRow({Html::text(member.run.label), Html::element("code", rule.rule.text), ruleCellHtml(rule)});
    }
    return table.isEmpty() ? Html() : sectionHtml("rules", "Rules", table.html());
}

Html reasonsHtml(const SuiteReport &suite)
{
    Html items;
    for (const Member &member : suite.members) {
        for (const QString &reason : member.run.verdict.reasons)
            items += Html::element("li", QStringLiteral("%1: %2").arg(member.run.label, reason));
    }
    return items.isEmpty() ? Html()
                           : sectionHtml("reasons", "What speaks against a plain yes", Html::element("ul", items));
}

} // namespace

QByteArray suiteHtml(const SuiteReport &suite)
{
    const Html head = pageHead("Suite report", suite.name,
                               {{"Verdict", suiteVerdictText(suite)},
                                {"Members", QStringLiteral("%1 of %2").arg(suite.members.size()).arg(suite.planned)},
                                {"Exit code", QString::number(suite.exitCode)}});
    Html body = membersHtml(suite);
    body += objectivesHtml(suite);
    body += reasonsHtml(suite);
    body += rulesOf(suite);
    return plainPage(QStringLiteral("%1: suite").arg(suite.name), head, body, suite.toolVersion);
}

} // namespace Headroom
