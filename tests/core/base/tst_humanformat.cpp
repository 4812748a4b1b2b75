// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"

#include <QTest>

using namespace Headroom;

class HumanFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formatsDurations_data();
    void formatsDurations();
    void formatsElapsedTime_data();
    void formatsElapsedTime();
    void formatsRates();
    void formatsBytes();
    void formatsNumbers();
    void formatsShares();
    void formatsCounts();
    void quotesForeignText();
};

void HumanFormatTest::formatsDurations_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << qint64(0) << "0 ns";
    QTest::newRow("nanoseconds") << qint64(999) << "999 ns";
    QTest::newRow("first microsecond") << qint64(1'000) << QString::fromUtf8("1.00 µs");
    QTest::newRow("milliseconds") << qint64(1'234'000) << "1.23 ms";
    QTest::newRow("three digits, one decimal") << qint64(45'000'000'000) << "45.0 s";
    QTest::newRow("three digits, none") << qint64(119'400'000'000) << "119 s";
    QTest::newRow("rounds up to the next unit") << qint64(999'600) << "1.00 ms";
    QTest::newRow("rounds up to the next digit") << qint64(9'996'000) << "10.0 ms";
    QTest::newRow("minutes") << qint64(125'000'000'000) << "2 min 5 s";
    QTest::newRow("rounds up to minutes") << qint64(119'600'000'000) << "2 min 0 s";
    QTest::newRow("hours") << qint64(7'200'000'000'000) << "2 h 0 min";
    QTest::newRow("hours round their minutes") << qint64(7'259'000'000'000) << "2 h 1 min"; // 2 h 0 min 59 s
    QTest::newRow("hours carry") << qint64(10'790'000'000'000) << "3 h 0 min"; // 2 h 59 min 50 s
    QTest::newRow("negative") << qint64(-45'000'000) << "-45.0 ms";
    QTest::newRow("negative minutes") << qint64(-125'000'000'000) << "-2 min 5 s";
}

void HumanFormatTest::formatsDurations()
{
    QFETCH(qint64, nanoseconds);
    QFETCH(QString, text);
    QCOMPARE(formatDuration(Nanoseconds(nanoseconds)), text);
}

void HumanFormatTest::formatsElapsedTime_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("seconds") << qint64(7'999) << "0:07";
    QTest::newRow("minutes") << qint64(754'000) << "12:34"; // 12 x 60 + 34
    QTest::newRow("hours") << qint64(3'723'000) << "1:02:03"; // 3600 + 2 x 60 + 3
    QTest::newRow("before the start") << qint64(-5'000) << "0:00";
}

void HumanFormatTest::formatsElapsedTime()
{
    QFETCH(qint64, milliseconds);
    QFETCH(QString, text);
    QCOMPARE(formatElapsed(std::chrono::milliseconds(milliseconds)), text);
}

void HumanFormatTest::formatsRates()
{
    QCOMPARE(formatRate(Rate::perSecond(50)), QStringLiteral("50/s"));
    QCOMPARE(formatRate(Rate::perSecond(0.5)), QStringLiteral("0.5/s"));
    QCOMPARE(formatRate(Rate::perSecond(0)), QStringLiteral("0/s"));
    QCOMPARE(formatRate(Rate::perHour(170)), QStringLiteral("170/h"));
    QCOMPARE(formatRate(Rate::perSecond(12'345.6)), QStringLiteral("12346/s"));
}

void HumanFormatTest::formatsBytes()
{
    QCOMPARE(formatBytes(0), QStringLiteral("0 B"));
    QCOMPARE(formatBytes(512), QStringLiteral("512 B"));
    QCOMPARE(formatBytes(1'023.6), QStringLiteral("1.0 KiB"));
    QCOMPARE(formatBytes(1'536), QStringLiteral("1.5 KiB"));
    QCOMPARE(formatBytes(150.0 * 1024), QStringLiteral("150 KiB"));
    QCOMPARE(formatBytes(3.2 * 0x1p30), QStringLiteral("3.2 GiB"));
    QCOMPARE(formatBytes(5'000.0 * 0x1p40), QStringLiteral("5000 TiB"));
}

void HumanFormatTest::formatsNumbers()
{
    QCOMPARE(formatNumber(0.0), QStringLiteral("0"));
    QCOMPARE(formatNumber(-0.0), QStringLiteral("0"));
    QCOMPARE(formatNumber(1.5), QStringLiteral("1.5"));
    QCOMPARE(formatNumber(0.123456), QStringLiteral("0.1235"));
    QCOMPARE(formatNumber(999.96), QStringLiteral("1000"));
    QCOMPARE(formatNumber(1'234'567), QStringLiteral("1234567"));
}

void HumanFormatTest::formatsShares()
{
    QCOMPARE(formatShare(0.0123), QStringLiteral("1.23 %"));
    QCOMPARE(formatShare(1), QStringLiteral("100 %"));
}

void HumanFormatTest::formatsCounts()
{
    QCOMPARE(formatCount(0), QStringLiteral("0"));
    QCOMPARE(formatCount(12'345), QStringLiteral("12,345"));
    QCOMPARE(formatCount(18'446'744'073'709'551'615u), QStringLiteral("18,446,744,073,709,551,615"));
}

void HumanFormatTest::quotesForeignText()
{
    QCOMPARE(formatQuoted(u"retrieve"), QStringLiteral("'retrieve'"));
    QCOMPARE(formatQuoted(u""), QStringLiteral("''"));
    QCOMPARE(formatQuoted(u"a\u001b[2Jb\n\u202Ec"),
             QStringLiteral("'a?[2Jb??c'")); // escape, line feed, right-to-left override
    const QString forty = QString::fromUtf8("\U0001F600").repeated(40);
    QCOMPARE(formatQuoted(forty), u'\'' + forty + u'\'');
    QCOMPARE(formatQuoted(forty + u'x'), u'\'' + forty + QChar(0x2026) + u'\'');
}

QTEST_GUILESS_MAIN(HumanFormatTest)
#include "tst_humanformat.moc"
