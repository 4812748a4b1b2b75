// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/schedstat.h"

#include <QTest>

using namespace Headroom;

class SchedStatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheKernelWrites();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void knowsItsOwnThread();
};

void SchedStatTest::readsWhatTheKernelWrites()
{
    QCOMPARE(parseSchedStat("4083421875 1500000000 21637\n"), (SchedStat{4.083421875, 1.5})); // recorded on Linux 6.1
    QCOMPARE(parseSchedStat("0 0 0\n"), SchedStat{}); // a kernel that does not count
}

void SchedStatTest::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a number less") << QByteArray("4083421875 1500000000\n");
    QTest::newRow("a number more") << QByteArray("1 2 3 4\n");
    QTest::newRow("cut off") << QByteArray("4083421875 1500000000 216");
    QTest::newRow("words") << QByteArray("se.exec_start : 1\n");
    QTest::newRow("negative") << QByteArray("-1 2 3\n");
    QTest::newRow("too large") << QByteArray("1 99999999999999999999 3\n");
}

void SchedStatTest::refusesWhatIsNone()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseSchedStat({text.constData(), std::size_t(text.size())}));
}

void SchedStatTest::knowsItsOwnThread()
{
    const OwnSchedStat own;
    const double before = own.waitSeconds();
    QVERIFY(before >= 0.0);
    QVERIFY(own.waitSeconds() >= before);
}

QTEST_GUILESS_MAIN(SchedStatTest)
#include "tst_schedstat.moc"
