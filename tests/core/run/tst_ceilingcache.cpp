// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/planner.h"
#include "core/run/calibration.h"
#include "core/run/ceilingcache.h"
#include "core/run/preparation.h"
#include "core/scenario/scenarioreader.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

class CeilingCacheTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void findsWhatWasKept();
    void aCalibrationStandsAboveWhatARunFound();
    void takesNothingFromADamagedFile_data();
    void takesNothingFromADamagedFile();
    void forgetsTheOldest();
    void saysWhatCannotBeWritten();
    void withoutAFileNothingIsKept();
    void shapesTellLoadsApart_data();
    void shapesTellLoadsApart();
    void shapesTellConnectionsApart_data();
    void shapesTellConnectionsApart();
    void aCalibrationHasTheShapeOfItsPlan_data();
    void aCalibrationHasTheShapeOfItsPlan();
    void knowsWhatAPlanAsksFor_data();
    void knowsWhatAPlanAsksFor();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("headroom/ceilings.json")); }
    CeilingCache cache(const QString &machine = QStringLiteral("this")) const { return CeilingCache(path(), machine); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QString kShape = QStringLiteral("qnam, plain, 1 steps, no body, 1 workers");

PlanPtr planOf(const QByteArray &text)
{
    const ScenarioReading reading =
        readScenario("headroom: 1\nname: x\ntarget: { url: \"http://127.0.0.1:1\" }\n" + text);
    return *compilePlan(reading.scenario, QUrl(QStringLiteral("http://127.0.0.1:1")), 1);
}

} // namespace

void CeilingCacheTest::findsWhatWasKept()
{
    QVERIFY(!cache().find(kShape));
    QVERIFY(*cache().keep(kShape, {1234.5, false}));
    QCOMPARE(cache().find(kShape), (Ceiling{1234.5, false}));
    QVERIFY(!cache().find(QStringLiteral("another shape")));
    QVERIFY(!cache(QStringLiteral("another machine")).find(kShape));
    QVERIFY(*cache(QStringLiteral("another machine")).keep(kShape, {99.0, true}));
    QCOMPARE(cache().find(kShape), (Ceiling{1234.5, false}));
}

void CeilingCacheTest::aCalibrationStandsAboveWhatARunFound()
{
    QVERIFY(*cache().keep(kShape, {1000.0, false}));
    QVERIFY(!*cache().keep(kShape, {900.0, false})); // a run that was less busy shows less
    QVERIFY(*cache().keep(kShape, {1100.0, false}));
    QVERIFY(*cache().keep(kShape, {800.0, true}));
    QVERIFY(!*cache().keep(kShape, {1200.0, false}));
    QVERIFY(*cache().keep(kShape, {700.0, true}));
    QCOMPARE(cache().find(kShape), (Ceiling{700.0, true}));
}

void CeilingCacheTest::takesNothingFromADamagedFile_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto entry = [](const QByteArray &rate, const QByteArray &shape = kShape.toUtf8()) {
        return "{\"version\":1,\"ceilings\":[{\"machine\":\"this\",\"shape\":\"" + shape + "\",\"rate_per_s\":" + rate
            + ",\"calibrated\":true}]}";
    };
    QTest::newRow("no JSON") << QByteArray("]");
    QTest::newRow("a list") << QByteArray("[1, 2]");
    QTest::newRow("another version") << entry("5").replace("\"version\":1", "\"version\":2");
    QTest::newRow("no rate") << entry("null");
    QTest::newRow("a rate of nothing") << entry("0");
    QTest::newRow("a negative rate") << entry("-5");
    QTest::newRow("an endless rate") << entry("1e300");
    QTest::newRow("a rate in words") << entry("\"5\"");
    QTest::newRow("too long a shape") << entry("5", QByteArray(301, 'x'));
    QTest::newRow("too large a file") << entry("5") + QByteArray(300'000, ' ');
}

void CeilingCacheTest::takesNothingFromADamagedFile()
{
    QFETCH(QByteArray, text);
    QVERIFY(*cache().keep(kShape, {1.0, false})); // makes the folder
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    QVERIFY(!cache().find(kShape));
    QVERIFY(*cache().keep(kShape, {2.0, false})); // and it is made anew
    QCOMPARE(cache().find(kShape), (Ceiling{2.0, false}));
}

void CeilingCacheTest::forgetsTheOldest()
{
    for (int i = 0; i <= 200; ++i)
        QVERIFY(*cache().keep(QString::number(i), {5.0, true}));
    QVERIFY(!cache().find(QStringLiteral("0")));
    QVERIFY(cache().find(QStringLiteral("1")) && cache().find(QStringLiteral("200")));
}

void CeilingCacheTest::saysWhatCannotBeWritten()
{
    const auto kept = CeilingCache(QStringLiteral("/dev/null/headroom/ceilings.json"), QStringLiteral("this"))
                          .keep(kShape, {5.0, true});
    QVERIFY(!kept);
    QCOMPARE(kept.error().code, Error::Code::Unwritable);
    QCOMPARE(kept.error().subject, QStringLiteral("/dev/null/headroom/ceilings.json"));
}

void CeilingCacheTest::withoutAFileNothingIsKept()
{
    CeilingCache none({}, QStringLiteral("this"));
    QVERIFY(!*none.keep(kShape, {5.0, true}));
    QVERIFY(!none.find(kShape));
}

