// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/axistext.h"
#include "ui/charts/nicescale.h"
#include "ui/charts/valuerange.h"

#include <QTest>

using namespace Headroom;

using Unit = ChartSpec::Unit;
using Ticks = std::vector<double>;

class NiceScaleTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsItsValuesBetweenTicks_data();
    void holdsItsValuesBetweenTicks();
    void standsStillWhileValuesMoveALittle();
    void hasDecadesWhenLogarithmic();
    void limitsDecades();
    void placesValues();
    void survivesWhatNobodyCanShow();
    void hasWholeTimes();
    void growsTimeInSteps();
    void namesTicks_data();
    void namesTicks();
    void namesValues();
    void leavesOutBoundsFarAboveTheValues();
};

void NiceScaleTest::holdsItsValuesBetweenTicks_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<int>("steps");
    QTest::addColumn<int>("unit");
    QTest::addColumn<QList<double>>("ticks");
    QTest::newRow("up to 97, four steps") << 3.0 << 97.0 << 4 << int(Unit::Count) << QList<double>{0, 50, 100};
    QTest::newRow("up to 97, five steps")
        << 3.0 << 97.0 << 5 << int(Unit::Count) << QList<double>{0, 20, 40, 60, 80, 100};
    QTest::newRow("nothing but zero") << 0.0 << 0.0 << 2 << int(Unit::Count) << QList<double>{0, 0.5, 1};
    QTest::newRow("below zero") << -3.0 << 8.0 << 3 << int(Unit::Count) << QList<double>{-5, 0, 5, 10};
    QTest::newRow("parts of one") << 0.0 << 0.31 << 4 << int(Unit::Milliseconds)
                                  << QList<double>{0, 0.1, 0.2, 0.3, 0.4};
    // 90 MiB in 4 steps: 22.5 MiB, so 32.
    QTest::newRow("bytes") << 0.0 << 90.0 * 1048576 << 4 << int(Unit::Bytes)
                           << QList<double>{0, 32.0 * 1048576, 64.0 * 1048576, 96.0 * 1048576};
}

void NiceScaleTest::holdsItsValuesBetweenTicks()
{
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(int, steps);
    QFETCH(int, unit);
    QFETCH(QList<double>, ticks);
    const NiceScale scale = NiceScale::linear(low, high, steps, Unit(unit));
    QCOMPARE(qsizetype(scale.ticks().size()), ticks.size());
    for (qsizetype i = 0; i < ticks.size(); ++i)
        QCOMPARE(scale.ticks()[std::size_t(i)], ticks[i]); // 3 x 0.1 is 0.3 to a person
    QCOMPARE(scale.low(), ticks.first());
    QCOMPARE(scale.high(), ticks.last());
    QVERIFY(!scale.isLogarithmic());
}

void NiceScaleTest::standsStillWhileValuesMoveALittle()
{
    for (const double high : {81.0, 90.0, 99.0, 100.0})
        QCOMPARE(NiceScale::linear(0.0, high, 5, Unit::Count).high(), 100.0);
}

void NiceScaleTest::hasDecadesWhenLogarithmic()
{
    const NiceScale scale = NiceScale::logarithmic(0.3, 250.0, 10);
    QCOMPARE(scale.ticks(), (Ticks{0.1, 1, 10, 100, 1000}));
    QVERIFY(scale.isLogarithmic());
    QCOMPARE(NiceScale::logarithmic(0.3, 250.0, 2).ticks(), (Ticks{0.1, 10, 1000})); // each second one
    QCOMPARE(NiceScale::logarithmic(10.0, 10.0, 10).ticks(), (Ticks{1, 10}));
    QCOMPARE(NiceScale::logarithmic(0.0, 0.0, 10).ticks(), (Ticks{1, 10})); // nothing to show
}

void NiceScaleTest::limitsDecades()
{
    const NiceScale scale = NiceScale::logarithmic(1e-300, 1e3, 20);
    QCOMPARE(scale.ticks().size(), 13U);
    QCOMPARE(scale.high(), 1e3);
}

void NiceScaleTest::placesValues()
{
    const NiceScale linear = NiceScale::linear(0.0, 100.0, 5, Unit::Count);
    QCOMPARE(linear.position(25.0), 0.25);
    QCOMPARE(linear.position(200.0), 2.0);
    const NiceScale logarithmic = NiceScale::logarithmic(1.0, 100.0, 5);
    QCOMPARE(logarithmic.position(10.0), 0.5);
    QCOMPARE(logarithmic.position(0.0), std::optional<double>());
    QCOMPARE(logarithmic.position(-1.0), std::optional<double>());
}

void NiceScaleTest::survivesWhatNobodyCanShow()
{
    QVERIFY(NiceScale::linear(-1e300, 1e300, 4, Unit::Count).ticks().size() < 10);
    QVERIFY(NiceScale::linear(0.0, 1e-300, 4, Unit::Bytes).ticks().size() < 10);
    QVERIFY(NiceScale::linear(0.0, 5.0, 0, Unit::Count).ticks().size() < 10);
    QVERIFY(timeTicks(0.0, 1e300, 10).empty());
    QVERIFY(timeTicks(5.0, 5.0, 10).empty());
}

