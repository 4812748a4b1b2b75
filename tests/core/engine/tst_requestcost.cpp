// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/steadyclock.h"
#include "tests/core/engine/driverrig.h"
#include "tests/core/http/direct/securenginx.h"
#include "tests/support/allocationcount.h"
#include "tests/support/malloccount.h"

#include <QTest>

using namespace Headroom;

namespace {

constexpr int kFirst = 3000; // requests until everything has its size
constexpr int kLast = 13'000;

/// Counts what is allocated between two requests of a transport.
class Meter final : public Transport
{
public:
    explicit Meter(std::unique_ptr<Transport> transport)
        : m_transport(std::move(transport))
    {
    }
    void start(PendingExchange &pending) override
    {
        ++requests;
        if (requests == kFirst || requests == kLast) {
            news = allocationCount() - news;
            mallocs = mallocCount().value_or(0) - mallocs;
        }
        m_transport->start(pending);
    }
    void abortAll() override { m_transport->abortAll(); }
    int inFlight() const override { return m_transport->inFlight(); }
    int capacity() const override { return m_transport->capacity(); }
    void growTo(int capacity) override { m_transport->growTo(capacity); }

    int requests = 0;
    std::uint64_t news = 0;
    std::uint64_t mallocs = 0;

private:
    const std::unique_ptr<Transport> m_transport;
};

struct Counts
{
    std::uint64_t news = 0;
    std::uint64_t mallocs = 0;
    std::uint64_t answered = 0;
    std::uint64_t keptWhole = 0;
    bool isComplete = false;
};

/// What 4 users allocate in 10,000 requests over the whole way: pacer, walker, transport, judge, recorder.
Counts countsOf(const ConnectionOptions &options, const QUrl &url)
{
    Scenario scenario = closedLoad(4, 60s);
    scenario.target.headers = {{QStringLiteral("X"), QStringLiteral("y")}};
    SteadyClock clock;
    Counts counts;
    Meter *meter = nullptr;
    WorkerSetup setup{*compilePlan(scenario, url, 1), 0, 1, {}};
    setup.makeTransport = [&](int capacity, const Clock &its, AlarmQueue &alarms) {
        auto made = std::make_unique<Meter>(
            makeTransport({.name = QStringLiteral("direct"), .connections = options}, capacity, its, alarms));
        meter = made.get();
        return made;
    };
    const auto takeSecond = [&](const IntervalSnapshotPtr &second) {
        counts.answered += second->flows[0].completed;
        counts.keptWhole += second->samples ? second->samples->kept.size() : 0;
    };
    LoadDriver driver(setup, clock, clock.now(), {takeSecond, [&](std::uint64_t) { counts.isComplete = true; }});
    const SteadyTime patience = clock.now() + 40s;
    while (meter->requests < kLast && clock.now() < patience)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); // QTest's own waiting would sleep, and allocate
    counts.news = meter->news;
    counts.mallocs = meter->mallocs;
    const bool isEnough = meter->requests >= kLast;
    driver.drain();
    counts.isComplete = QTest::qWaitFor([&] { return counts.isComplete; }) && isEnough;
    return counts;
}

} // namespace

/// A request of a constant step allocates nothing: what is counted is a snapshot every second, and buffers that grow
/// once.
class RequestCostTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aRequestOverHttp1AllocatesNothing();
    void aRequestOverTlsAllocatesNothingOfOurs();
    void aStreamAllocatesNothingOfOurs();

private:
    static constexpr std::uint64_t kMost = 500; // a twentieth of one a request
    SecureNginx m_server;
};

void RequestCostTest::initTestCase()
{
    const Result<void> started =
        m_server.start(QStringLiteral("keepalive_requests 1000000; access_log off; http2 on;"));
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
}

void RequestCostTest::aRequestOverHttp1AllocatesNothing()
{
    const Counts counts = countsOf({}, m_server.nginx.url());
    QVERIFY(counts.isComplete);
    QCOMPARE_GE(counts.answered, 13'000u);
    QCOMPARE_GE(counts.keptWhole, counts.answered); // with all of its times
    QCOMPARE_LT(counts.news, kMost);
    QCOMPARE_LT(counts.mallocs, kMost); // Qt's too
}

void RequestCostTest::aRequestOverTlsAllocatesNothingOfOurs()
{
    const Counts counts = countsOf({.tls = {.authorities = m_server.authority()}}, m_server.url());
    QVERIFY(counts.isComplete);
    QCOMPARE_GE(counts.answered, 13'000u);
    QCOMPARE_GE(counts.keptWhole, counts.answered); // with all of its times
    QCOMPARE_LT(counts.news, kMost); // OpenSSL has malloc
}

void RequestCostTest::aStreamAllocatesNothingOfOurs()
{
    const Counts counts = countsOf({.isHttp2 = true, .streams = 2}, m_server.nginx.url());
    QVERIFY(counts.isComplete);
    QCOMPARE_GE(counts.answered, 13'000u);
    QCOMPARE_GE(counts.keptWhole, counts.answered); // with all of its times
    QCOMPARE_LT(counts.news, kMost); // nghttp2 has malloc
}

QTEST_GUILESS_MAIN(RequestCostTest)
#include "tst_requestcost.moc"
