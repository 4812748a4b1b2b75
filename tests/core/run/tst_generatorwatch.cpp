// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/planner.h"
#include "core/run/generatorwatch.h"
#include "tests/support/framebuilder.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

class GeneratorWatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void flagsAPlanNearTheCeiling_data();
    void flagsAPlanNearTheCeiling();
    void offersNoOtherTransportToDirect();
    void looksOnceASecond();
    void keepsTheCeilingOfTheMeasuredSeconds();

private:
    CeilingCache cache() const { return {m_folder->filePath(QStringLiteral("c.json")), QStringLiteral("this")}; }
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

PlanPtr planAt(double rate)
{
    Scenario scenario;
    scenario.flows.resize(1);
    scenario.flows[0].steps.resize(1);
    scenario.flows[0].steps[0].method = "GET";
    scenario.flows[0].steps[0].path = QStringLiteral("/");
    Scenario::Stage stage;
    stage.rate = std::pair(Rate::perSecond(rate), Rate::perSecond(rate));
    stage.length = 5s;
    scenario.load.stages = {stage};
    return *compilePlan(scenario, QUrl(QStringLiteral("http://127.0.0.1:1")), 1);
}

} // namespace

void GeneratorWatchTest::flagsAPlanNearTheCeiling_data()
{
    QTest::addColumn<double>("rate"); // the ceiling is 1,000/s
    QTest::addColumn<bool>("isFlagged");
    QTest::newRow("70 %") << 700.0 << false;
    QTest::newRow("above") << 710.0 << true;
}

void GeneratorWatchTest::flagsAPlanNearTheCeiling()
{
    QFETCH(double, rate);
    QFETCH(bool, isFlagged);
    const PlanPtr plan = planAt(rate);
    QVERIFY(!GeneratorWatch(*plan, exampleFacts(), cache()).lookAhead()); // nothing is known
    QVERIFY(*cache().keep(loadShape(*plan, 1), {1000.0, true}));
    const auto event = GeneratorWatch(*plan, exampleFacts(), cache()).lookAhead();
    QCOMPARE(event.has_value(), isFlagged);
    if (event)
        QCOMPARE(
            event->text,
            QStringLiteral("the plan asks for up to 710/s requests, 71 % of the 1000/s that this generator can do "
                           "(calibrated): its own delays will show in the times; lower the rate, use more workers or "
                           "another machine, or write transport: direct in the target, which makes many times as many "
                           "requests in a second of CPU"));
}

void GeneratorWatchTest::offersNoOtherTransportToDirect()
{
    const PlanPtr plan = planAt(900.0);
    QVERIFY(*cache().keep(loadShape(*plan, 1), {1000.0, true}));
    RunFacts facts = exampleFacts();
    facts.transport = QStringLiteral("direct");
    const auto event = GeneratorWatch(*plan, facts, cache()).lookAhead();
    QVERIFY(event && event->text.endsWith(QStringLiteral("lower the rate, or use more workers or another machine")));
}

void GeneratorWatchTest::looksOnceASecond()
{
    GeneratorWatch watch(*planAt(1.0), exampleFacts(), cache());
    QVERIFY(watch.useOf(0));
    QVERIFY(!watch.useOf(0)); // of another worker
    QVERIFY(watch.useOf(2));
    QVERIFY(!watch.useOf(1));
}

void GeneratorWatchTest::keepsTheCeilingOfTheMeasuredSeconds()
{
    const PlanPtr plan = planAt(100.0);
    GeneratorWatch watch(*plan, exampleFacts(), cache());
    MetricsFrame warmUp = FrameBuilder(0).warmUp().answered(0, 100, 10ms);
    warmUp.process.busySeconds = 0.9;
    watch.follow(warmUp);
    MetricsFrame measured = FrameBuilder(1).answered(0, 100, 10ms);
    measured.process.busySeconds = 0.125;
    watch.follow(measured);
    watch.keepCeiling();
    QCOMPARE(cache().find(loadShape(*plan, 1)), (Ceiling{800.0, false})); // 100 / 0.125 s
}

QTEST_GUILESS_MAIN(GeneratorWatchTest)
#include "tst_generatorwatch.moc"
