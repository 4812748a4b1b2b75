// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/recovery.h"

#include <QTest>

using namespace Headroom;

namespace {

/// Feeds seconds of 20 requests each.
class Feeder
{
public:
    struct Piece
    {
        int seconds = 0;
        int stage = 0;
        double load = 20.0;
        Nanoseconds response = 10ms;
        bool isBroken = false;
        std::uint64_t backlog = 0; ///< More at each border.
        bool isChange = false; ///< Its first second.
        bool isDrain = false;
        int requests = 20; ///< A second.
    };
    Feeder &feed(const Piece &piece)
    {
        for (int i = 0; i < piece.seconds; ++i) {
            HdrHistogram response;
            response.record(piece.response, std::uint64_t(piece.requests));
            RunSecond second;
            second.second = m_second++;
            second.length = 1s;
            second.stage = StageIndex{piece.stage};
            second.isDrain = piece.isDrain;
            second.isMeasured = !piece.isDrain && piece.stage >= 0; // of no stage: paused
            second.load = piece.load;
            second.planned = 20.0;
            m_backlog += piece.backlog;
            second.backlog = m_backlog;
            finder.add(second, response, piece.isBroken, piece.isChange && i == 0);
        }
        return *this;
    }
    RecoveryFinder finder;

private:
    int m_second = 0;
    std::uint64_t m_backlog = 0;
};

} // namespace

class RecoveryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsTheSecondsUntilP95IsBack();
    void isBackAtOnceWhenNothingLingers();
    void tenPercentAboveIsBack();
    void saysWhenItNeverCameBack();
    void aGrowingBacklogIsAnOverload();
    void neighbouringOverloadsAreOne();
    void theEndOfAPeakByHandCounts();
    void needsALevelBeforeAndALowerLoadBehind();
    void theDrainIsNoRecovery();
    void aRuleThatIsBrokenSinceTheOverloadIsNoneOfItsOwn();
    void aRuleThatWasMetAndBreaksAgainIsAnOverload();
    void aBacklogThatGrowsBehindARecoveryIsAnOverload();
    void whatCannotBeJudgedIsNotCalledSlow();
    void pausedSecondsAreSkipped();
    void anEvenRunHasNone();
};

void RecoveryTest::countsTheSecondsUntilP95IsBack()
{
    // 30 s even, 10 s overloaded, 4 s still slow. p95 of 5 s x 20 requests is rank 95: back when none of the 5 s is
    // slow, which is the window of the seconds 44 to 48; it begins 4 s after second 40.
    Feeder run;
    run.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed({4, 2, 20, 200ms}).feed({20, 2});
    const auto found = run.finder.recoveries();
    QCOMPARE(found.size(), 1u);
    QCOMPARE(found[0].stage, StageIndex{1});
    QCOMPARE(found[0].from, 30);
    QCOMPARE(found[0].end, 40);
    QCOMPARE(found[0].levelMs, 10.0);
    QCOMPARE(found[0].seconds, 4.0);
    QCOMPARE(found[0].watchedSeconds, 9);
    QCOMPARE(found[0].lastMs, 10.0);
}

void RecoveryTest::isBackAtOnceWhenNothingLingers()
{
    Feeder run;
    run.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed({20, 2});
    QCOMPARE(run.finder.recoveries().at(0).seconds, 0.0);
}

void RecoveryTest::tenPercentAboveIsBack()
{
    // 100 ms before: 109 ms are back, 112 ms are not. 5 ms before: 5.9 ms are back, as that is less than 1 ms above.
    const auto recoveredAt = [](Nanoseconds before, Nanoseconds behind) {
        Feeder run;
        run.feed({30, 0, 20, before}).feed({10, 1, 60, 1s, true}).feed({20, 2, 20, behind});
        return run.finder.recoveries().at(0).seconds.has_value();
    };
    QVERIFY(recoveredAt(100ms, 109ms));
    QVERIFY(!recoveredAt(100ms, 112ms));
    QVERIFY(recoveredAt(5ms, 5900us));
    QVERIFY(!recoveredAt(5ms, 6100us));
}

void RecoveryTest::saysWhenItNeverCameBack()
{
    Feeder run;
    run.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed({20, 2, 20, 150ms});
    const Recovery found = run.finder.recoveries().at(0);
    QVERIFY(!found.seconds);
    QCOMPARE(found.watchedSeconds, 20);
    QCOMPARE(found.lastMs, 150.0);
}

void RecoveryTest::aGrowingBacklogIsAnOverload()
{
    // By 1 a second in 10 s of 20 arrivals each: 10 of 200, 5 %.
    Feeder run;
    run.feed({30, 0}).feed({10, 1, 60, 200ms, false, 1}).feed({20, 2});
    QCOMPARE(run.finder.recoveries().size(), 1u);
}

void RecoveryTest::neighbouringOverloadsAreOne()
{
    Feeder run;
    run.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed({10, 2, 90, 300ms, true}).feed({20, 3});
    const auto found = run.finder.recoveries();
    QCOMPARE(found.size(), 1u);
    QCOMPARE(found[0].from, 30);
    QCOMPARE(found[0].end, 50);
    QCOMPARE(found[0].stage, StageIndex{2});
    QCOMPARE(found[0].levelMs, 10.0);
}

