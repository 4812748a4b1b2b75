// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/trend.h"

#include <QTest>

using namespace Headroom;

namespace {

std::vector<TrendPoint> points(std::initializer_list<double> values)
{
    std::vector<TrendPoint> list;
    for (const double value : values)
        list.push_back({double(list.size()), value});
    return list;
}

} // namespace

class TrendTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesTheMedianOfAllSlopes();
    void boundsTheSlopeByRanks();
    void callsARiseWhatIsBeyondChance();
    void isNotMovedByOneWildValue();
    void needsTwoPoints();
    void cutsALongSeriesIntoPieces();
    void takesTimesAsTheyAre();
};

void TrendTest::takesTheMedianOfAllSlopes()
{
    // Pairs of 1, 2, 6: 1, 5/2 and 4; the median is 2.5.
    QCOMPARE(trendOf(points({1.0, 2.0, 6.0}))->slope, 2.5);
}

void TrendTest::boundsTheSlopeByRanks()
{
    // 5 points: 10 pairs, sd(S) = sqrt(5 x 4 x 15 / 18) = 4.08248, 1.96 of it 8.00148. Ranks floor(0.99926) = 0, so
    // open below, and ceil(9.00074) + 1 = 11, open above.
    const auto five = trendOf(points({1.0, 2.0, 3.0, 4.0, 5.0}));
    QVERIFY(!five->low && !five->high);
    // 6 points: 15 pairs, sqrt(6 x 5 x 17 / 18) = 5.32291, reach 10.4327. Ranks floor(2.2836) = 2 and ceil(12.716) + 1
    // = 14 of the sorted slopes of 0, 0, 0, 0, 0, 15: ten of 0, then 3, 3.75, 5, 7.5, 15.
    const auto six = trendOf(points({0.0, 0.0, 0.0, 0.0, 0.0, 15.0}));
    QCOMPARE(six->low, std::optional(0.0));
    QCOMPARE(six->high, std::optional(7.5));
}

void TrendTest::callsARiseWhatIsBeyondChance()
{
    // 5 rising: S = 10, (10 - 1) / 4.08 = 2.20 is above 1.96. 4 rising: S = 6, (6 - 1) / sqrt(4 x 3 x 13 / 18) = 1.70.
    QVERIFY(trendOf(points({1.0, 2.0, 3.0, 4.0, 5.0}))->isRise);
    QVERIFY(!trendOf(points({1.0, 2.0, 3.0, 4.0}))->isRise);
    const auto falling = trendOf(points({5.0, 4.0, 3.0, 2.0, 1.0}));
    QVERIFY(falling->isFall && !falling->isRise);
    const auto flat = trendOf(points({1.0, 1.0, 1.0, 1.0, 1.0, 1.0}));
    QVERIFY(!flat->isRise && !flat->isFall && flat->slope == 0.0);
}

void TrendTest::isNotMovedByOneWildValue()
{
    QCOMPARE(trendOf(points({1.0, 2.0, 3.0, 900.0, 5.0, 6.0, 7.0}))->slope, 1.0);
}

void TrendTest::needsTwoPoints()
{
    QVERIFY(!trendOf({}));
    QVERIFY(!trendOf(points({1.0})));
}

void TrendTest::cutsALongSeriesIntoPieces()
{
    std::vector<TrendPoint> long_;
    for (int i = 0; i < 85; ++i)
        long_.push_back({double(i), double(i)});
    // ceil(85 / 40) = 3 in a piece, 28 pieces, one point left out; the first has the mean of 0, 1, 2.
    const std::vector<TrendPoint> pieces = trendPieces(long_);
    QCOMPARE(pieces.size(), 28U);
    QCOMPARE(pieces.front().at, 1.0);
    QCOMPARE(pieces.back().value, 82.0);
    QCOMPARE(trendPieces(points({4.0, 5.0})).size(), 2U);
    QVERIFY(trendPieces({}).empty());
}

void TrendTest::takesTimesAsTheyAre()
{
    // A gap of 8: 10 more in 10 is a slope of 1 all the same.
    const std::vector<TrendPoint> gap{{0.0, 0.0}, {1.0, 1.0}, {9.0, 9.0}, {10.0, 10.0}};
    QCOMPARE(trendOf(gap)->slope, 1.0);
}

QTEST_GUILESS_MAIN(TrendTest)
#include "tst_trend.moc"
