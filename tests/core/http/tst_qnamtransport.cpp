// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/alarmqueue.h"
#include "core/base/steadyclock.h"
#include "core/http/transport.h"
#include "tests/support/scriptedserver.h"

#include <QCoroTask>
#include <QTest>

using namespace Headroom;

class QnamTransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAsManyInFlightAsItsCapacity();
    void keepsLowLoadOnOneConnection();
    void abortsInEveryLane();
    void growsWhileRequestsAreUnderWay();

private:
    std::vector<QCoro::Task<Exchange>> sendMany(Transport &transport, int count)
    {
        std::vector<QCoro::Task<Exchange>> tasks;
        for (int i = 0; i < count; ++i)
            tasks.push_back(
                transport.send({.method = "GET", .url = m_server->url(), .headers = {}, .body = {}, .timeouts = {}}));
        return tasks;
    }

    SteadyClock m_clock;
    AlarmQueue m_alarms{m_clock};
    std::unique_ptr<ScriptedServer> m_server;

private Q_SLOTS:
    void init() { m_server = std::make_unique<ScriptedServer>(); }
};

void QnamTransportTest::holdsAsManyInFlightAsItsCapacity()
{
    // Two lanes: 255 (Qt's bound) and 45.
    m_server->answerWith(ServerScript().hold().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    const auto transport = makeTransport({QStringLiteral("qnam")}, 300, m_clock, m_alarms);
    QCOMPARE(transport->capacity(), 300);
    for (int round = 0; round < 2; ++round) {
        auto tasks = sendMany(*transport, 300);
        QCOMPARE(transport->inFlight(), 300);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 300 * (round + 1), 20'000);
        m_server->release();
        for (auto &task : tasks)
            QCOMPARE(QCoro::waitFor(task).status, 200);
        QCOMPARE(transport->inFlight(), 0);
    }
    QCOMPARE(m_server->accepted(), 300);
    QCOMPARE(m_server->mostOpen(), 300);
}

void QnamTransportTest::keepsLowLoadOnOneConnection()
{
    m_server->answerWith(ServerScript::ok("ok"));
    const auto transport = makeTransport({QStringLiteral("qnam")}, 300, m_clock, m_alarms);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(QCoro::waitFor(sendMany(*transport, 1).front()).status, 200);
    QCOMPARE(m_server->accepted(), 1);
}

void QnamTransportTest::abortsInEveryLane()
{
    const auto transport = makeTransport({QStringLiteral("qnam")}, 260, m_clock, m_alarms);
    auto tasks = sendMany(*transport, 260);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 260, 20'000);
    transport->abortAll();
    QTRY_COMPARE(transport->inFlight(), 0);
    for (auto &task : tasks)
        QCOMPARE(QCoro::waitFor(task).failure, FailureKind::Aborted);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->open(), 0, 20'000);
}

void QnamTransportTest::growsWhileRequestsAreUnderWay()
{
    m_server->answerWith(ServerScript().hold().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    const auto transport = makeTransport({QStringLiteral("qnam")}, 2, m_clock, m_alarms);
    auto tasks = sendMany(*transport, 2);
    transport->growTo(5);
    transport->growTo(3); // less than there is: nothing
    QCOMPARE(transport->capacity(), 5);
    for (auto &task : sendMany(*transport, 3))
        tasks.push_back(std::move(task));
    QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 5, 20'000);
    m_server->release();
    for (auto &task : tasks)
        QCOMPARE(QCoro::waitFor(task).status, 200);
    QCOMPARE(m_server->mostOpen(), 5);
}

QTEST_GUILESS_MAIN(QnamTransportTest)
#include "tst_qnamtransport.moc"