void RecoveryTest::theEndOfAPeakByHandCounts()
{
    // One stage; the load is raised and lowered by hand.
    Feeder run;
    run.feed({30, 0}).feed({10, 0, 60, 200ms, true, 0, true}).feed({20, 0, 20, 10ms, false, 0, true});
    const auto found = run.finder.recoveries();
    QCOMPARE(found.size(), 1u);
    QCOMPARE(found[0].end, 40);
    QCOMPARE(found[0].seconds, 0.0);
}

void RecoveryTest::needsALevelBeforeAndALowerLoadBehind()
{
    Feeder first;
    first.feed({10, 0, 60, 200ms, true}).feed({20, 1});
    QVERIFY(first.finder.recoveries().empty());
    Feeder same;
    same.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed({20, 2, 58});
    QVERIFY(same.finder.recoveries().empty());
}

void RecoveryTest::theDrainIsNoRecovery()
{
    Feeder run;
    run.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed({5, 1, 0, 200ms, false, 0, false, true});
    QVERIFY(run.finder.recoveries().empty());
}

void RecoveryTest::aRuleThatIsBrokenSinceTheOverloadIsNoneOfItsOwn()
{
    // Back 3 s after second 40, seen after the second 47; the rule, of the last 10 s, is met again from second 53 on.
    Feeder run;
    run.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed({3, 2, 20, 200ms, true}).feed({10, 2, 20, 10ms, true});
    run.feed({17, 2}).feed({20, 3, 10});
    const auto found = run.finder.recoveries();
    QCOMPARE(found.size(), 1u);
    QCOMPARE(found[0].seconds, 3.0);
    QCOMPARE(found[0].stage, StageIndex{1});

    // The next overload has a beginning of its own, and its level is that of the rest: 11 ms.
    Feeder twice;
    twice.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed({3, 2, 20, 200ms, true}).feed({10, 2, 20, 11ms, true});
    twice.feed({17, 2, 20, 11ms}).feed({10, 3, 60, 200ms, true}).feed({20, 4, 20, 11ms});
    const auto both = twice.finder.recoveries();
    QCOMPARE(both.size(), 2u);
    QCOMPARE(both[1].from, 70);
    QCOMPARE(both[1].end, 80);
    QCOMPARE(both[1].stage, StageIndex{3});
    QVERIFY(both[1].levelMs > 10.9 && both[1].levelMs < 11.1);
}

void RecoveryTest::aRuleThatWasMetAndBreaksAgainIsAnOverload()
{
    Feeder run;
    run.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed({10, 2, 20, 10ms, true}).feed({15, 2});
    run.feed({5, 2, 20, 300ms, true}).feed({20, 3, 10});
    const auto found = run.finder.recoveries();
    QCOMPARE(found.size(), 2u);
    QCOMPARE(found[1].from, 40); // an overload is a whole piece
    QCOMPARE(found[1].end, 70);
}

void RecoveryTest::aBacklogThatGrowsBehindARecoveryIsAnOverload()
{
    Feeder run;
    run.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed({20, 2, 20, 10ms, true, 1}).feed({20, 3, 10});
    QCOMPARE(run.finder.recoveries().size(), 2u);
}

void RecoveryTest::whatCannotBeJudgedIsNotCalledSlow()
{
    // 3 requests a second are 15 in 5 s, less than the 20 of a p95; so are two seconds.
    Feeder few;
    few.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed({20, 2, 2, 10ms, false, 0, false, false, 3});
    QCOMPARE(few.finder.recoveries().size(), 1u);
    QVERIFY(!few.finder.recoveries()[0].seconds);
    QVERIFY(!few.finder.recoveries()[0].lastMs);
    QCOMPARE(few.finder.recoveries()[0].watchedSeconds, 20);
    Feeder brief;
    brief.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed({2, 2}).feed({5, 2, 0, 10ms, false, 0, false, true});
    QCOMPARE(brief.finder.recoveries().size(), 1u);
    QVERIFY(!brief.finder.recoveries()[0].lastMs);
}

void RecoveryTest::pausedSecondsAreSkipped()
{
    // Overloaded, paused for 10 s, then lower: the watch begins behind the pause.
    const Feeder::Piece pause{10, -1, 0, 10ms, false, 0, true, false, 0};
    Feeder lower;
    lower.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed(pause).feed({20, 2});
    const auto found = lower.finder.recoveries();
    QCOMPARE(found.size(), 1u);
    QCOMPARE(found[0].end, 50);
    QCOMPARE(found[0].seconds, 0.0);

    // As high as before behind it, or never resumed: nothing to recover in.
    Feeder same;
    same.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed(pause).feed({20, 1, 60, 200ms, true});
    QVERIFY(same.finder.recoveries().empty());
    Feeder never;
    never.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed(pause);
    QVERIFY(never.finder.recoveries().empty());

    // The load of a stage was changed in the pause.
    Feeder changed;
    changed.feed({30, 0}).feed({10, 1, 60, 200ms, true}).feed(pause).feed({20, 1});
    QCOMPARE(changed.finder.recoveries().size(), 1u);
}

void RecoveryTest::anEvenRunHasNone()
{
    Feeder run;
    run.feed({60, 0}).feed({60, 1, 30}).feed({60, 2});
    QVERIFY(run.finder.recoveries().empty());
}

QTEST_GUILESS_MAIN(RecoveryTest)
#include "tst_recovery.moc"
