// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlreport.h"
#include "core/report/jsonreport.h"
#include "core/report/jsonvalue.h"
#include "core/report/reportschema.h"
#include "core/report/schemaparts.h"
#include "core/report/suitereport.h"
#include "core/report/textsummary.h"
#include "core/rules/ruleparser.h"
#include "tests/support/schemaproblems.h"
#include "sessionfixture.h"

#include <QTest>

using namespace Headroom;

namespace {

Json parsed(const QByteArray &bytes) { return Json::parse(bytes.toStdString()); }

QStringList problemsOf(const ReportModel &model) { return schemaProblems(reportJsonSchema(), jsonReport(model)); }

/// The small session with rules of which the second is not met; the third allows what was dropped.
ReportModel judgedReport(const QString &acceptance, const QString &text = QStringLiteral("Lists are quick"))
{
    SessionHead head = smallHead();
    head.facts.rules = {QStringLiteral("p95(list) < 10 s"), QStringLiteral("max(list) < 1 ms"),
                        QStringLiteral("dropped < 90 %")};
    head.facts.objectives = {{QStringLiteral("list"), QStringLiteral("p95"), 0},
                             {QStringLiteral("list"), QStringLiteral("max"), 1},
                             {QStringLiteral("all"), QStringLiteral("dropped"), 2}};
    head.facts.requirements = {{QStringLiteral("R1"), text, 0},
                               {QStringLiteral("R2"), QStringLiteral("Nothing waits"), 1}};
    head.facts.acceptance = acceptance;
    return reportOf(head, smallFrames());
}

} // namespace

class ObjectivesReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonHasEachCell();
    void jsonFitsItsSchema();
    void pageShowsTheMatrix();
    void pageEscapesWhatPeopleWrote();
    void terminalShowsTheMatrixAndTheRequirements();
    void acceptanceDecides();
    void whatIsRequiredBesidesDecidesToo();
    void aWordOrNullMayBeNull();
    void aSuiteShowsASlopePerMinute();
    void aSwitchedOffRuleLeavesItsCell();
};

void ObjectivesReportTest::jsonHasEachCell()
{
    const Json json = parsed(jsonReport(judgedReport(QStringLiteral("at least 2 of 3"))));
    QCOMPARE(json["objectives"].size(), 3U);
    QCOMPARE(json["objectives"][1]["row"].as<std::string>(), std::string("list"));
    QCOMPARE(json["objectives"][1]["column"].as<std::string>(), std::string("max"));
    QCOMPARE(json["objectives"][1]["rule"].as<int>(), 1);
    QCOMPARE(json["objectives"][1]["bound"].as<double>(), 1.0); // ms
    QCOMPARE(json["objectives"][1]["result"].as<std::string>(), std::string("not_met"));
    QCOMPARE(json["requirements"][0]["id"].as<std::string>(), std::string("R1"));
    QCOMPARE(json["requirements"][0]["result"].as<std::string>(), std::string("met"));
    QCOMPARE(json["acceptance"]["met"].as<int>(), 2);
    QCOMPARE(json["acceptance"]["not_met"][0].as<std::string>(), std::string("max(list) < 1 ms"));
}

void ObjectivesReportTest::jsonFitsItsSchema()
{
    QCOMPARE(problemsOf(judgedReport(QStringLiteral("at least 2 of 3"))), QStringList());
    QCOMPARE(problemsOf(judgedReport(QString())), QStringList());
}

void ObjectivesReportTest::pageShowsTheMatrix()
{
    const QString page = QString::fromUtf8(htmlReport(judgedReport(QStringLiteral("at least 80 %"))));
    const QString table =
        page.section(QStringLiteral("id=\"objectives-table\""), 1).section(QStringLiteral("</table>"), 0, 0);
    for (const char *piece : {">p95<", ">max<", ">dropped<", ">list<", ">all<", "✓ met", "✗ not met", "&lt; 1.00 ms"})
        QVERIFY2(table.contains(QString::fromUtf8(piece)), piece);
    QCOMPARE(table.count(QStringLiteral("<td")), 6); // two rows of three columns, three cells of them empty
    QVERIFY(page.contains(QStringLiteral("id=\"requirements-table\"")));
    QVERIFY(page.contains(QStringLiteral("Nothing waits")));
    QVERIFY(page.contains(QStringLiteral(
        "2 of 3 rules are met, which is 66.67 % of their weights; at least 80 % are asked for: not accepted")));
    QVERIFY(!QString::fromUtf8(htmlReport(smallReport())).contains(QStringLiteral("objectives-table")));
}

