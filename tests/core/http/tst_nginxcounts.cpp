// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/alarmqueue.h"
#include "core/base/steadyclock.h"
#include "core/http/transport.h"
#include "tests/support/nginxserver.h"

#include <QCoroTask>
#include <QSet>
#include <QTest>

using namespace Headroom;

namespace {

struct Counts
{
    int answered = 0;
    int failed = 0;
    int resends = 0;
    std::uint64_t bytesIn = 0;
};

/// `requests` one after another, as one virtual user makes them.
QCoro::Task<> makeRequests(Transport *transport, HttpRequest request, int requests, Counts *counts)
{
    for (int i = 0; i < requests; ++i) {
        const Exchange exchange = co_await transport->send(request);
        const bool isAnswered = exchange.failure == FailureKind::None && exchange.status == 200;
        ++(isAnswered ? counts->answered : counts->failed);
        counts->resends += exchange.resends;
        counts->bytesIn += exchange.bytesIn;
    }
}

} // namespace

/// What we count and what a real nginx wrote down must be the same, exactly.
class NginxCountsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreeWithTheAccessLog_data();
    void agreeWithTheAccessLog();
};

void NginxCountsTest::agreeWithTheAccessLog_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("directives");
    QTest::addColumn<int>("users");
    QTest::addColumn<int>("connections"); // at the least
    for (const char *transport : {"qnam", "direct"}) {
        const auto row = [transport](const char *name) -> QTestData & {
            return QTest::addRow("%s, %s", transport, name) << QString::fromLatin1(transport);
        };
        row("one user") << QString() << 1 << 1;
        row("20 users") << QString() << 20 << 20;
        row("nginx closes each connection after 7 requests") << QStringLiteral("keepalive_requests 7;") << 20 << 72; // 500 / 7
        row("nginx keeps no connection") << QStringLiteral("keepalive_timeout 0;") << 20 << 500;
    }
}

void NginxCountsTest::agreeWithTheAccessLog()
{
    QFETCH(QString, transport);
    QFETCH(QString, directives);
    QFETCH(int, users);
    NginxServer nginx;
    const Result<void> started = nginx.start(directives);
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    SteadyClock clock;
    AlarmQueue alarms(clock);
    const auto made = makeTransport({.name = transport}, users, clock, alarms);
    const HttpRequest request{.method = "GET",
                              .url = nginx.url(QStringLiteral("/item?id=1")),
                              .headers = {{"User-Agent", "headroom"}, {"Accept-Encoding", "identity"}},
                              .body = {},
                              .timeouts = {}};
    Counts counts;
    std::vector<QCoro::Task<>> tasks;
    for (int user = 0; user < users; ++user)
        tasks.push_back(makeRequests(made.get(), request, 500 / users, &counts));
    for (auto &task : tasks)
        QCoro::waitFor(task);
    QVERIFY(nginx.stop());

    QCOMPARE(counts.failed, 0);
    QCOMPARE(counts.answered, 500);
    QCOMPARE(counts.bytesIn, 500u * 11); // {"ok":true}
    const QStringList lines = nginx.accessLog();
    QCOMPARE(lines.size(), 500 + counts.resends);
    if (transport == QLatin1String("direct"))
        QCOMPARE(counts.resends, 0); // nothing is sent twice
    QSet<QString> seen;
    for (const QString &line : lines) {
        seen.insert(line.section(QLatin1Char(' '), 0, 0));
        QCOMPARE(line.section(QLatin1Char(' '), 1), QStringLiteral("GET /item?id=1 200 11 headroom"));
    }
    QFETCH(int, connections);
    QCOMPARE_GE(seen.size(), connections);
}

QTEST_GUILESS_MAIN(NginxCountsTest)
#include "tst_nginxcounts.moc"