void NiceScaleTest::hasWholeTimes()
{
    QCOMPARE(timeTicks(0.0, 60.0, 6), (Ticks{0, 10, 20, 30, 40, 50, 60}));
    QCOMPARE(timeTicks(3.5, 62.0, 4), (Ticks{15, 30, 45, 60})); // 58.5 / 4 = 14.6 s
    QCOMPARE(timeTicks(0.0, 7200.0, 4), (Ticks{0, 1800, 3600, 5400, 7200}));
}

void NiceScaleTest::growsTimeInSteps()
{
    QCOMPARE(niceEnd(0.0), 10.0);
    QCOMPARE(niceEnd(10.0), 10.0);
    QCOMPARE(niceEnd(11.0), 11.0); // 11 / 20: steps of one second
    QCOMPARE(niceEnd(95.0), 95.0); // 4.75: of five
    QCOMPARE(niceEnd(96.0), 100.0);
    QCOMPARE(niceEnd(3601.0), 3900.0); // 180: of 5 min
}

void NiceScaleTest::namesTicks_data()
{
    QTest::addColumn<double>("high");
    QTest::addColumn<int>("unit");
    QTest::addColumn<QString>("last");
    QTest::newRow("ms") << 200.0 << int(Unit::Milliseconds) << "200 ms";
    QTest::newRow("s") << 1500.0 << int(Unit::Milliseconds) << "1.5 s";
    QTest::newRow("below a ms") << 0.4 << int(Unit::Milliseconds) << "400 µs";
    QTest::newRow("rate") << 10000.0 << int(Unit::PerSecond) << "10,000/s";
    QTest::newRow("count") << 0.5 << int(Unit::Count) << "0.5";
    QTest::newRow("percent") << 80.0 << int(Unit::Percent) << "80 %";
    QTest::newRow("MiB") << 512.0 * 1048576 << int(Unit::Bytes) << "512 MiB";
    QTest::newRow("GiB") << 1.5 * 1073741824 << int(Unit::Bytes) << "1.5 GiB";
}

void NiceScaleTest::namesTicks()
{
    QFETCH(double, high);
    QFETCH(int, unit);
    QFETCH(QString, last);
    const NiceScale scale = NiceScale::linear(0.0, high, 5, Unit(unit));
    QCOMPARE(axisText(scale.high(), scale, Unit(unit)), last);
    QCOMPARE(axisText(0.0, scale, Unit(unit)), QStringLiteral("0"));
}

void NiceScaleTest::namesValues()
{
    QCOMPARE(valueText(12.345, Unit::Milliseconds), QStringLiteral("12.3 ms"));
    QCOMPARE(valueText(1e300, Unit::Milliseconds), QStringLiteral("277777 h 47 min")); // 1e12 ms, the most
    QCOMPARE(valueText(50.0, Unit::PerSecond), QStringLiteral("50/s"));
    QCOMPARE(valueText(1536.0, Unit::Bytes), QStringLiteral("1.5 KiB"));
    QCOMPARE(valueText(37.5, Unit::Percent), QStringLiteral("37.5 %"));
    QCOMPARE(valueText(7.0, Unit::Count), QStringLiteral("7"));
    QCOMPARE(valueText(std::nullopt, Unit::Count), QStringLiteral("–"));
    QCOMPARE(timeText(65.0), QStringLiteral("1:05"));
    QCOMPARE(timeText(3661.4), QStringLiteral("1:01:01"));
    // Each decade in its own unit.
    const NiceScale scale = NiceScale::logarithmic(0.1, 10'000.0, 9);
    QStringList texts;
    for (const double tick : scale.ticks())
        texts << axisText(tick, scale, Unit::Milliseconds);
    QCOMPARE(texts.join(QLatin1Char(' ')), QStringLiteral("100 µs 1 ms 10 ms 100 ms 1 s 10 s"));
}

void NiceScaleTest::leavesOutBoundsFarAboveTheValues()
{
    ValueRange range(false);
    range.add({{0.0, 99.0}, {1.0, 10.0}, {2.0, 40.0}, {3.0, 99.0}}, 0.5, 2.5);
    QCOMPARE(range.high(), 40.0);
    range.addBound(101.0); // more than 2.5 times 40
    QCOMPARE(range.high(), 40.0);
    range.addBound(100.0);
    QCOMPARE(range.high(), 100.0);

    ValueRange positive(true);
    positive.add({{1.0, -3.0}, {1.5, 0.0}, {2.0, 5.0}}, 0.0, 10.0);
    QCOMPARE(positive.low(), 5.0);
    positive.addBound(500.0); // two decades
    QCOMPARE(positive.high(), 500.0);
}

QTEST_GUILESS_MAIN(NiceScaleTest)
#include "tst_nicescale.moc"
