// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/difference.h"

#include <QTest>

using namespace Headroom;

class DifferenceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isAsWideAsTheTwoIntervalsMakeIt();
    void countsTheValueBeforeByAFactor();
    void isOpenWhereAnEndThatItRestsOnIs();
};

void DifferenceTest::isAsWideAsTheTwoIntervalsMakeIt()
{
    // After 100 in (97, 106), before 140 in (136, 152): 100 - 140 = -40.
    // Low: the 3 below 100 and the 12 above 140, sqrt(9 + 144) = sqrt(153). High: 6 and 4, sqrt(36 + 16) = sqrt(52).
    const Estimate change = differenceOf({100.0, {97.0, 106.0}}, {140.0, {136.0, 152.0}});
    QCOMPARE(change.value, -40.0);
    QCOMPARE(*change.interval.low, -40.0 - std::sqrt(153.0));
    QCOMPARE(*change.interval.high, -40.0 + std::sqrt(52.0));
}

void DifferenceTest::countsTheValueBeforeByAFactor()
{
    // 90 - 0.5 x 100 = 40; 3 below 90 and half of 8 above 100: sqrt(9 + 16) = 5. 12 and half of 10: 13.
    const Estimate change = differenceOf({90.0, {87.0, 102.0}}, {100.0, {90.0, 108.0}}, 0.5);
    QCOMPARE(change.value, 40.0);
    QCOMPARE(*change.interval.low, 35.0);
    QCOMPARE(*change.interval.high, 53.0);
}

void DifferenceTest::isOpenWhereAnEndThatItRestsOnIs()
{
    const Estimate open = differenceOf({100.0, {97.0, std::nullopt}}, {140.0, {136.0, 152.0}});
    QVERIFY(open.interval.low);
    QVERIFY(!open.interval.high);
    const Estimate below = differenceOf({100.0, {97.0, 106.0}}, {140.0, {136.0, std::nullopt}});
    QVERIFY(!below.interval.low);
    QVERIFY(below.interval.high);
}

QTEST_GUILESS_MAIN(DifferenceTest)
#include "tst_difference.moc"
