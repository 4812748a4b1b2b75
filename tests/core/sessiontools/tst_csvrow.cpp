// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/csvrow.h"

#include <QTest>

using namespace Headroom;

class CsvRowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void quotesWhatMustBe_data();
    void quotesWhatMustBe();
    void noTextIsAFormula_data();
    void noTextIsAFormula();
    void timesAreExact_data();
    void timesAreExact();
    void aRowBeginsAnew();
};

void CsvRowTest::quotesWhatMustBe_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("plain") << "get list" << QByteArray("get list");
    QTest::newRow("empty") << "" << QByteArray();
    QTest::newRow("comma") << "a,b" << QByteArray("\"a,b\"");
    QTest::newRow("quote") << "say \"hi\"" << QByteArray("\"say \"\"hi\"\"\"");
    QTest::newRow("line end") << "a\nb" << QByteArray("\"a\nb\"");
    QTest::newRow("umlaut") << QStringLiteral("Größe") << QByteArray("Größe");
}

void CsvRowTest::quotesWhatMustBe()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, cell);
    QCOMPARE(CsvRow().text(text).take(), cell + "\r\n");
}

void CsvRowTest::noTextIsAFormula_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("equals") << "=1+1" << QByteArray("'=1+1");
    QTest::newRow("plus") << "+1" << QByteArray("'+1");
    QTest::newRow("minus") << "-1" << QByteArray("'-1");
    QTest::newRow("at") << "@SUM(A1)" << QByteArray("'@SUM(A1)");
    QTest::newRow("tab") << "\t=1" << QByteArray("'\t=1");
    QTest::newRow("carriage return") << "\r=1" << QByteArray("\"'\r=1\"");
    QTest::newRow("full width") << QStringLiteral("\uff1d1") << QByteArray("'\uff1d1");
    QTest::newRow("quoted too") << "=\"a\",b" << QByteArray("\"'=\"\"a\"\",b\"");
    QTest::newRow("later is harmless") << "a=1" << QByteArray("a=1");
}

void CsvRowTest::noTextIsAFormula()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, cell);
    QCOMPARE(CsvRow().text(text).take(), cell + "\r\n");
}

void CsvRowTest::timesAreExact_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QByteArray>("milliseconds");
    QTest::newRow("none") << qint64(0) << QByteArray("0");
    QTest::newRow("a nanosecond") << qint64(1) << QByteArray("0.000001");
    QTest::newRow("negative") << qint64(-1'500'000) << QByteArray("-1.5");
    QTest::newRow("less than one") << qint64(-20) << QByteArray("-0.00002");
    QTest::newRow("whole") << qint64(42'000'000) << QByteArray("42");
    QTest::newRow("tens") << qint64(10'000'000) << QByteArray("10");
    QTest::newRow("long") << qint64(3'600'000'000'001) << QByteArray("3600000.000001");
}

void CsvRowTest::timesAreExact()
{
    QFETCH(qint64, nanoseconds);
    QFETCH(QByteArray, milliseconds);
    QCOMPARE(CsvRow().milliseconds(Nanoseconds(nanoseconds)).take(), milliseconds + "\r\n");
}

void CsvRowTest::aRowBeginsAnew()
{
    CsvRow row;
    row.count(1).truth(true).milliseconds(std::nullopt).seconds(1500ms);
    QCOMPARE(row.take(), QByteArray("1,true,,1.5\r\n"));
    QCOMPARE(row.text(QString()).truth(false).take(), QByteArray(",false\r\n"));
}

QTEST_GUILESS_MAIN(CsvRowTest)
#include "tst_csvrow.moc"
