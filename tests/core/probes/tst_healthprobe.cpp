// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/healthflip.h"
#include "core/probes/healthprobe.h"
#include "core/probes/probescheduler.h"
#include "tests/core/probes/cannedserver.h"
#include "tests/core/probes/probelistener.h"
#include "tests/support/manualclock.h"

#include <QTest>

using namespace Headroom;

namespace {

QByteArray answerOf(const char *status) { return QByteArray("HTTP/1.1 ") + status + "\r\nContent-Length: 0\r\n\r\n"; }

/// A tier that is well with any 2xx, and gives up after a second.
struct Bench
{
    explicit Bench(const QByteArray &answer)
    {
        server.answer = answer;
        QObject::connect(&probe, &Probe::flipped, &probe, [this](const QString &text) { flips.append(text); });
    }
    bool read()
    {
        const int before = listener.readings;
        probe.read();
        return QTest::qWaitFor([&] { return listener.readings > before; });
    }

    CannedServer server;
    ManualClock clock;
    HealthProbe probe{"ready", {server.url("/health/ready"), {{200, 299}}, 1s}, clock};
    ProbeListener listener{probe};
    QStringList flips;
};

} // namespace

class HealthProbeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isUpWithAnExpectedStatus();
    void isDownWithoutOne_data();
    void isDownWithoutOne();
    void isDownWhenNobodyListens();
    void isDownWhenNoAnswerComes();
    void tellsEachFlipOnce();
    void readsItsOwnWordsBack_data();
    void readsItsOwnWordsBack();
    void isAnEventOfItsOwnKind();
};

void HealthProbeTest::isUpWithAnExpectedStatus()
{
    Bench bench(answerOf("204 No Content"));
    QVERIFY(bench.read());
    QCOMPARE(bench.listener.values, (ProbeValues{1.0, 0.0})); // the clock stands still
    QVERIFY(bench.flips.isEmpty());
    QVERIFY(bench.listener.said.isEmpty());
    QCOMPARE(bench.probe.series()[0].name(), "ready.up");
    QCOMPARE(bench.probe.series()[0].unit, "up");
    QCOMPARE(bench.probe.series()[1].name(), "ready.time");
    QCOMPARE(bench.probe.series()[1].unit, "seconds");
    QVERIFY(bench.server.requests.first().toLower().contains("\r\nuser-agent: headroom-aux\r\n"));
}

void HealthProbeTest::isDownWithoutOne_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("hasTime");
    QTest::addColumn<QString>("reason");
    QTest::newRow("503") << answerOf("503 No") << true << "503";
    QTest::newRow("404") << answerOf("404 No") << true << "404";
    QTest::newRow("elsewhere") << QByteArray("HTTP/1.1 302 There\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n") << true
                               << "302";
    QTest::newRow("cut short") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf") << false
                               << "Connection closed";
    QTest::newRow("no HTTP") << QByteArray("hello\r\n\r\n") << false << "";
}

void HealthProbeTest::isDownWithoutOne()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const bool, hasTime);
    QFETCH(const QString, reason);
    Bench bench(answer);
    bench.server.isClosingAfterwards = !hasTime;
    QVERIFY(bench.read());
    QCOMPARE(bench.listener.values[0], std::optional(0.0)); // no gap
    QCOMPARE(bench.listener.values[1].has_value(), hasTime);
    QCOMPARE(bench.flips.size(), 1);
    QVERIFY2(bench.flips[0].startsWith("ready is down at the first look: " + reason), qPrintable(bench.flips[0]));
    QVERIFY(bench.listener.said.isEmpty()); // being down is what is measured, no failure of the probe
}

void HealthProbeTest::isDownWhenNobodyListens()
{
    Bench bench(answerOf("200 OK"));
    bench.server.close();
    QVERIFY(bench.read());
    QCOMPARE(bench.listener.values, (ProbeValues{0.0, std::nullopt}));
    QCOMPARE(bench.flips, QStringList{"ready is down at the first look: nobody listens there"});
}

