// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleparser.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;
using Metric = Rule::Metric;

class RuleCheckTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void acceptsWhatTheRunHas_data();
    void acceptsWhatTheRunHas();
    void tellsWhatTheRunDoesNotHave_data();
    void tellsWhatTheRunDoesNotHave();
    void leavesAchievedAndDroppedToTheOpenModel();
    void selectsByNameThenByPathThenByGlob_data();
    void selectsByNameThenByPathThenByGlob();
    void asksWhichProcessCosts();
    void settlesWhetherANameIsAStepOrASeries_data();
    void settlesWhetherANameIsAStepOrASeries();
};

void RuleCheckTest::acceptsWhatTheRunHas_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"p95 < 1 s", "p95(retrieve) < 1 s", "p95(/retrieve) < 1 s", "errors(/documents/*) < 1 %",
          "p95 < 1 s during warm up", "max(api.rss) < 1 GiB", "max(api.rss) < 1000", "mean(api.cpu) < 70 %",
          "max(queue) < 50", "max(queue) < 50 %", "max(queue) < 2 s", "max(queue) < 1/s", "growth(api.rss) <= 20 %", "last(queue) == 0",
          "achieved >= 99 %", "dropped < 1 %", "late < 5 %", "share(retrieve, 429) < 1 %", "sustained(retrieve, 5 s) > 1/s", "reached(users) > 1",
          "recovery(p95(retrieve), burst) < 5 s", "cost(cpu) < 1 ms", "cost(memory, api) < 1 MB during burst",
          "first_byte(p95) < 1 s", "first_byte(mean) < 1 s during burst", "slope(api.rss) < 1 MB/min", "leak(api.cpu) == 0", "slope(queue) < 2/s"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void RuleCheckTest::acceptsWhatTheRunHas()
{
    QFETCH(QString, text);
    const auto problem = checkRule(parseRule(text).value(), exampleFacts());
    QVERIFY2(!problem, problem ? qPrintable(problem->message) : "");
}

void RuleCheckTest::tellsWhatTheRunDoesNotHave_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *text, int position, const char *message) {
        QTest::newRow(text) << QString::fromLatin1(text) << position << QString::fromLatin1(message);
    };
    row("p95(retreive) < 1 s", 4, "no step has the name or path 'retreive' (did you mean 'retrieve'?)");
    row("errors(/nothing/*) < 1 %", 7, "no step has the name or path '/nothing/*'");
    row("p95 < 1 s during brust", 17, "no stage has the name 'brust' (did you mean 'burst'?)");
    row("max(api.rs) < 1 GiB", 4, "no probe has a series 'api.rs' (did you mean 'api.rss'?)");
    row("max(api.rs) < 3 s", 4, "no step has the name or path 'api.rs' (did you mean 'api.rss'?)");
    row("growth(retrieve) < 1 %", 7, "no probe has a series 'retrieve'");
    row("max(api) < 1 GiB", 4, "probe 'api' has several series; write one of them, as in api.rss");
    row("max(api.rss) < 3 s", 4, "series 'api.rss' is in bytes; give the bound in that unit");
    row("max(api.rss) < 3/s", 4, "series 'api.rss' is in bytes; give the bound in that unit");
    row("max(retrieve) < 3/s", 4, "'retrieve' is a step, whose bound is a duration, as in 900 ms");
    row("mean(api.cpu) < 1 GiB", 5, "series 'api.cpu' is in percent; give the bound in that unit");
    row("p95(retrieve) < 900", 4, "'retrieve' is a step, whose bound is a duration, as in 900 ms");
    row("sustained(retreive, 5 s) > 1/s", 10, "no step has the name or path 'retreive' (did you mean 'retrieve'?)");
    row("recovery(p95, brust) < 5 s", 14, "no stage has the name 'brust' (did you mean 'burst'?)");
    row("recovery(p95(x), burst) < 5 s", 13, "no step has the name or path 'x'");
    row("cost(cpu, apu) < 5 ms", 10, "no probe of a process has the name 'apu' (did you mean 'api'?)");
    row("leak(retrieve) < 1/min", 5, "no probe has a series 'retrieve'");
    row("slope(api.rss) < 5 %/min", 6, "series 'api.rss' is in bytes; give the bound in that unit");
    row("max(api.cpu) < 90 % of machine", 20, "'of machine' is for memory, such as max(api.rss); leave it out");
    row("max(api.rss) < 90 % of machine", 20, "the memory of this machine is not known; write a size");
    row("p95(queue) < 3 s surely", 17, "'surely' needs a percentile of requests, a share or a slope; leave it out");
}

