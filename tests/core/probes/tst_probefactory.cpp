// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/probefactory.h"
#include "tests/core/probes/cannedserver.h"
#include "tests/support/manualclock.h"

#include <QTest>

#include <unistd.h>

using namespace Headroom;

namespace {

Scenario::Probe processProbe()
{
    Scenario::Probe probe;
    probe.name = "api";
    probe.pid = getpid();
    return probe;
}

Scenario::Probe jsonProbe(const QString &url)
{
    Scenario::Probe probe;
    probe.name = "queue";
    probe.kind = Scenario::Probe::Kind::Json;
    probe.url = url;
    probe.fields = {{"", "$.depth"}};
    return probe;
}

} // namespace

class ProbeFactoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesAProbeOfEachKind();
    void resolvesRelativeUrlsOnTheTarget_data();
    void resolvesRelativeUrlsOnTheTarget();
    void watchesThePracticeTarget();
    void refusesABadProbe_data();
    void refusesABadProbe();
};

void ProbeFactoryTest::makesAProbeOfEachKind()
{
    ManualClock clock;
    const auto probes = makeProbes({processProbe(), jsonProbe("/stats")}, QUrl("http://127.0.0.1:8080"), clock);
    QVERIFY(probes);
    QStringList names;
    for (const RunFacts::Series &series : (*probes)->series())
        names.append(series.name());
    QCOMPARE(names,
             (QStringList{"api.rss", "api.cpu", "api.cpu_seconds", "api.threads", "api.fds", "api.read_bytes",
                          "api.write_bytes", "api.cpu_share", "api.switches", "queue"}));
}

void ProbeFactoryTest::resolvesRelativeUrlsOnTheTarget_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("path") << "/stats?a=1";
    QTest::newRow("whole URL") << "";
}

void ProbeFactoryTest::resolvesRelativeUrlsOnTheTarget()
{
    QFETCH(QString, text);
    CannedServer server;
    server.answer = CannedServer::ok(R"({"depth": 12})");
    const QUrl target = text.isEmpty() ? QUrl("http://127.0.0.1:9") : server.url("/api/");
    const QString url = text.isEmpty() ? server.url("/stats?a=1").toString() : text;
    ManualClock clock;
    const auto probes = makeProbes({jsonProbe(url)}, target, clock);
    QVERIFY(probes);
    (*probes)->start(clock.now());
    clock.advance(0s);
    QTRY_COMPARE((*probes)->latest(), ProbeValues{12.0});
    QVERIFY(server.requests.first().startsWith("GET /stats?a=1 "));
    QCOMPARE((*probes)->requestsMade(), 1u);
}

void ProbeFactoryTest::watchesThePracticeTarget()
{
    Scenario::Probe probe;
    probe.name = "api";
    probe.isPractice = true;
    ManualClock clock;
    const auto probes = makeProbes({probe}, {}, clock);
    QVERIFY(probes);
    (*probes)->start(clock.now());
    clock.advance(0s);
    QCOMPARE((*probes)->latest(), ProbeValues(9));
    (*probes)->setPracticePid(getpid());
    clock.advance(1s);
    QVERIFY((*probes)->latest().front());
}

void ProbeFactoryTest::refusesABadProbe_data()
{
    QTest::addColumn<Scenario::Probe>("probe");
    QTest::addColumn<QString>("saying");
    Scenario::Probe probe = processProbe();
    probe.pid.reset();
    QTest::newRow("no process") << probe << "probes.api: a process is chosen by exactly one of port, pid, name, unit and practice";
    probe = processProbe();
    probe.port = 80;
    QTest::newRow("two ways") << probe << "probes.api: a process is chosen by exactly one of port, pid, name, unit and practice";
    probe = processProbe();
    probe.every = 99ms;
    QTest::newRow("too often") << probe << "probes.api: every must be at least 100 ms";
    const QString badUrl =
        "probes.queue: '%1' is not a URL for a JSON probe; write http://host/path, or /path on the target";
    for (const char *url : {"", "file:///etc/passwd", "ftp://127.0.0.1/x", "http://", "http://[::1/x", "http://a b/"})
        QTest::addRow("url '%s'", url) << jsonProbe(url) << badUrl.arg(url);
    probe = jsonProbe("/stats");
    probe.fields.clear();
    QTest::newRow("no value") << probe
                              << "probes.queue: a JSON probe needs at least one value; write value: \"$.queue_depth\"";
    probe = jsonProbe("/stats");
    probe.fields.push_back({"used", "$..a..b"});
    QTest::newRow("bad path") << probe
                              << "probes.queue: $..a..b: '..' may stand in a JSONPath once; name the other levels";
}

void ProbeFactoryTest::refusesABadProbe()
{
    QFETCH(Scenario::Probe, probe);
    QFETCH(QString, saying);
    ManualClock clock;
    const auto probes = makeProbes({probe}, QUrl("http://127.0.0.1:8080"), clock);
    QVERIFY(!probes);
    QCOMPARE(probes.error().text(), saying);
    QCOMPARE(probes.error().code, Error::Code::InvalidInput);
}

QTEST_GUILESS_MAIN(ProbeFactoryTest)
#include "tst_probefactory.moc"