void ObjectivesReportTest::pageEscapesWhatPeopleWrote()
{
    const QString page =
        QString::fromUtf8(htmlReport(judgedReport(QString(), QStringLiteral("<script>alert(1)</script>"))));
    QVERIFY(!page.contains(QStringLiteral("<script>alert(1)")));
    QVERIFY(page.contains(QStringLiteral("&lt;script&gt;alert(1)")));
}

void ObjectivesReportTest::terminalShowsTheMatrixAndTheRequirements()
{
    const QString text = textSummary(judgedReport(QStringLiteral("at least 2 of 3")));
    QVERIFY2(text.contains(QStringLiteral("Objectives")), qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("Requirements\n✓ R1  Lists are quick\n✗ R2  Nothing waits")));
    QVERIFY(text.contains(QStringLiteral("Verdict: accepted")) || text.contains(QStringLiteral("NOT VALID, accepted")));
}

void ObjectivesReportTest::acceptanceDecides()
{
    QCOMPARE(judgedReport(QStringLiteral("at least 2 of 3")).verdict.result, Verdict::Result::Met);
    QCOMPARE(judgedReport(QStringLiteral("at least 3 of 3")).verdict.result, Verdict::Result::NotMet);
    QCOMPARE(judgedReport(QString()).verdict.result, Verdict::Result::NotMet);
}

void ObjectivesReportTest::whatIsRequiredBesidesDecidesToo()
{
    SessionHead head = smallHead();
    head.facts.rules = {QStringLiteral("p95(list) < 10 s"), QStringLiteral("max(list) < 1 ms"),
                        QStringLiteral("dropped < 90 %")};
    head.facts.requiredRules = {{1, false, false}, {2, true, false}};
    head.facts.acceptance = QStringLiteral("at least 1 of 1");
    const ReportModel model = reportOf(head, smallFrames());
    QCOMPARE(model.verdict.result, Verdict::Result::NotMet);
    QCOMPARE(problemsOf(model), QStringList());
    const Json acceptance = parsed(jsonReport(model))["acceptance"];
    QCOMPARE(acceptance["accepted"].as<bool>(), false);
    QCOMPARE(acceptance["of"].as<int>(), 1);
    QCOMPARE(acceptance["required"][0]["rule"].as<std::string>(), std::string("max(list) < 1 ms"));
    QCOMPARE(acceptance["required"][0]["result"].as<std::string>(), std::string("not_met"));
    const QString page = QString::fromUtf8(htmlReport(model));
    QCOMPARE(page.count(QStringLiteral("(always asked of an open load)")), 1);
    QVERIFY(page.contains(QStringLiteral("which must be met besides, is not met: not accepted")));
}

void ObjectivesReportTest::aWordOrNullMayBeNull()
{
    const Json schema = SchemaParts::orNull(SchemaParts::word("How", {"met", "not_met"}));
    QCOMPARE(schema["enum"].size(), 3U);
    QVERIFY(schema["enum"][2].is_null());
}

void ObjectivesReportTest::aSuiteShowsASlopePerMinute()
{
    RuleResult result;
    result.rule = parseRule(QStringLiteral("slope(api.rss) < 1 MB/min")).value();
    result.standing = RuleResult::Standing::Met;
    result.value = 2e6;
    SuiteReport suite;
    suite.objectives = {{QStringLiteral("night"), QStringLiteral("slope"), result}};
    const QString shown = formatRuleValue(2e6, result.rule);
    QVERIFY(shown.endsWith(QStringLiteral("/min")));
    QVERIFY2(suiteText(suite).contains(shown), qPrintable(suiteText(suite)));
}

void ObjectivesReportTest::aSwitchedOffRuleLeavesItsCell()
{
    ReportModel model = judgedReport(QString());
    model.head.facts.objectives[0].rule = -1;
    model.head.facts.requirements[0].rule = -1;
    QCOMPARE(problemsOf(model), QStringList());
    const Json json = parsed(jsonReport(model));
    QVERIFY(json["objectives"][0]["rule"].is_null());
    QCOMPARE(json["objectives"][0]["result"].as<std::string>(), std::string("not_run"));
    QVERIFY(QString::fromUtf8(htmlReport(model)).contains(QStringLiteral("switched off by hand")));
    QVERIFY(textSummary(model).contains(QStringLiteral("– off")));
}

QTEST_GUILESS_MAIN(ObjectivesReportTest)
#include "tst_objectivesreport.moc"
