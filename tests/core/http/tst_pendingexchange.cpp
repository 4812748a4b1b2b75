// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/pooledtask.h"
#include "core/http/pendingexchange.h"
#include "core/http/transport.h"

#include <QTest>

using namespace Headroom;

namespace {

/// Answers with the number of the request, from within start() or when it is told.
class OddTransport final : public Transport
{
public:
    explicit OddTransport(bool isAtOnce)
        : m_isAtOnce(isAtOnce)
    {
    }
    void start(PendingExchange &pending) override
    {
        pending.exchange().status = ++m_started;
        places.push_back(pending.place());
        m_pending = &pending;
        if (m_isAtOnce)
            answer();
    }
    void answer() { std::exchange(m_pending, nullptr)->finish(); }
    void abortAll() override { }
    int inFlight() const override { return m_pending ? 1 : 0; }
    int capacity() const override { return 1; }
    void growTo(int) override { }

    std::vector<int> places;

private:
    const bool m_isAtOnce;
    int m_started = 0;
    PendingExchange *m_pending = nullptr;
};

PooledTask<> make(Transport &transport, int times, int place, int &newest)
{
    const HttpRequest request;
    for (int i = 0; i < times; ++i)
        newest = (co_await PendingExchange(transport, request, place)).status;
}

} // namespace

class PendingExchangeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesOnWithoutStoppingWhenItIsFinishedWithinItsStart();
    void goesOnWhenItIsFinishedLater();
    void keepsTheRequestOfWhoSends();
};

void PendingExchangeTest::goesOnWithoutStoppingWhenItIsFinishedWithinItsStart()
{
    OddTransport transport(true);
    int newest = 0;
    make(transport, 100'000, 4, newest).letGo(); // the stack does not grow with them
    QCOMPARE(newest, 100'000);
    QCOMPARE(transport.places.back(), 4);
}

void PendingExchangeTest::goesOnWhenItIsFinishedLater()
{
    OddTransport transport(false);
    int newest = 0;
    make(transport, 2, -1, newest).letGo();
    QCOMPARE(newest, 0);
    transport.answer();
    QCOMPARE(newest, 1);
    QCOMPARE(transport.inFlight(), 1); // the second
    transport.answer();
    QCOMPARE(newest, 2);
    QCOMPARE(transport.inFlight(), 0);
}

void PendingExchangeTest::keepsTheRequestOfWhoSends()
{
    OddTransport transport(false);
    QCoro::Task<Exchange> task =
        transport.send({.method = "GET", .url = {}, .headers = {}, .body = {}, .timeouts = {}});
    transport.answer();
    QCOMPARE(QCoro::waitFor(task).status, 1);
    QCOMPARE(transport.places, std::vector<int>{-1});
}

QTEST_GUILESS_MAIN(PendingExchangeTest)
#include "tst_pendingexchange.moc"
