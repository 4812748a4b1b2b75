// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantity.h"

#include <QTest>

using namespace Headroom;

class QuantityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDurations_data();
    void readsDurations();
    void refusesDurations_data();
    void refusesDurations();
    void readsRates_data();
    void readsRates();
    void refusesRates_data();
    void refusesRates();
    void readsSizes_data();
    void readsSizes();
    void refusesSizes_data();
    void refusesSizes();
    void readsPercentages();
    void readsNumbers();
    void namesTheUnitsWhenItRefuses();
    void showsForeignTextWithoutControlCharacters();
    void namesUnitsThatItReads();
};

void QuantityTest::readsDurations_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("nanoseconds");
    QTest::newRow("zero") << "0 s" << qint64(0);
    QTest::newRow("nanoseconds") << "7 ns" << qint64(7);
    QTest::newRow("microseconds") << "250 us" << qint64(250'000);
    QTest::newRow("micro sign") << QString::fromUtf8("250 \u00B5s") << qint64(250'000);
    QTest::newRow("Greek mu") << QString::fromUtf8("250 \u03BCs") << qint64(250'000);
    QTest::newRow("milliseconds") << "500 ms" << qint64(500'000'000);
    QTest::newRow("fraction") << "1.5 s" << qint64(1'500'000'000);
    QTest::newRow("without blank") << "30s" << qint64(30'000'000'000);
    QTest::newRow("blanks around") << "  2   min " << qint64(120'000'000'000);
    QTest::newRow("hours") << "1 h" << qint64(3'600'000'000'000);
    QTest::newRow("sum") << "1 h 30 min" << qint64(5'400'000'000'000); // 5400 s
    QTest::newRow("sum without blanks") << "1h30m5s" << qint64(5'405'000'000'000);
    QTest::newRow("rounded") << "0.6 ns" << qint64(1);
    QTest::newRow("longest") << "365 d" << qint64(31'536'000'000'000'000); // 365 x 86400 s
}

void QuantityTest::readsDurations()
{
    QFETCH(QString, text);
    QFETCH(qint64, nanoseconds);
    const auto duration = parseDuration(text);
    QVERIFY2(duration, duration ? "" : qPrintable(duration.error().message));
    QCOMPARE(duration->count(), nanoseconds);
}

void QuantityTest::refusesDurations_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", " ", "s", "30", "30 x", "-1 s", "1 s -1 s", "1e3 s", "1,5 s", "1..5 s", "1-2 s",
                             "nan s", "inf s", "30 s 5", "366 d", "365 d 1 ns 1 h", "30 S", "5 s;", "1 s x"})
        QTest::newRow(text) << text;
    QTest::newRow("four hundred digits") << QString(400, u'9') + QStringLiteral(" s");
    QTest::newRow("Arabic digits") << QString::fromUtf8("\u0663 s");
}

void QuantityTest::refusesDurations()
{
    QFETCH(QString, text);
    const auto duration = parseDuration(text);
    QVERIFY(!duration);
    QCOMPARE(duration.error().code, Error::Code::InvalidInput);
}

void QuantityTest::readsRates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("perSecond");
    QTest::newRow("per second") << "50/s" << 50.0;
    QTest::newRow("blanks") << " 50 / s " << 50.0;
    QTest::newRow("fraction") << "0.5/s" << 0.5;
    QTest::newRow("zero") << "0/s" << 0.0;
    QTest::newRow("per minute is exact") << "600/min" << 10.0;
    QTest::newRow("per hour is exact") << "3600/h" << 1.0;
    QTest::newRow("per day is exact") << "864000/d" << 10.0;
    QTest::newRow("highest") << "10000000/s" << 1e7;
}

void QuantityTest::readsRates()
{
    QFETCH(QString, text);
    QFETCH(double, perSecond);
    const auto rate = parseRate(text);
    QVERIFY(rate);
    QVERIFY(rate->perSecond() == perSecond); // exactly, not within a tolerance
}

void QuantityTest::refusesRates_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", "50", "50 s", "/s", "-1/s", "50/week", "50/", "50/s/s", "10000001/s", "1e9/s", "50/s to 0/s"})
        QTest::newRow(text) << text;
}

void QuantityTest::refusesRates()
{
    QFETCH(QString, text);
    QVERIFY(!parseRate(text));
}

void QuantityTest::readsSizes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("plain") << "123" << qint64(123);
    QTest::newRow("bytes") << "123 B" << qint64(123);
    QTest::newRow("kilo") << "5 kB" << qint64(5'000);
    QTest::newRow("kibi") << "10 KiB" << qint64(10'240);
    QTest::newRow("mega") << "5MB" << qint64(5'000'000);
    QTest::newRow("half a mebi") << "0.5 MiB" << qint64(524'288);
    QTest::newRow("gibi") << "2 GiB" << qint64(2'147'483'648);
    QTest::newRow("largest") << "1048576 TiB" << qint64(1) * (qint64(1) << 60);
}

void QuantityTest::readsSizes()
{
    QFETCH(QString, text);
    QFETCH(qint64, bytes);
    const auto size = parseSize(text);
    QVERIFY(size);
    QCOMPARE(qint64(*size), bytes);
}

void QuantityTest::refusesSizes_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "B", "-1 B", "5 kib", "5 X", "1048577 TiB", "5 MB 5 MB"})
        QTest::newRow(text) << text;
}

void QuantityTest::refusesSizes()
{
    QFETCH(QString, text);
    QVERIFY(!parseSize(text));
}

void QuantityTest::readsPercentages()
{
    QCOMPARE(parsePercent(u"1 %").value(), 0.01);
    QCOMPARE(parsePercent(u"-20%").value(), -0.2);
    QCOMPARE(parsePercent(u" 150 % ").value(), 1.5);
    QVERIFY(!parsePercent(u"1"));
    QVERIFY(!parsePercent(u"%"));
    QVERIFY(!parsePercent(u"1 % 2"));
}

void QuantityTest::readsNumbers()
{
    QCOMPARE(parseNumber(u" 1e3 ").value(), 1000.0);
    QCOMPARE(parseNumber(u"-0.5").value(), -0.5);
    for (const QStringView text : {u"", u"nan", u"inf", u"1e999", u"1 2", u"1,5", u"x"})
        QVERIFY2(!parseNumber(text), qPrintable(text.toString()));
}

void QuantityTest::namesTheUnitsWhenItRefuses()
{
    QCOMPARE(parseDuration(u"fast").error().message,
             QStringLiteral("'fast' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s"));
    QCOMPARE(parseRate(u"50").error().message,
             QStringLiteral("'50' is not a rate; write a number and /s, /min, /h or /d, as in 50/s"));
    QCOMPARE(parseDuration(u"366 d").error().message, QStringLiteral("'366 d' is not a duration of at most 365 d"));
}

void QuantityTest::showsForeignTextWithoutControlCharacters()
{
    // An escape sequence from a scenario must not reach the terminal.
    QVERIFY(parseRate(u"\u001b[31m/s").error().message.startsWith(QLatin1String("'?[31m/s' is not")));
}

void QuantityTest::namesUnitsThatItReads()
{
    for (const QString &unit : durationUnits())
        QVERIFY2(parseDuration(u'1' + unit), qPrintable(unit));
    for (const QString &unit : rateUnits())
        QVERIFY2(parseRate(QStringLiteral("1/") + unit), qPrintable(unit));
    QVERIFY(durationUnits().contains(QStringLiteral("min")));
}

QTEST_GUILESS_MAIN(QuantityTest)
#include "tst_quantity.moc"
