// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/connectionplan.h"
#include "core/plan/planner.h"
#include "tests/core/scenario/scenariotext.h"

#include <QTest>

using namespace Headroom;

namespace {

PlanPtr planOf(const QByteArray &target)
{
    Scenario scenario = scenarioOf(withTarget(target));
    scenario.target.folder = QStringLiteral("/folder");
    const auto plan = compilePlan(scenario, scenario.target.url, 1);
    return plan ? *plan : PlanPtr();
}

} // namespace

class ConnectionPlanTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isPlainWhereNothingIsSaid();
    void takesWhatTheScenarioSays();
    void auxiliaryRequestsGoTheSameWay();
};

void ConnectionPlanTest::isPlainWhereNothingIsSaid()
{
    const PlanPtr plan = planOf("{url: http://h}");
    QVERIFY(plan);
    QVERIFY(plan->connections == ConnectionOptions());
    QVERIFY(!hasTls(*plan));
    QVERIFY(hasTls(*planOf("{url: https://h}")));
}

void ConnectionPlanTest::takesWhatTheScenarioSays()
{
    const PlanPtr plan = planOf("{url: http://h, transport: direct, connection: {reuse: false, http: 2, family: ipv6, "
                                "resolve: each, from: ['::1', '::2']}}");
    QVERIFY(plan);
    const ConnectionOptions &options = plan->connections;
    QVERIFY(!options.isReused && options.isHttp2 && options.isResolvedEachTime);
    QCOMPARE(options.family, ConnectionOptions::Family::IPv6);
    QCOMPARE(options.sources,
             (QList<QHostAddress>{QHostAddress(QStringLiteral("::1")), QHostAddress(QStringLiteral("::2"))}));
    const PlanPtr local =
        planOf("{url: http://h, transport: direct, connection: {http: 2, streams: 9, socket: a/../s.sock}}");
    QVERIFY(local);
    QCOMPARE(local->connections.streams, 9);
    QCOMPARE(local->connections.socket, QStringLiteral("/folder/s.sock")); // as lines have theirs: from the folder
}

void ConnectionPlanTest::auxiliaryRequestsGoTheSameWay()
{
    const PlanPtr direct = planOf("{url: http://h, transport: direct, connection: {family: ipv4}}");
    QCOMPARE(auxiliaryTransport(*direct).name, QStringLiteral("direct"));
    QVERIFY(auxiliaryTransport(*direct).connections == direct->connections);
    QCOMPARE(auxiliaryTransport(*planOf("{url: http://h}")).name, QStringLiteral("qnam"));
    Plan lines; // what is asked over HTTP beside them
    lines.transport = QStringLiteral("lines");
    QCOMPARE(auxiliaryTransport(lines).name, QStringLiteral("qnam"));
}

QTEST_GUILESS_MAIN(ConnectionPlanTest)
#include "tst_connectionplan.moc"
