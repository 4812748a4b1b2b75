// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/acceptancetext.h"
#include "core/scenario/objectiverule.h"
#include "core/scenario/scenarioreader.h"

#include <QTest>

using namespace Headroom;

namespace {

ScenarioReading readWith(const QByteArray &judgement)
{
    return readScenario("headroom: 1\ntarget: { url: http://127.0.0.1:1 }\nflows: [{ steps: [{ get: /a }] }]\n"
                        "load: { rate: 10/s, for: 10 s }\n"
                        + judgement);
}

QStringList rulesOf(const ScenarioReading &reading)
{
    QStringList texts;
    for (const Scenario::RuleText &rule : reading.scenario.rules)
        texts << rule.text;
    return texts;
}

} // namespace

class JudgementReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesARuleOfEachCell_data();
    void makesARuleOfEachCell();
    void putsTablesBehindTheRules();
    void judgesTheSameTextOnce();
    void knowsWhereACellStands();
    void readsAcceptance_data();
    void readsAcceptance();
    void refusesOtherAcceptance_data();
    void refusesOtherAcceptance();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
};

void JudgementReaderTest::makesARuleOfEachCell_data()
{
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char *name, const char *line, const char *column, const char *cell, const char *rule) {
        QTest::newRow(name) << QString::fromLatin1(line) << QString::fromLatin1(column) << QString::fromLatin1(cell)
                            << QString::fromLatin1(rule);
    };
    row("percentile", "/retrieve", "p95", "900 ms", "p95(/retrieve) < 900 ms");
    row("of all", "all", "errors", "0.5 %", "errors < 0.5 %");
    row("much is wanted", "retrieve", "throughput", "50/s", "throughput(retrieve) >= 50/s");
    row("sustained", "retrieve", "sustained(60 s)", "50/s", "sustained(retrieve, 60 s) >= 50/s");
    row("achieved", "all", "achieved", "99 %", "achieved >= 99 %");
    row("reached", "all", "reached(users)", "50", "reached(users) >= 50");
    row("hit rate", "cache", "hit_rate", "80 %", "hit_rate(cache) >= 80 %");
    row("own comparison", "retrieve", "throughput", "> 50/s", "throughput(retrieve) > 50/s");
    row("own between", "retrieve", "p95", "between 1 ms and 9 ms", "p95(retrieve) between 1 ms and 9 ms");
    row("span", "cache", "hit_rate", "80 % to 90 %", "hit_rate(cache) between 80 % and 90 %");
    row("qualifiers stay", "retrieve", "p95", "900 ms during burst weight 2",
        "p95(retrieve) < 900 ms during burst weight 2");
    row("a stage named like a span", "retrieve", "p95", "9 ms during 1 to 2", "p95(retrieve) < 9 ms during 1 to 2");
    row("code", "retrieve", "share(5xx)", "1 %", "share(retrieve, 5xx) < 1 %");
    row("code of all", "all", "share(5xx)", "1 %", "share(5xx) < 1 %");
    row("service time", "retrieve", "service.p99", "1 s", "service.p99(retrieve) < 1 s");
    row("recovery", "retrieve", "recovery(p95, burst)", "5 s", "recovery(p95(retrieve), burst) < 5 s");
    row("series", "api.rss", "max", "90 % of machine", "max(api.rss) < 90 % of machine");
    row("name with a comma", "a, b", "p95", "1 s", "p95(\"a, b\") < 1 s");
    row("glob", "/extract/*", "p95", "2 s", "p95(/extract/*) < 2 s");
}

void JudgementReaderTest::makesARuleOfEachCell()
{
    QFETCH(QString, row);
    QFETCH(QString, column);
    QFETCH(QString, cell);
    QTEST(objectiveRule(row, column, cell), "rule");
}