void CeilingCacheTest::shapesTellLoadsApart_data()
{
    QTest::addColumn<QByteArray>("flows");
    QTest::addColumn<QString>("shape");
    QTest::newRow("one request") << QByteArray("[ { steps: [ { get: /a } ] } ]") << kShape;
    QTest::newRow("two steps and a body") << QByteArray("[ { steps: [ { get: /a }, { post: /b, text: hello } ] } ]")
                                          << QStringLiteral("qnam, plain, 2 steps, bodies up to 4 KiB, 1 workers");
    QTest::newRow("a larger body") << QByteArray("[ { steps: [ { post: /b, text: " + QByteArray(5000, 'x') + " } ] } ]")
                                   << QStringLiteral("qnam, plain, 1 steps, bodies up to 64 KiB, 1 workers");
}

void CeilingCacheTest::shapesTellLoadsApart()
{
    QFETCH(QByteArray, flows);
    QTEST(loadShape(*planOf("flows: " + flows + "\nload: { stages: [ { rate: 1/s, for: 1 s } ] }\n"), 1), "shape");
}

void CeilingCacheTest::shapesTellConnectionsApart_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QString>("connections");
    const auto row = [](const char *name, const char *target, const char *connections) {
        QTest::newRow(name) << QByteArray(target) << QString::fromLatin1(connections);
    };
    row("qnam", "url: 'https://h'", "qnam, TLS");
    row("qnam, not verified", "url: 'https://h', tls: { verify: false, resume: false }", "qnam, TLS"); // costs the same
    row("direct", "url: 'http://h', transport: direct", "direct, plain");
    row("addresses", "url: 'http://h', transport: direct, connection: { family: ipv4, from: [127.0.0.2] }", "direct, plain");
    row("HTTP/2", "url: 'http://h', transport: direct, connection: { http: 2, streams: 4 }",
        "direct, HTTP/2 of 4 streams, plain");
    row("socket", "url: 'http://h', transport: direct, connection: { socket: s }", "direct, local socket, plain");
    row("new ones", "url: 'http://h', transport: direct, connection: { reuse: false, resolve: each }",
        "direct, a connection each with its lookup, plain");
    row("new ones with TLS", "url: 'https://h', transport: direct, connection: { reuse: false }, tls: { resume: false }",
        "direct, a connection each with its whole handshake, TLS");
}

void CeilingCacheTest::shapesTellConnectionsApart()
{
    QFETCH(QByteArray, target);
    QFETCH(QString, connections);
    const ScenarioReading reading = readScenario("headroom: 1\ntarget: { " + target
                                                 + " }\nflows: [ { steps: [ { get: / } ] } ]\nload: { rate: 1/s, for: 1 s }\n");
    const auto plan = compilePlan(reading.scenario, reading.scenario.target.url, 1);
    QVERIFY(plan);
    QCOMPARE(loadShape(**plan, 1), connections + QStringLiteral(", 1 steps, no body, 1 workers"));
}

void CeilingCacheTest::aCalibrationHasTheShapeOfItsPlan_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("qnam") << QByteArray("url: 'http://h'");
    QTest::newRow("direct") << QByteArray("url: 'http://h', transport: direct");
    QTest::newRow("new connections") << QByteArray("url: 'http://h', transport: direct, connection: { reuse: false }");
}

void CeilingCacheTest::aCalibrationHasTheShapeOfItsPlan()
{
    QFETCH(QByteArray, target);
    const auto plan = prepare("headroom: 1\ntarget: { " + target
                              + " }\nflows: [ { steps: [ { get: /a }, { post: /b, text: hello } ] } ]\nload: { rate: 1/s, for: 1 s }\n");
    QVERIFY(plan);
    const auto calibration = prepare(calibrationScenario(plan->plan.get(), {.users = 4}));
    QVERIFY(calibration);
    QCOMPARE(loadShape(*calibration->plan, 3), loadShape(*plan->plan, 3));
}

void CeilingCacheTest::knowsWhatAPlanAsksFor_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("rate"); // 0: it does not say
    const QByteArray two = "flows: [ { steps: [ { get: /a }, { get: /b } ] } ]\n";
    QTest::newRow("the highest stage, two steps each")
        << two + "load: { stages: [ { rate: 10/s to 40/s, for: 5 s }, { rate: 20/s, for: 5 s } ] }\n"
        << 80.0;
    // 10/s of which 3 of 4 take one step and 1 of 4 three: 15/s; and 5/s of one step beside it.
    QTest::newRow("weights and a rate of its own")
        << QByteArray("flows:\n  - { name: a, weight: 3, steps: [ { get: /a } ] }\n"
                      "  - { name: b, weight: 1, steps: [ { get: /a }, { get: /b }, { get: /c } ] }\n"
                      "  - { name: c, rate: 5/s, steps: [ { get: /a } ] }\n"
                      "load: { stages: [ { rate: 10/s, for: 5 s } ] }\n")
        << 20.0;
    QTest::newRow("users") << two + "load: { stages: [ { users: 10, for: 5 s } ] }\n" << 0.0;
    // 10 users, each an iteration of two steps in 500 ms.
    QTest::newRow("users at a pace") << QByteArray("flows: [ { pace: 500 ms, steps: [ { get: /a }, { get: /b } ] } ]\n"
                                                   "load: { stages: [ { users: 10, for: 5 s } ] }\n")
                                     << 40.0;
}

void CeilingCacheTest::knowsWhatAPlanAsksFor()
{
    QFETCH(QByteArray, text);
    QTEST(peakRequestRate(*planOf(text)).value_or(0.0), "rate");
}

QTEST_GUILESS_MAIN(CeilingCacheTest)
#include "tst_ceilingcache.moc"
