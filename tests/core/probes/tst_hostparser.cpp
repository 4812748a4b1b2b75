// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/hostparser.h"

#include <QTest>

using namespace Headroom;

class HostParserTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheTicksOfAllProcessors();
    void readsTheMemoryOfTheMachine();
    void readsPressure();
    void readsAKeyOfAGroup();
    void readsALoneNumber();
    void takesNonsenseForMissing_data();
    void takesNonsenseForMissing();
};

void HostParserTest::readsTheTicksOfAllProcessors()
{
    // user 100, nice 10, system 50, idle 800, iowait 20, irq 1, softirq 2, steal 7, guests 60 and 5 in user and nice.
    const auto ticks = parseHostTicks("cpu  100 10 50 800 20 1 2 7 60 5\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 5\n");
    QVERIFY(ticks);
    QCOMPARE(ticks->busy, 163u); // 100 + 10 + 50 + 1 + 2
    QCOMPARE(ticks->all, 990u); // and 800 + 20 + 7
}

void HostParserTest::readsTheMemoryOfTheMachine()
{
    const auto memory = parseHostMemory("MemTotal:       16000 kB\nMemFree:   1000 kB\nMemAvailable:    4000 kB\n");
    QVERIFY(memory);
    QCOMPARE(memory->totalBytes, 16000u * 1024);
    QCOMPARE(memory->availableBytes, 4000u * 1024);
}

void HostParserTest::readsPressure()
{
    QCOMPARE(parsePressure("some avg10=0.12 avg60=0.06 avg300=0.01 total=2500000\n"
                           "full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n"),
             2.5);
}

void HostParserTest::readsAKeyOfAGroup()
{
    const QByteArrayView text("usage_usec 1234\nuser_usec 1000\nnr_throttled 2\n");
    QCOMPARE(parseFlatKey(text, "usage_usec"), std::uint64_t(1234));
    QCOMPARE(parseFlatKey(text, "usage"), std::nullopt);
}

void HostParserTest::readsALoneNumber()
{
    QCOMPARE(parseLoneNumber("4096\n"), std::uint64_t(4096));
    QCOMPARE(parseLoneNumber("max\n"), std::nullopt);
}

void HostParserTest::takesNonsenseForMissing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("words") << QByteArray("cpu some MemTotal: usage_usec\n");
    QTest::newRow("few numbers") << QByteArray("cpu 1 2 3\nsome total=\nMemTotal: 5 kB\nusage_usec -1\n");
    QTest::newRow("more available than there is")
        << QByteArray("MemTotal: 5 kB\nMemAvailable: 6 kB\nsome total=x\nusage_usec 1 2\n");
    QTest::newRow("zeros") << QByteArray(100, '\0');
}

void HostParserTest::takesNonsenseForMissing()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseHostTicks(text));
    QVERIFY(!parseHostMemory(text));
    QVERIFY(!parsePressure(text));
    QVERIFY(!parseFlatKey(text, "usage_usec"));
    QVERIFY(!parseLoneNumber(text));
}

QTEST_GUILESS_MAIN(HostParserTest)
#include "tst_hostparser.moc"
