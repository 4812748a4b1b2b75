// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/planner.h"

#include <QTest>

using namespace Headroom;

namespace {

Scenario lineScenario()
{
    Scenario scenario;
    scenario.target.lines = Scenario::Lines{.command = QStringLiteral("./pipeline --fast"), .socket = {}, .range = {}};
    scenario.target.timeout.total = 3s;
    Scenario::Step step;
    step.method = "LINE";
    step.isLine = true;
    step.body = Scenario::Body{QStringLiteral("one"), {}};
    Scenario::Step named = step;
    named.name = QStringLiteral("second");
    scenario.flows = {
        Scenario::Flow{.name = QStringLiteral("main"), .rate = {}, .pace = {}, .steps = {step, named}, .range = {}}};
    scenario.load.stages = {
        Scenario::Stage{.name = {}, .rate = {}, .users = std::pair(1.0, 1.0), .sine = {}, .length = 1s, .range = {}}};
    return scenario;
}

QString firstProblem(const Scenario &scenario, const QUrl &target)
{
    const auto plan = compilePlan(scenario, target, 1);
    return plan ? QString() : plan.error().front().message;
}

const QUrl kUrl(QStringLiteral("http://127.0.0.1:8080"));

} // namespace

class LinesPlanTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesEachLineARequestWithoutHttp();
    void findsTheSocketFromTheScenariosFolder();
    void wantsLinesForLinesOnly();
};

void LinesPlanTest::makesEachLineARequestWithoutHttp()
{
    const auto plan = compilePlan(lineScenario(), QUrl(), 1);
    QVERIFY(plan);
    QCOMPARE((*plan)->transport, QStringLiteral("lines"));
    QCOMPARE((*plan)->target.toString(), QStringLiteral("lines:./pipeline --fast"));
    const Plan::Step &first = (*plan)->steps.at(0);
    QCOMPARE(first.name, QStringLiteral("line 1"));
    QCOMPARE(first.path, QString());
    QCOMPARE(first.request.method, "LINE");
    QCOMPARE(first.request.body, QByteArray("one"));
    QVERIFY(first.request.headers.empty());
    QCOMPARE(first.request.timeouts.total, 3s);
    QCOMPARE((*plan)->steps.at(1).name, QStringLiteral("second"));
}

void LinesPlanTest::findsTheSocketFromTheScenariosFolder()
{
    Scenario scenario = lineScenario();
    scenario.target.folder = QStringLiteral("/srv/tests");
    scenario.target.lines = Scenario::Lines{.command = {}, .socket = QStringLiteral("../run/p.sock"), .range = {}};
    const auto plan = compilePlan(scenario, QUrl(), 1);
    QVERIFY(plan);
    QCOMPARE((*plan)->lines->socket, QStringLiteral("/srv/run/p.sock"));
    QCOMPARE((*plan)->target.toString(), QStringLiteral("lines:../run/p.sock"));
}

void LinesPlanTest::wantsLinesForLinesOnly()
{
    Scenario lineOnUrl = lineScenario();
    lineOnUrl.target.lines.reset();
    QVERIFY(firstProblem(lineOnUrl, kUrl).contains(QStringLiteral("a line needs target.lines")));
    Scenario requestOnLines = lineScenario();
    requestOnLines.flows[0].steps[1].isLine = false;
    requestOnLines.flows[0].steps[1].path = QStringLiteral("/");
    QVERIFY(firstProblem(requestOnLines, {}).contains(QStringLiteral("target.lines takes lines")));
}

QTEST_GUILESS_MAIN(LinesPlanTest)
#include "tst_linesplan.moc"
