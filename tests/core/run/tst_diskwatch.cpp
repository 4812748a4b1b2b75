// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/diskwatch.h"

#include <QTest>

using namespace Headroom;

namespace {

/// "second: text" of what is told while as many seconds wait as each of the numbers says, one a second.
QStringList toldOf(DiskWatch &watch, const std::vector<int> &waiting, int first = 0)
{
    QStringList told;
    for (int second = first; const int count : waiting) {
        for (const RunEvent &event : watch.look(count, second * Nanoseconds(1s)))
            told.append(QStringLiteral("%1: %2").arg(event.at / 1s).arg(event.text));
        ++second;
    }
    return told;
}

std::vector<int> upTo(int last)
{
    std::vector<int> counts;
    for (int count = 0; count <= last; ++count)
        counts.push_back(count);
    return counts;
}

} // namespace

class DiskWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysNothingOfADiskThatFollows();
    void tellsOnceThatItIsSlowAndOnceThatItHasCaughtUp();
    void isPatientWithSecondsThatComeTogether();
    void forgetsThatItWasBehindForAMoment();
    void leavesRawSamplesOutUntilTheDiskHasCaughtUp();
    void endsBehindTooMany();
};

void DiskWatchTest::saysNothingOfADiskThatFollows()
{
    DiskWatch watch;
    QCOMPARE(toldOf(watch, {0, 1, 0, 2, 5, 5, 4, 5, 0}), QStringList());
    QVERIFY(watch.storesSamples());
    QVERIFY(!watch.isTooSlow());
}

void DiskWatchTest::tellsOnceThatItIsSlowAndOnceThatItHasCaughtUp()
{
    DiskWatch watch;
    QCOMPARE(toldOf(watch, {0, 1, 2, 3, 4, 5, 6, 7, 8, 6, 5, 7, 2, 1, 0}),
             (QStringList{QStringLiteral("7: the disk is slow: 7 seconds wait to be written"),
                          QStringLiteral("13: the disk has caught up after 7.00 s")})); // behind from 6 to 13
    QCOMPARE(toldOf(watch, {6, 7, 1}, 20),
             (QStringList{QStringLiteral("21: the disk is slow: 7 seconds wait to be written"),
                          QStringLiteral("22: the disk has caught up after 2.00 s")}));
}

void DiskWatchTest::isPatientWithSecondsThatComeTogether()
{
    // A worker that was held up hands over ten seconds at once, and the disk takes them within the next.
    DiskWatch watch;
    QStringList told;
    for (int count = 0; count < 10; ++count)
        told += toldOf(watch, {count}, 10);
    told += toldOf(watch, {0, 0}, 11);
    QCOMPARE(told, QStringList());
}

void DiskWatchTest::forgetsThatItWasBehindForAMoment()
{
    DiskWatch watch;
    QCOMPARE(toldOf(watch, {6, 5, 6, 5, 6, 0}), QStringList()); // never for a second on end
}

void DiskWatchTest::leavesRawSamplesOutUntilTheDiskHasCaughtUp()
{
    DiskWatch watch;
    QVERIFY(!toldOf(watch, upTo(30)).isEmpty());
    QVERIFY(watch.storesSamples());
    QCOMPARE(toldOf(watch, {31}, 31),
             QStringList{QStringLiteral("31: the disk is so slow that no raw samples are stored until it has caught "
                                        "up: 31 seconds wait to be written")});
    QVERIFY(!watch.storesSamples());
    QCOMPARE(toldOf(watch, {20, 40, 2}, 32), QStringList());
    QVERIFY(!watch.storesSamples());
    QCOMPARE(toldOf(watch, {1}, 35), // seconds 31 to 34 went without
             QStringList{QStringLiteral(
                 "35: the disk has caught up after 29.0 s; the raw samples of 4 seconds were not stored")});
    QVERIFY(watch.storesSamples());
}

void DiskWatchTest::endsBehindTooMany()
{
    DiskWatch watch;
    toldOf(watch, upTo(300));
    QVERIFY(!watch.isTooSlow());
    toldOf(watch, {301}, 301);
    QVERIFY(watch.isTooSlow());
    toldOf(watch, {0}, 302);
    QVERIFY(watch.isTooSlow()); // what was not recorded does not come back
}

QTEST_GUILESS_MAIN(DiskWatchTest)
#include "tst_diskwatch.moc"
