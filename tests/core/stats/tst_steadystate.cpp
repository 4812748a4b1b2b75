// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/stats/steadystate.h"
#include "core/stats/studentt.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace Headroom;

namespace {

/// Uniform in -1 to 1.
double noise(std::uint64_t seed, std::size_t i) { return 2.0 * unitInterval(randomAt(seed, i)) - 1.0; }

std::vector<double> seriesOf(std::size_t count, const std::function<double(double)> &valueAt, double noisy = 0.0,
                             std::uint64_t seed = 1)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(valueAt(double(i)) + noisy * noise(seed, i));
    return values;
}

} // namespace

class SteadyStateTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aConstantIsSteadyFromItsBeginning();
    void noiseIsSteady();
    void theWarmUpIsCut();
    void aRiseIsNotSteady();
    void aFallIsNotSteady();
    void aStepInTheMiddleIsNotSteady();
    void whatSettlesOnlyAtTheEndIsNotSteady();
    void aDriftOfThreePercentDoesNotMatter();
    void zerosAreSteady();
    void needsTwentyValues();
    void whatIsNoNumberIsNotSteady();
    void aDayIsJudgedAtOnce();
    void studentsTIsNearTheTables_data();
    void studentsTIsNearTheTables();
};

void SteadyStateTest::aConstantIsSteadyFromItsBeginning()
{
    const SteadyState state = findSteadyState(std::vector<double>(60, 5.0));
    QCOMPARE(state.from, 0u);
    QCOMPARE(state.reason, QString());
}

/// Two tests at 5 % each: nine of ten at least.
void SteadyStateTest::noiseIsSteady()
{
    int steady = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed)
        steady += findSteadyState(seriesOf(120, [](double) { return 10.0; }, 3.0, seed)).from.has_value();
    QVERIFY2(steady >= 180, qPrintable(QString::number(steady)));
}

void SteadyStateTest::theWarmUpIsCut()
{
    // Ten seconds at twice the time, then even: two batches of five are cut.
    const SteadyState state = findSteadyState(seriesOf(60, [](double t) { return t < 10.0 ? 20.0 : 10.0; }));
    QCOMPARE(state.from, 10u);
}

void SteadyStateTest::aRiseIsNotSteady()
{
    // From 10 to 15.9.
    const SteadyState state = findSteadyState(seriesOf(60, [](double t) { return 10.0 + t / 10.0; }, 0.2));
    QVERIFY(!state.from);
    QVERIFY2(state.reason.contains(u"rises"), qPrintable(state.reason));
}

void SteadyStateTest::aFallIsNotSteady()
{
    const SteadyState state = findSteadyState(seriesOf(200, [](double t) { return 30.0 - t / 20.0; }, 2.0));
    QVERIFY(!state.from);
    QVERIFY2(state.reason.contains(u"falls"), qPrintable(state.reason));
}

void SteadyStateTest::aStepInTheMiddleIsNotSteady()
{
    QVERIFY(!findSteadyState(seriesOf(100, [](double t) { return t < 55.0 ? 10.0 : 13.0; }, 1.0)).from);
}

void SteadyStateTest::whatSettlesOnlyAtTheEndIsNotSteady()
{
    const SteadyState state = findSteadyState(seriesOf(100, [](double t) { return t < 70.0 ? 100.0 - t : 10.0; }));
    QVERIFY(!state.from);
    QVERIFY2(state.reason.startsWith(u"it still falls"), qPrintable(state.reason));
}

void SteadyStateTest::aDriftOfThreePercentDoesNotMatter()
{
    // 100 to 103, as certain as can be.
    QVERIFY(findSteadyState(seriesOf(200, [](double t) { return 100.0 + 3.0 * t / 200.0; })).from);
}

void SteadyStateTest::zerosAreSteady() { QCOMPARE(findSteadyState(std::vector<double>(30, 0.0)).from, 0u); }

void SteadyStateTest::needsTwentyValues()
{
    const SteadyState state = findSteadyState(std::vector<double>(19, 5.0));
    QVERIFY(!state.from);
    QCOMPARE(state.reason, QStringLiteral("19 s are too few to tell, it takes 20"));
    QVERIFY(findSteadyState(std::vector<double>(20, 5.0)).from);
    QVERIFY(!findSteadyState({}).from);
}

void SteadyStateTest::whatIsNoNumberIsNotSteady()
{
    std::vector<double> values(30, 5.0);
    values[7] = HUGE_VAL;
    QVERIFY(!findSteadyState(values).from);
    values[7] = 1e308;
    values[8] = -1e308;
    (void)findSteadyState(values); // no more than an answer
}

void SteadyStateTest::aDayIsJudgedAtOnce()
{
    const SteadyState state = findSteadyState(seriesOf(86'400, [](double t) { return t < 600.0 ? 30.0 : 10.0; }, 5.0));
    QVERIFY(state.from);
    QVERIFY(*state.from >= 595 && *state.from <= 700);
}

void SteadyStateTest::studentsTIsNearTheTables_data()
{
    QTest::addColumn<double>("degrees");
    QTest::addColumn<double>("expected");
    QTest::newRow("2") << 2.0 << 4.303;
    QTest::newRow("3") << 3.0 << 3.182;
    QTest::newRow("10") << 10.0 << 2.228;
    QTest::newRow("120") << 120.0 << 1.980;
}

void SteadyStateTest::studentsTIsNearTheTables()
{
    QFETCH(double, degrees);
    QFETCH(double, expected);
    QVERIFY(std::abs(studentT975(degrees) / expected - 1.0) < 0.01);
}

QTEST_GUILESS_MAIN(SteadyStateTest)
#include "tst_steadystate.moc"
