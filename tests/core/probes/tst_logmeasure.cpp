// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/logmeasure.h"

#include <QTest>

#include <optional>

using namespace Headroom;

namespace {

using As = Scenario::Probe::As;

std::optional<double> valueOf(const char *pattern, As as, const QByteArray &text, double quantile = 0.0)
{
    LogMeasure measure = *LogMeasure::make(QString::fromUtf8(pattern), as, quantile);
    measure.take(text);
    return measure.end(2.0);
}

} // namespace

class LogMeasureTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesANumberOutOfLines_data();
    void takesANumberOutOfLines();
    void putsLinesTogether();
    void beginsAnewAtEachEnd();
    void cutsLongLines();
    void forgetsABrokenLine();
    void tellsWhatIsNoNumber();
    void givesUpASlowPattern();
    void refusesAPatternThatIsNone();
};

void LogMeasureTest::takesANumberOutOfLines_data()
{
    QTest::addColumn<As>("as");
    QTest::addColumn<double>("quantile");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<std::optional<double>>("value");
    const QByteArray three = "took 10 ms\nother\ntook 40 ms\ntook 5 ms\n";
    const auto row = [](const char *name, As as, const QByteArray &text, std::optional<double> value,
                        double quantile = 0.0) { QTest::newRow(name) << as << quantile << text << value; };
    row("rate", As::Rate, three, 1.5); // three lines in 2 s
    row("last", As::Last, three, 5.0);
    row("mean", As::Mean, three, 55.0 / 3.0);
    row("sum", As::Sum, three, 55.0);
    row("max", As::Max, three, 40.0);
    row("median", As::Quantile, three, 10.0, 0.5);
    row("p95", As::Quantile, three, 40.0, 0.95);
    row("rate of none", As::Rate, "other\n", 0.0);
    row("sum of none", As::Sum, "other\n", 0.0);
    row("mean of none", As::Mean, "other\n", std::nullopt);
    row("p95 of none", As::Quantile, "", std::nullopt, 0.95);
    row("beyond all numbers", As::Sum, "took 1e308 ms\ntook 1e308 ms\n", std::nullopt);
    row("carriage returns", As::Last, "took 7 ms\r\n", 7.0);
    row("bytes that are no text", As::Last, "\xff\xfe took 7 ms\n", 7.0);
    row("a line without its end", As::Rate, "took 7 ms", 0.0);
}

void LogMeasureTest::takesANumberOutOfLines()
{
    QFETCH(As, as);
    QFETCH(double, quantile);
    QFETCH(QByteArray, text);
    QTEST(valueOf("took (\\S+) ms", as, text, quantile), "value");
}

void LogMeasureTest::putsLinesTogether()
{
    LogMeasure measure = *LogMeasure::make("^a(\\d+)b$", As::Sum);
    for (const char *part : {"a1", "2b", "\na", "3b\na4b\nx", "y\n"})
        measure.take(part);
    QCOMPARE(measure.end(1.0), 19.0); // 12 + 3 + 4
}

void LogMeasureTest::beginsAnewAtEachEnd()
{
    LogMeasure measure = *LogMeasure::make("x", As::Rate);
    measure.take("x\nx\nhalf an ");
    QCOMPARE(measure.end(1.0), 2.0);
    measure.take("x\n");
    QCOMPARE(measure.end(0.5), 2.0);
    QCOMPARE(measure.end(0.5), 0.0);
    QCOMPARE(measure.end(0.0), std::nullopt);
}

void LogMeasureTest::cutsLongLines()
{
    const QByteArray most(LogMeasure::kMostLineBytes, 'x');
    QCOMPARE(valueOf("y", As::Rate, most + "y\n" + most.chopped(1) + "y\n"), 0.5); // only the second
    LogMeasure measure = *LogMeasure::make("y", As::Rate);
    for (int i = 0; i < 100; ++i)
        measure.take(most); // one line without an end
    measure.take("y\ny\n");
    QCOMPARE(measure.end(1.0), 1.0);
}

void LogMeasureTest::forgetsABrokenLine()
{
    LogMeasure measure = *LogMeasure::make("ab", As::Rate);
    measure.take("a");
    measure.breakLine();
    measure.take("b\n");
    QCOMPARE(measure.end(1.0), 0.0);
}

void LogMeasureTest::tellsWhatIsNoNumber()
{
    LogMeasure measure = *LogMeasure::make("took (\\S*)", As::Last);
    measure.take("took 5\ntook -\ntook x\n");
    QCOMPARE(measure.end(1.0), 5.0);
    QCOMPARE(measure.oddText(), "-");
}

void LogMeasureTest::givesUpASlowPattern()
{
    LogMeasure measure = *LogMeasure::make("(a|aa)+$", As::Rate);
    const QByteArray line = QByteArray(LogMeasure::kMostLineBytes - 1, 'a') + "!\n";
    for (int i = 0; i < 10'000 && !measure.isTooSlow(); ++i)
        measure.take(line);
    QVERIFY(measure.isTooSlow());
    measure.end(1.0);
    QVERIFY(!measure.isTooSlow());
}

void LogMeasureTest::refusesAPatternThatIsNone()
{
    const auto made = LogMeasure::make("took (\\d+", As::Last);
    QVERIFY(!made);
    QVERIFY2(made.error().message.startsWith("not a regular expression ("), qPrintable(made.error().message));
}

QTEST_GUILESS_MAIN(LogMeasureTest)
#include "tst_logmeasure.moc"
