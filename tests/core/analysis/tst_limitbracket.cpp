// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/limitbracket.h"

#include <QTest>

using namespace Headroom;

using Move = LimitBracket::Move;

namespace {

/// Rates as a target would answer that holds up to `limit`; confirmations as well.
std::vector<double> walk(LimitBracket &bracket, double limit)
{
    std::vector<double> rates;
    while (const auto move = bracket.next()) {
        rates.push_back(move->ratePerSecond);
        if (move->ratePerSecond <= limit)
            bracket.held(*move);
        else
            bracket.broke(*move);
    }
    return rates;
}

} // namespace

class LimitBracketTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void beginsAtThePlannedRate();
    void climbsThenBisectsThenConfirms();
    void halvesWhileNothingHolds();
    void givesUpFarBelowThePlannedRate();
    void endsAtTheHighestRateAllowed();
    void aRateThatIsNotConfirmedCountsAsBroken();
    void givesUpWhenRateAfterRateIsNotConfirmed();
    void fallsBackBelowEverythingWhenTheOnlyRateIsNotConfirmed();
    void convergesForAnyLimit();
};

void LimitBracketTest::beginsAtThePlannedRate()
{
    const LimitBracket bracket(100.0, 5000.0, 0.05);
    QCOMPARE(bracket.next(), (Move{100.0, false}));
    QVERIFY(!bracket.highestHeld());
    QVERIFY(!bracket.lowestBroken());
}

void LimitBracketTest::climbsThenBisectsThenConfirms()
{
    LimitBracket bracket(100.0, 5000.0, 0.05);
    // Half as much again until 225 breaks; middles of 150 to 225 (187.5), 188 to 225 (206.5), 188 to 207 (197.5) and
    // 188 to 198 (193), to three digits. 193 - 188 is less than 5 % of 188: it is confirmed.
    QCOMPARE(walk(bracket, 190.0), (std::vector<double>{100, 150, 225, 188, 207, 198, 193, 188}));
    QVERIFY(bracket.isConfirmed());
    QCOMPARE(bracket.highestHeld(), 188.0);
    QCOMPARE(bracket.lowestBroken(), 193.0);
}

void LimitBracketTest::halvesWhileNothingHolds()
{
    LimitBracket bracket(100.0, 5000.0, 0.5);
    // 50 breaks, 25 holds; the middle of 25 to 50 is 37.5 and breaks; 12.5 is half of 25: narrow enough.
    QCOMPARE(walk(bracket, 30.0), (std::vector<double>{100, 50, 25, 37.5, 25}));
    QCOMPARE(bracket.lowestBroken(), 37.5);
}

void LimitBracketTest::givesUpFarBelowThePlannedRate()
{
    LimitBracket bracket(64.0, 5000.0, 0.05);
    QCOMPARE(walk(bracket, 0.0), (std::vector<double>{64, 32, 16, 8, 4, 2, 1}));
    QVERIFY(!bracket.isConfirmed());
    QVERIFY(!bracket.highestHeld());
    QCOMPARE(bracket.lowestBroken(), 1.0);
}

void LimitBracketTest::endsAtTheHighestRateAllowed()
{
    LimitBracket bracket(100.0, 200.0, 0.05);
    QCOMPARE(walk(bracket, 1e6), (std::vector<double>{100, 150, 200, 200}));
    QVERIFY(bracket.isConfirmed());
    QVERIFY(!bracket.lowestBroken());
}

void LimitBracketTest::aRateThatIsNotConfirmedCountsAsBroken()
{
    LimitBracket bracket(100.0, 5000.0, 0.5);
    bracket.held({100.0, false});
    bracket.broke({150.0, false});
    QCOMPARE(bracket.next(), (Move{100.0, true}));
    bracket.broke({100.0, true});
    QCOMPARE(bracket.lowestBroken(), 100.0);
    QVERIFY(!bracket.highestHeld());
    QCOMPARE(bracket.next(), (Move{50.0, false}));
}

void LimitBracketTest::givesUpWhenRateAfterRateIsNotConfirmed()
{
    LimitBracket bracket(100.0, 5000.0, 0.5);
    int refused = 0;
    int moves = 0;
    for (auto move = bracket.next(); move && moves < 100; move = bracket.next(), ++moves) {
        refused += move->isConfirming;
        if (move->isConfirming)
            bracket.broke(*move);
        else
            bracket.held(*move); // a target that tires
    }
    QCOMPARE(refused, 4);
    QVERIFY(bracket.isUnstable());
    QVERIFY(!bracket.isConfirmed());
}

void LimitBracketTest::fallsBackBelowEverythingWhenTheOnlyRateIsNotConfirmed()
{
    LimitBracket bracket(100.0, 100.0, 0.05);
    bracket.held({100.0, false});
    QCOMPARE(bracket.next(), (Move{100.0, true}));
    bracket.broke({100.0, true});
    QCOMPARE(bracket.next(), (Move{50.0, false}));
}

void LimitBracketTest::convergesForAnyLimit()
{
    for (double limit = 0.37; limit < 4000.0; limit *= 1.173) {
        for (const double within : {0.01, 0.05, 0.2}) {
            LimitBracket bracket(10.0, 5000.0, within);
            const std::vector<double> rates = walk(bracket, limit);
            QVERIFY(bracket.isConfirmed());
            QVERIFY(*bracket.highestHeld() <= limit);
            QVERIFY(*bracket.lowestBroken() > limit);
            QVERIFY(*bracket.lowestBroken() - *bracket.highestHeld() <= within * *bracket.highestHeld() * 1.000001);
            QVERIFY2(rates.size() <= 30, qPrintable(QString::number(rates.size())));
        }
    }
}

QTEST_GUILESS_MAIN(LimitBracketTest)
#include "tst_limitbracket.moc"