void HealthProbeTest::isDownWhenNoAnswerComes()
{
    Bench bench(answerOf("200 OK"));
    QVERIFY(bench.read());
    bench.server.answer.clear();
    bench.probe.read();
    QTRY_COMPARE(bench.server.requests.size(), 2);
    bench.probe.read(); // while it waits, what was known stands
    QCOMPARE(bench.listener.readings, 2);
    QCOMPARE(bench.listener.values, (ProbeValues{1.0, 0.0}));
    bench.clock.advance(1s);
    QCOMPARE(bench.listener.values, (ProbeValues{0.0, std::nullopt}));
    QCOMPARE(bench.flips, QStringList{"ready went down: did not answer within 1.00 s after 1.00 s up"});
}

void HealthProbeTest::tellsEachFlipOnce()
{
    Bench bench(answerOf("200 OK"));
    const auto answerFor = [&bench](const char *status, int times) {
        bench.server.answer = answerOf(status);
        for (int i = 0; i < times; ++i) {
            if (!bench.read())
                return false;
            bench.clock.advance(1s);
        }
        return true;
    };
    QVERIFY(answerFor("200 OK", 3));
    QVERIFY(answerFor("503 No", 2));
    QVERIFY(answerFor("500 No", 1)); // still down
    QVERIFY(answerFor("200 OK", 2));
    QCOMPARE(bench.flips,
             (QStringList{"ready went down: 503 after 3.00 s up", "ready came up: 200 after 3.00 s down"}));
}

void HealthProbeTest::readsItsOwnWordsBack_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tier");
    QTest::addColumn<bool>("isUp");
    const QString health = QStringLiteral("health");
    QTest::newRow("down") << health << HealthFlip{"api_live", false, "503", false, 2s}.text() << "api_live" << false;
    QTest::newRow("up") << health << HealthFlip{"a-b", true, "200", false, 2s}.text() << "a-b" << true;
    QTest::newRow("down at first") << health << HealthFlip{"x", false, "503", true, {}}.text() << "x" << false;
    QTest::newRow("merged") << health << "box 1: " + HealthFlip{"x", true, "200", false, 2s}.text() << "x" << true;
    QTest::newRow("another kind") << "probe" << HealthFlip{"x", false, "503", true, {}}.text() << QString() << false;
    QTest::newRow("other words") << health << "x was down: 503" << QString() << false;
    QTest::newRow("no name") << health << " went down" << QString() << false;
    QTest::newRow("nothing") << health << QString() << QString() << false;
}

void HealthProbeTest::readsItsOwnWordsBack()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, text);
    QFETCH(const QString, tier);
    const auto flip = healthFlipOf({0ns, kind, text});
    QCOMPARE(flip.has_value(), !tier.isEmpty());
    if (!flip)
        return;
    QCOMPARE(flip->tier, tier);
    QTEST(flip->isUp, "isUp");
}

void HealthProbeTest::isAnEventOfItsOwnKind()
{
    CannedServer server;
    server.answer = answerOf("503 No");
    ManualClock clock;
    ProbeScheduler scheduler(clock);
    std::vector<RunEvent> events;
    connect(&scheduler, &ProbeScheduler::eventHappened, &scheduler,
            [&](const RunEvent &event) { events.push_back(event); });
    scheduler.add(std::make_unique<HealthProbe>("ready", HealthProbe::Source{server.url("/"), {{200, 200}}, 1s}, clock),
                  1s);
    scheduler.start(clock.now());
    clock.advance(0s);
    QTRY_COMPARE(events.size(), 1u);
    QCOMPARE(events[0].kind, "health");
    QCOMPARE(events[0].text, "ready is down at the first look: 503");
    QCOMPARE(scheduler.latest(), (ProbeValues{0.0, 0.0}));
}

QTEST_GUILESS_MAIN(HealthProbeTest)
#include "tst_healthprobe.moc"
