// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/foreignhosts.h"

#include <QTest>

using namespace Headroom;

class ForeignHostsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesEachForeignHostOnce_data();
    void namesEachForeignHostOnce();
    void namesTheHostOfTheCallBetweenBatches();
    void namesHostsThatAreAskedBesideTheLoad();
    void namesNoneThatALocalSocketStandsFor();
};

void ForeignHostsTest::namesEachForeignHostOnce_data()
{
    QTest::addColumn<QStringList>("urls");
    QTest::addColumn<QStringList>("hosts");
    const auto row = [](const char *name, const QStringList &urls, const QStringList &hosts) {
        QTest::newRow(name) << urls << hosts;
    };
    row("loopback by name", {QStringLiteral("http://localhost:8080/"), QStringLiteral("http://LOCALHOST/")}, {});
    row("loopback by address",
        {QStringLiteral("http://127.0.0.1/"), QStringLiteral("http://127.9.9.9:81/"),
         QStringLiteral("http://[::1]:1/")},
        {});
    row("a name that only begins like it", {QStringLiteral("http://localhost.example.org/")},
        {QStringLiteral("localhost.example.org")});
    row("sorted, each once",
        {QStringLiteral("http://b.example.org/1"), QStringLiteral("http://a.example.org/"),
         QStringLiteral("http://127.0.0.1/"), QStringLiteral("https://b.example.org:444/2")},
        {QStringLiteral("a.example.org"), QStringLiteral("b.example.org")});
    row("every address", {QStringLiteral("http://0.0.0.0/")}, {QStringLiteral("0.0.0.0")});
}

void ForeignHostsTest::namesEachForeignHostOnce()
{
    QFETCH(QStringList, urls);
    Plan plan;
    for (const QString &url : urls) {
        Plan::Step step;
        step.request.url = QUrl(url);
        plan.steps.push_back(step);
    }
    QTEST(foreignHosts(plan), "hosts");
}

void ForeignHostsTest::namesTheHostOfTheCallBetweenBatches()
{
    Plan plan;
    plan.betweenCall.emplace();
    plan.betweenCall->url = QUrl(QStringLiteral("http://prod.example.org/items"));
    QCOMPARE(foreignHosts(plan), QStringList{QStringLiteral("prod.example.org")});
    plan.lines.emplace(); // its steps stay on this machine, the call does not
    QCOMPARE(foreignHosts(plan), QStringList{QStringLiteral("prod.example.org")});
    plan.betweenCall->url = QUrl(QStringLiteral("http://127.0.0.1:8080/reset"));
    QCOMPARE(foreignHosts(plan), QStringList());
}

void ForeignHostsTest::namesHostsThatAreAskedBesideTheLoad()
{
    Plan plan;
    plan.target = QUrl(QStringLiteral("http://127.0.0.1:8080"));
    plan.readyUrl = QUrl(QStringLiteral("http://ready.example.org/health"));
    Scenario scenario;
    Scenario::Service service;
    service.tcp = QStringLiteral("redis.example.org:6379");
    scenario.services.push_back(service);
    service.tcp = QStringLiteral("[::1]:6379");
    scenario.services.push_back(service);
    service.tcp.clear();
    service.url = QStringLiteral("https://search.example.org/health");
    scenario.services.push_back(service);
    service.url.clear();
    service.command = QStringLiteral("true");
    scenario.services.push_back(service);
    Scenario::Probe probe;
    probe.heap = QStringLiteral("/heap"); // of the target
    scenario.probes.push_back(probe); // of a process
    probe.heap = QStringLiteral("http://heap.example.org/heap");
    scenario.probes.push_back(probe);
    probe.heap.clear();
    probe.kind = Scenario::Probe::Kind::Json;
    probe.url = QStringLiteral("/stats");
    scenario.probes.push_back(probe);
    probe.url = QStringLiteral("http://stats.example.org/stats");
    scenario.probes.push_back(probe);
    probe.kind = Scenario::Probe::Kind::Redis;
    probe.url = QStringLiteral("queue.example.org:6379");
    scenario.probes.push_back(probe);
    QCOMPARE(foreignHosts(plan, scenario),
             (QStringList{QStringLiteral("heap.example.org"), QStringLiteral("queue.example.org"),
                          QStringLiteral("ready.example.org"), QStringLiteral("redis.example.org"),
                          QStringLiteral("search.example.org"), QStringLiteral("stats.example.org")}));
    QCOMPARE(foreignHosts(plan), QStringList());
}

void ForeignHostsTest::namesNoneThatALocalSocketStandsFor()
{
    Plan plan;
    plan.target = QUrl(QStringLiteral("http://service.example.org"));
    plan.steps.emplace_back().request.url = QUrl(QStringLiteral("http://service.example.org/a"));
    plan.readyUrl = QUrl(QStringLiteral("http://service.example.org/health"));
    QCOMPARE(foreignHosts(plan, {}), QStringList{QStringLiteral("service.example.org")});
    plan.connections.socket = QStringLiteral("/run/service.sock");
    QCOMPARE(foreignHosts(plan), QStringList());
    QCOMPARE(foreignHosts(plan, {}), QStringList());
    plan.readyUrl = QUrl(QStringLiteral("http://ready.example.org/health")); // is asked where it is
    QCOMPARE(foreignHosts(plan, {}), QStringList{QStringLiteral("ready.example.org")});
}

QTEST_GUILESS_MAIN(ForeignHostsTest)
#include "tst_foreignhosts.moc"