void JudgementReaderTest::putsTablesBehindTheRules()
{
    const ScenarioReading reading = readWith("requirements: [{ id: R1, text: Fast, rule: p99 < 1 s }]\n"
                                             "objectives: { /a: { p50: 10 ms, p95: 20 ms }, all: { errors: 1 % } }\n"
                                             "acceptance: at least 4 of 5\n"
                                             "rules: [max < 2 s]\n");
    QVERIFY2(reading.diagnostics.empty(),
             reading.diagnostics.empty() ? "" : qPrintable(reading.diagnostics[0].message));
    QCOMPARE(
        rulesOf(reading),
        (QStringList{QStringLiteral("max < 2 s"), QStringLiteral("p50(/a) < 10 ms"), QStringLiteral("p95(/a) < 20 ms"),
                     QStringLiteral("errors < 1 %"), QStringLiteral("p99 < 1 s")}));
    const Scenario &scenario = reading.scenario;
    QCOMPARE(scenario.objectives.size(), 3U);
    QCOMPARE(scenario.objectives[1].row, QStringLiteral("/a"));
    QCOMPARE(scenario.objectives[1].column, QStringLiteral("p95"));
    QCOMPARE(scenario.objectives[1].rule, 2);
    QCOMPARE(scenario.requirements[0].id, QStringLiteral("R1"));
    QCOMPARE(scenario.requirements[0].text, QStringLiteral("Fast"));
    QCOMPARE(scenario.requirements[0].rule, 4);
    QCOMPARE(scenario.acceptance->count, std::optional(4));
}

void JudgementReaderTest::judgesTheSameTextOnce()
{
    const ScenarioReading reading = readWith("requirements: [{ id: R1, text: Fast, rule: p95(/a) < 20 ms }]\n"
                                             "objectives: { /a: { p95: 20 ms } }\nrules: [p95(/a) < 20 ms]\n");
    QCOMPARE(reading.scenario.rules.size(), 1U);
    QCOMPARE(reading.scenario.objectives[0].rule, 0);
    QCOMPARE(reading.scenario.requirements[0].rule, 0);
}

void JudgementReaderTest::knowsWhereACellStands()
{
    const ScenarioReading reading = readWith("objectives:\n  /a: { p50: 10 ms, p95: 20 ms }\n");
    QCOMPARE(reading.scenario.rules[1].range.start.line, 6);
    QCOMPARE(reading.scenario.rules[1].range.start.column, 26);
}

void JudgementReaderTest::readsAcceptance_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("spelling");
    QTest::newRow("of") << "at least 5 of 6" << "at least 5 of 6";
    QTest::newRow("count") << " at  least 5" << "at least 5";
    QTest::newRow("share") << "at least 80%" << "at least 80 %";
    QTest::newRow("share with a point") << "at least 66.6 %" << "at least 66.6 %";
}

void JudgementReaderTest::readsAcceptance()
{
    QFETCH(QString, text);
    const auto acceptance = parseAcceptance(text);
    QVERIFY(acceptance);
    QTEST(acceptanceText(*acceptance), "spelling");
}

void JudgementReaderTest::refusesOtherAcceptance_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", "all", "5 of 6", "at least", "at least 0", "at least 7 of 6", "at least 0 %", "at least 101 %",
          "at least -1", "at least nan %", "at least 5 of", "at most 3", "at least 1e9"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void JudgementReaderTest::refusesOtherAcceptance()
{
    QFETCH(QString, text);
    const auto acceptance = parseAcceptance(text);
    QVERIFY(!acceptance);
    QVERIFY(acceptance.error().message.contains(QLatin1String("write at least 5 of 6, or at least 80 %")));
}

void JudgementReaderTest::tellsWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const char *text, const char *message) {
        QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(message);
    };
    row("not as many rules", "rules: [p95 < 1 s]\nacceptance: at least 5 of 6\n",
        "there are 1 rules, with those of objectives and requirements; write at least 1 of 1");
    row("more than there are", "rules: [p95 < 1 s]\nacceptance: at least 5\n",
        "there are only 1 rules, with those of objectives and requirements");
    row("acceptance of something else", "rules: [p95 < 1 s]\nacceptance: all of them\n",
        "'all of them' is not an acceptance; write at least 5 of 6, or at least 80 %");
    row("id twice", "requirements: [{ id: R1, text: a, rule: p95 < 1 s }, { id: R1, text: b, rule: p99 < 2 s }]\n",
        "two requirements have the id 'R1'; give each its own");
    row("no rule", "requirements: [{ id: R1, text: a }]\n",
        "field 'rule' is missing in requirements[0] (The rule that shows it, such as p95(retrieve) < 900 ms)");
}

void JudgementReaderTest::tellsWhatIsWrong()
{
    QFETCH(QByteArray, text);
    const ScenarioReading reading = readWith(text);
    QVERIFY(!reading.diagnostics.empty());
    QTEST(reading.diagnostics[0].message, "message");
}

QTEST_GUILESS_MAIN(JudgementReaderTest)
#include "tst_judgementreader.moc"