void RuleCheckTest::tellsWhatTheRunDoesNotHave()
{
    QFETCH(QString, text);
    const auto problem = checkRule(parseRule(text).value(), exampleFacts());
    QVERIFY(problem);
    QTEST(problem->message, "message");
    QTEST(int(problem->position), "position");
}

void RuleCheckTest::leavesAchievedAndDroppedToTheOpenModel()
{
    RunFacts closed = exampleFacts();
    closed.isOpenModel = false;
    QCOMPARE(checkRule(implicitAchievedRule(), closed)->message,
             QStringLiteral("'achieved' needs the open model; give the stages a rate, or remove the rule"));
    QVERIFY(checkRule(parseRule(QStringLiteral("dropped < 1 %")).value(), closed));
    QVERIFY(!checkRule(parseRule(QStringLiteral("late < 1 %")).value(), closed));
}

void RuleCheckTest::selectsByNameThenByPathThenByGlob_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<QList<bool>>("selected");
    QTest::newRow("none: all") << "" << QList<bool>{true, true, true};
    QTest::newRow("name") << "document" << QList<bool>{false, true, false};
    QTest::newRow("path") << "/retrieve" << QList<bool>{true, false, false};
    QTest::newRow("path that is the name as well") << "/extract/pico" << QList<bool>{false, false, true};
    QTest::newRow("glob on paths") << "/*" << QList<bool>{true, true, true};
    QTest::newRow("glob on names") << "d*t" << QList<bool>{false, true, false};
    QTest::newRow("unknown") << "x" << QList<bool>{false, false, false};
}

void RuleCheckTest::selectsByNameThenByPathThenByGlob()
{
    QFETCH(QString, selector);
    QFETCH(QList<bool>, selected);
    const auto steps = selectedSteps(selector, exampleFacts());
    QCOMPARE(QList<bool>(steps.begin(), steps.end()), selected);
}

void RuleCheckTest::settlesWhetherANameIsAStepOrASeries_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Metric>("metric");
    QTest::newRow("step") << "max(retrieve) < 3 s" << Metric::Max;
    QTest::newRow("series") << "max(queue) < 3 s" << Metric::ProbeMax;
    QTest::newRow("p95 of a series") << "p95(queue) < 3 s" << Metric::ProbeP95;
    QTest::newRow("no other percentile of a series") << "p99(queue) < 3 s" << Metric::Quantile;
    QTest::newRow("service time is never a series'") << "service.max(queue) < 3 s" << Metric::Max;
    QTest::newRow("nothing of either") << "max(x) < 3 s" << Metric::Max;
}

void RuleCheckTest::settlesWhetherANameIsAStepOrASeries()
{
    QFETCH(QString, text);
    QTEST(resolveRule(parseRule(text).value(), exampleFacts()).metric, "metric");
}

void RuleCheckTest::asksWhichProcessCosts()
{
    RunFacts facts = exampleFacts();
    const Rule rule = parseRule(QStringLiteral("cost(cpu) < 1 ms")).value();
    facts.series.push_back({QStringLiteral("worker"), QStringLiteral("cpu"), QStringLiteral("percent")});
    QCOMPARE(checkRule(rule, facts)->message,
             QStringLiteral("several probes watch a process; name one of them, as in cost(cpu, api)"));
    facts.series.clear();
    QCOMPARE(checkRule(rule, facts)->message,
             QStringLiteral("'cost' needs a probe of a process; add one, as in api: { process: { port: 8080 } }"));
}

QTEST_GUILESS_MAIN(RuleCheckTest)
#include "tst_rulecheck.moc"
