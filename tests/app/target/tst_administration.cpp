// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/administration.h"

#include <QTest>

using namespace Headroom;

namespace {

Administration administrationOf(const QByteArray &token)
{
    TargetOptions options;
    options.adminToken = token;
    options.serviceTimes = *ServiceTimes::parse({QStringLiteral("*=8ms")});
    options.troubles.cpuTime = 4ms;
    options.troubles.degradedTime = 0.25;
    return Administration(options);
}

} // namespace

class AdministrationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForTheToken_data();
    void asksForTheToken();
    void letsNobodyInWithoutAToken();
    void changesTheTimes();
    void isFasterInDegradedMode();
    void ordersAFreezeOnce();
    void refusesBodiesThatItDoesNotKnow_data();
    void refusesBodiesThatItDoesNotKnow();
};

void AdministrationTest::asksForTheToken_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<int>("status");
    QTest::newRow("none") << QByteArray() << 401;
    QTest::newRow("scheme alone") << QByteArray("Bearer ") << 401;
    QTest::newRow("another scheme") << QByteArray("Basic c2VzYW1l") << 401;
    QTest::newRow("too short") << QByteArray("Bearer sesam") << 403;
    QTest::newRow("too long") << QByteArray("Bearer sesamee") << 403;
    QTest::newRow("other letters") << QByteArray("Bearer Sesame") << 403;
    QTest::newRow("right") << QByteArray("Bearer sesame") << 200;
    QTest::newRow("right, scheme in small letters") << QByteArray("bearer  sesame ") << 200;
}

void AdministrationTest::asksForTheToken()
{
    QFETCH(QByteArray, authorization);
    QFETCH(int, status);
    Administration administration = administrationOf("sesame");
    const TargetAnswer answer = administration.answer(Endpoint::AdminReload, authorization, {});
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.header.first, status == 401 ? QByteArray("WWW-Authenticate") : QByteArray());
    QVERIFY(!answer.body.contains("sesame"));
}

void AdministrationTest::letsNobodyInWithoutAToken()
{
    Administration administration = administrationOf({});
    QCOMPARE(administration.answer(Endpoint::AdminReload, {}, {}).status, 401);
    QCOMPARE(administration.answer(Endpoint::AdminReload, "Bearer ", {}).status, 401);
    QCOMPARE(administration.answer(Endpoint::AdminReload, "Bearer x", {}).status, 403);
}

void AdministrationTest::changesTheTimes()
{
    Administration administration = administrationOf("sesame");
    QCOMPARE(administration.serviceTime(Endpoint::Retrieve, 0), 8ms);
    QCOMPARE(administration.answer(Endpoint::AdminTimes, "Bearer sesame", " retrieve=3ms\n").status, 200);
    QCOMPARE(administration.serviceTime(Endpoint::Retrieve, 0), 3ms);
    QCOMPARE(administration.answer(Endpoint::AdminReload, "Bearer sesame", {}).status, 200); // as it was started
    QCOMPARE(administration.serviceTime(Endpoint::Retrieve, 0), 8ms);
}

void AdministrationTest::isFasterInDegradedMode()
{
    // A quarter of 8 ms of work and of 4 ms of CPU time.
    Administration administration = administrationOf("sesame");
    const TargetAnswer degraded = administration.answer(Endpoint::AdminReload, "Bearer sesame", "degraded");
    QCOMPARE(degraded.body, QByteArray(R"({"status":"reloaded","mode":"degraded"})"));
    QVERIFY(administration.isDegraded());
    QCOMPARE(administration.serviceTime(Endpoint::Retrieve, 0), 2ms);
    QCOMPARE(administration.cpuTime(), 1ms);
    const TargetAnswer normal = administration.answer(Endpoint::AdminReload, "Bearer sesame", "normal");
    QCOMPARE(normal.body, QByteArray(R"({"status":"reloaded","mode":"normal"})"));
    QVERIFY(!administration.isDegraded());
    QCOMPARE(administration.serviceTime(Endpoint::Retrieve, 0), 8ms);
    QCOMPARE(administration.cpuTime(), 4ms);
}

void AdministrationTest::ordersAFreezeOnce()
{
    Administration administration = administrationOf("sesame");
    QCOMPARE(administration.takeFreeze(), 0ns);
    QCOMPARE(administration.answer(Endpoint::AdminFreeze, "Bearer sesame", "1.5 s").status, 202);
    QCOMPARE(administration.takeFreeze(), 1500ms);
    QCOMPARE(administration.takeFreeze(), 0ns);
}

void AdministrationTest::refusesBodiesThatItDoesNotKnow_data()
{
    QTest::addColumn<Endpoint>("endpoint");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("times") << Endpoint::AdminTimes << QByteArray("fast");
    QTest::newRow("mode") << Endpoint::AdminReload << QByteArray("Degraded");
    QTest::newRow("no freeze") << Endpoint::AdminFreeze << QByteArray("");
    QTest::newRow("freeze below zero") << Endpoint::AdminFreeze << QByteArray("-1 s");
    QTest::newRow("freeze too long") << Endpoint::AdminFreeze << QByteArray("11 min");
    QTest::newRow("zeros") << Endpoint::AdminFreeze << QByteArray(20'000, '\0');
}

void AdministrationTest::refusesBodiesThatItDoesNotKnow()
{
    QFETCH(Endpoint, endpoint);
    QFETCH(QByteArray, body);
    Administration administration = administrationOf("sesame");
    const TargetAnswer answer = administration.answer(endpoint, "Bearer sesame", body);
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.body.startsWith(R"({"error":"the body is )"));
    QCOMPARE(administration.serviceTime(Endpoint::Retrieve, 0), 8ms);
    QCOMPARE(administration.takeFreeze(), 0ns);
}

QTEST_GUILESS_MAIN(AdministrationTest)
#include "tst_administration.moc"
