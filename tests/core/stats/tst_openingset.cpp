// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/histogramcodec.h"
#include "core/stats/openingset.h"
#include "tests/support/allocationcount.h"

#include <QTest>

using namespace Headroom;

class OpeningSetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesOutWhatDidNotHappen();
    void beginsAnewWhenTaken();
    void addsUpWhatWasTaken();
    void refusesADamagedHistogram();
    void recordingAllocatesNothing();
};

void OpeningSetTest::leavesOutWhatDidNotHappen()
{
    OpeningSet set;
    set.record({5ms, 1ms, 0ns, false}); // plain
    set.record({0ns, 2ms, 7ms, true}); // to an address
    QCOMPARE(set.opened(), 2U);
    QCOMPARE(set.resumed(), 1U);
    QCOMPARE(set[OpeningPart::Resolve].count(), 1U);
    QCOMPARE(set[OpeningPart::Resolve].max(), Nanoseconds(5ms));
    QCOMPARE(set[OpeningPart::Connect].count(), 2U);
    QCOMPARE(set[OpeningPart::Connect].meanNanoseconds(), 1.5e6);
    QCOMPARE(set[OpeningPart::Tls].count(), 1U);
    QCOMPARE(set[OpeningPart::Tls].max(), Nanoseconds(7ms));
}

void OpeningSetTest::beginsAnewWhenTaken()
{
    OpeningSet set;
    set.record({0ns, 2ms, 7ms, true});
    const EncodedOpenings taken = set.take();
    QCOMPARE(taken.opened, 1U);
    QCOMPARE(taken.resumed, 1U);
    QVERIFY(taken[OpeningPart::Resolve].isEmpty());
    QCOMPARE(decodeHistogram(taken[OpeningPart::Connect])->max(), Nanoseconds(2ms));
    QVERIFY(set.take() == EncodedOpenings());
}

void OpeningSetTest::addsUpWhatWasTaken()
{
    OpeningSet first;
    first.record({1ms, 1ms, 1ms, false});
    OpeningSet second;
    second.record({3ms, 3ms, 3ms, true});
    OpeningSet sum;
    QVERIFY(sum.merge(first.take()));
    QVERIFY(sum.merge(second.take()));
    QVERIFY(sum.merge({}));
    QCOMPARE(sum.opened(), 2U);
    QCOMPARE(sum.resumed(), 1U);
    for (const OpeningPart part : {OpeningPart::Resolve, OpeningPart::Connect, OpeningPart::Tls})
        QCOMPARE(sum[part].meanNanoseconds(), 2e6);
}

void OpeningSetTest::refusesADamagedHistogram()
{
    OpeningSet set;
    EncodedOpenings damaged{1, 0, {}};
    damaged.times[1] = "no histogram";
    const auto merged = set.merge(damaged);
    QVERIFY(!merged);
    QCOMPARE(merged.error().code, Error::Code::InvalidInput);
}

void OpeningSetTest::recordingAllocatesNothing()
{
    OpeningSet set;
    const std::uint64_t before = allocationCount();
    QVERIFY(before > 0); // ours is the one in use
    for (int i = 0; i < 1000; ++i)
        set.record({i * 1ms, i * 1us, 2h, i % 2 == 0});
    QCOMPARE(allocationCount() - before, std::uint64_t(0));
}

QTEST_GUILESS_MAIN(OpeningSetTest)
#include "tst_openingset.moc"
