// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulecomparison.h"
#include "core/rules/ruleparser.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;

namespace {

Rule rule(const QString &text) { return resolveRule(parseRule(text).value(), exampleFacts()); }

RuleMeasure measured(const QString &text, const MetricsFrame &frame)
{
    const Rule parsed = rule(text);
    StepTotals totals({}, parsed.selector, selectedSteps(parsed.selector, exampleFacts()));
    totals.want(parsed);
    totals.add(frame);
    addLatencies(frame, {&totals});
    return measureSteps(parsed, totals);
}

RuleMeasure measuredSeries(const QString &text, std::vector<double> values)
{
    return measureSeries(rule(text), {{}, 0, {}, std::move(values)});
}

/// 6 answered in 10 ms (8 ms of them service) and 1 rejected of "retrieve"; of "document" 1 answered in 20 ms, 1 status
/// 500, 1 timed out after 40 ms. 10 requests.
MetricsFrame mixedFrame()
{
    return FrameBuilder(3)
        .answered(0, 6, 10ms, 8ms)
        .rejected(0, 1)
        .answered(1, 1, 20ms)
        .failed(1, 1)
        .unanswered(1, 1, FailureKind::Timeout, 40ms)
        .bytes(0, 1000, 200)
        .bytes(1, 500, 100)
        .iterations(20, 19, 1)
        .sends(50, 5);
}

} // namespace

class RuleMeasureTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void measuresSteps_data();
    void measuresSteps();
    void saysWhyThereIsNoValue_data();
    void saysWhyThereIsNoValue();
    void hasAnIntervalForQuantilesAndShares();
    void countsHalfASecondAsHalf();
    void measuresSeries_data();
    void measuresSeries();
    void growthComparesTheMediansOfBothEnds();
    void growthIsVagueBelowTwentyValues();
    void growthHasNoMeaningFromZero();
    void ignoresValuesThatAreNoNumbers();
    void comparesWithBounds_data();
    void comparesWithBounds();
    void takesRoundedValuesAsEqual();
    void judgesByTheEndsOfTheInterval_data();
    void judgesByTheEndsOfTheInterval();
};

void RuleMeasureTest::measuresSteps_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("samples");
    const auto row = [](const char *text, double value, int samples) {
        QTest::newRow(text) << QString::fromLatin1(text) << value << samples;
    };
    // Response times: 6 x 10 ms, 20 ms, 40 ms (censored).
    row("max < 1 s", 40.0, 8);
    row("min < 1 s", 10.0, 8);
    row("mean < 1 s", 15.0, 8); // (6 * 10 + 20 + 40) / 8
    row("service.mean < 1 s", 13.5, 8); // (6 * 8 + 20 + 40) / 8
    row("service.min < 1 s", 8.0, 8);
    row("max(retrieve) < 1 s", 10.0, 6);
    row("p99(document) < 1 s", 40.0, 2);
    row("errors < 1 %", 0.2, 10);
    row("errors(document) < 1 %", 2.0 / 3.0, 3);
    row("rejected < 1 %", 0.1, 10);
    row("share(429) < 1 %", 0.1, 10);
    row("share(2xx) < 1 %", 0.7, 10);
    row("share(5xx) < 1 %", 0.1, 10);
    row("share(503) < 1 %", 0.0, 10);
    row("share(timeout) < 1 %", 0.1, 10);
    row("share(document, timeout) < 1 %", 1.0 / 3.0, 3);
    row("dropped < 1 %", 0.05, 20);
    row("late < 1 %", 0.1, 50);
    row("achieved > 1 %", 0.95, 20);
    row("count > 1", 10.0, 10);
    row("count(retrieve) > 1", 7.0, 7);
    row("throughput > 1/s", 10.0, 10);
    row("bytes_in < 1", 1500.0, 10);
    row("bytes_out(retrieve) < 1", 200.0, 7);
}

void RuleMeasureTest::measuresSteps()
{
    QFETCH(QString, text);
    const RuleMeasure measure = measured(text, mixedFrame());
    QVERIFY2(measure.value, qPrintable(measure.missing));
    QTEST(*measure.value, "value");
    QTEST(int(measure.samples), "samples");
}

void RuleMeasureTest::saysWhyThereIsNoValue_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("missing");
    QTest::newRow("latency") << "p95(document) < 1 s" << "no requests in its window";
    QTest::newRow("latency, all rejected") << "p95(retrieve) < 1 s" << "no answered requests in its window";
    QTest::newRow("share") << "errors(document) < 1 %" << "no requests in its window";
    QTest::newRow("achieved") << "achieved > 99 %" << "no arrivals were planned in its window";
    QTest::newRow("dropped") << "dropped < 1 %" << "no arrivals were planned in its window";
    QTest::newRow("late") << "late < 1 %" << "nothing was sent in its window";
}

void RuleMeasureTest::saysWhyThereIsNoValue()
{
    QFETCH(QString, text);
    const RuleMeasure measure = measured(text, FrameBuilder(3).rejected(0, 1));
    QVERIFY(!measure.value);
    QVERIFY(!measure.isVague);
    QTEST(measure.missing, "missing");
}

void RuleMeasureTest::hasAnIntervalForQuantilesAndShares()
{
    const MetricsFrame frame = FrameBuilder(3).answered(0, 400, 10ms).failed(0, 100).iterations(10, 10);
    const RuleMeasure median = measured(QStringLiteral("p50 < 1 s"), frame);
    QCOMPARE(median.low, median.value); // all equal
    QCOMPARE(median.high, median.value);
    // Wilson, 100 of 500: centre (0.2 + z^2 / 1000) / (1 + z^2 / 500) = 0.20229, half width 0.03500; z = 1.96.
    const RuleMeasure errors = measured(QStringLiteral("errors < 1 %"), frame);
    QVERIFY(std::abs(*errors.low - 0.1673) < 1e-4);
    QVERIFY(std::abs(*errors.high - 0.2373) < 1e-4);
    QVERIFY(!measured(QStringLiteral("mean < 1 s"), frame).high);
    QVERIFY(!measured(QStringLiteral("achieved > 1 %"), frame).low);
    // 20 samples do not bound p99 from above.
    const RuleMeasure few = measured(QStringLiteral("p99 < 1 s"), FrameBuilder(3).answered(0, 20, 10ms));
    QVERIFY(few.value && few.low && !few.high);
}

void RuleMeasureTest::countsHalfASecondAsHalf()
{
    const MetricsFrame frame = FrameBuilder(3).length(500ms).answered(0, 10, 1ms);
    QCOMPARE(measured(QStringLiteral("throughput > 1/s"), frame).value, std::optional(20.0));
}

void RuleMeasureTest::measuresSeries_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    // Values 4, 1, 2, 3.
    QTest::newRow("mean") << "mean(queue) < 1" << 2.5;
    QTest::newRow("max") << "max(queue) < 1" << 4.0;
    QTest::newRow("min") << "min(queue) < 1" << 1.0;
    QTest::newRow("p95: rank ceil(3.8)") << "p95(queue) < 1" << 4.0;
    QTest::newRow("last") << "last(queue) < 1" << 3.0;
    QTest::newRow("seconds as ms") << "last(queue) < 1 s" << 3000.0;
    QTest::newRow("percent as fraction") << "last(queue) < 1 %" << 0.03;
    QTest::newRow("bytes") << "last(queue) < 1 B" << 3.0;
    QTest::newRow("a rate") << "last(queue) < 60/min" << 3.0;
}

void RuleMeasureTest::measuresSeries()
{
    QFETCH(QString, text);
    const RuleMeasure measure = measuredSeries(text, {4.0, 1.0, 2.0, 3.0});
    QTEST(*measure.value, "value");
    QCOMPARE(measure.samples, 4U);
    QCOMPARE(measuredSeries(text, {}).missing, QStringLiteral("its probe had no values in its window"));
}

void RuleMeasureTest::growthComparesTheMediansOfBothEnds()
{
    // 30 values: the first three are 100, 90, 1000 (median 100), the last three 120, 5, 200 (median 120).
    std::vector<double> values(30, 7.0);
    values[0] = 100.0;
    values[1] = 90.0;
    values[2] = 1000.0;
    values[27] = 120.0;
    values[28] = 5.0;
    values[29] = 200.0;
    const RuleMeasure measure = measuredSeries(QStringLiteral("growth(api.rss) < 20 %"), values);
    QCOMPARE(*measure.value, 0.2);
    QCOMPARE(measure.samples, 30U);
    // An even number of values at an end: the median lies between, (1 + 3) / 2 = 2 against (2 + 4) / 2 = 3.
    std::vector<double> twenty(20, 9.0);
    twenty[0] = 1.0;
    twenty[1] = 3.0;
    twenty[18] = 2.0;
    twenty[19] = 4.0;
    QCOMPARE(*measuredSeries(QStringLiteral("growth(api.rss) < 20 %"), twenty).value, 0.5);
}

void RuleMeasureTest::growthIsVagueBelowTwentyValues()
{
    const RuleMeasure measure = measuredSeries(QStringLiteral("growth(api.rss) < 20 %"), std::vector<double>(19, 1.0));
    QVERIFY(!measure.value);
    QVERIFY(measure.isVague);
    QCOMPARE(measure.missing, QStringLiteral("growth needs 20 values, there are 19"));
}

void RuleMeasureTest::growthHasNoMeaningFromZero()
{
    std::vector<double> values(20, 0.0);
    QCOMPARE(measuredSeries(QStringLiteral("growth(api.rss) < 20 %"), values).value, std::optional(0.0));
    values[18] = values[19] = 1.0;
    const RuleMeasure measure = measuredSeries(QStringLiteral("growth(api.rss) < 20 %"), values);
    QVERIFY(!measure.value);
    QVERIFY(measure.isVague);
}

void RuleMeasureTest::ignoresValuesThatAreNoNumbers()
{
    SeriesTotals totals{{}, 2, {}, {}};
    totals.add(FrameBuilder(0).probe(2, std::numeric_limits<double>::quiet_NaN()));
    totals.add(FrameBuilder(1).probe(2, std::numeric_limits<double>::infinity()));
    totals.add(FrameBuilder(2).probe(2, 5.0));
    totals.add(FrameBuilder(3));
    QCOMPARE(totals.values, std::vector<double>{5.0});
}

void RuleMeasureTest::comparesWithBounds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::addColumn<bool>("keeps");
    QTest::newRow("< below") << "p95 < 10 ms" << 9.9 << true;
    QTest::newRow("< at") << "p95 < 10 ms" << 10.0 << false;
    QTest::newRow("<= at") << "p95 <= 10 ms" << 10.0 << true;
    QTest::newRow("<= above") << "p95 <= 10 ms" << 10.1 << false;
    QTest::newRow("> above") << "p95 > 10 ms" << 10.1 << true;
    QTest::newRow("> at") << "p95 > 10 ms" << 10.0 << false;
    QTest::newRow(">= at") << "p95 >= 10 ms" << 10.0 << true;
    QTest::newRow(">= below") << "p95 >= 10 ms" << 9.9 << false;
    QTest::newRow("== at") << "p95 == 10 ms" << 10.0 << true;
    QTest::newRow("== beside") << "p95 == 10 ms" << 10.1 << false;
    QTest::newRow("== 0") << "errors == 0 %" << 0.0 << true;
    QTest::newRow("between, lower end") << "p95 between 10 ms and 20 ms" << 10.0 << true;
    QTest::newRow("between, upper end") << "p95 between 10 ms and 20 ms" << 20.0 << true;
    QTest::newRow("between, below") << "p95 between 10 ms and 20 ms" << 9.9 << false;
    QTest::newRow("between, above") << "p95 between 10 ms and 20 ms" << 20.1 << false;
}

void RuleMeasureTest::comparesWithBounds()
{
    QFETCH(QString, text);
    QFETCH(double, value);
    QTEST(keepsTo(rule(text), value), "keeps");
}

void RuleMeasureTest::takesRoundedValuesAsEqual()
{
    // 0.7 / 100 is 0.0069999999999999993, 7 / 1000 is 0.0070000000000000001.
    QVERIFY(keepsTo(rule(QStringLiteral("errors <= 0.7 %")), 7.0 / 1000.0));
    QVERIFY(!keepsTo(rule(QStringLiteral("errors > 0.7 %")), 7.0 / 1000.0));
}

void RuleMeasureTest::judgesByTheEndsOfTheInterval_data()
{
    using End = std::optional<double>;
    QTest::addColumn<QString>("text");
    QTest::addColumn<End>("low");
    QTest::addColumn<End>("high");
    QTest::addColumn<std::optional<bool>>("kept");
    const End open;
    const std::optional<bool> unknown;
    const std::optional<bool> yes(true);
    const std::optional<bool> no(false);
    QTest::newRow("< inside") << "p95 < 10 ms" << End(8.0) << End(9.0) << yes;
    QTest::newRow("< high end over") << "p95 < 10 ms" << End(8.0) << End(11.0) << no;
    QTest::newRow("< high end open") << "p95 < 10 ms" << End(8.0) << open << unknown;
    QTest::newRow("< open, but even the low end is over") << "p95 < 10 ms" << End(11.0) << open << no;
    QTest::newRow("< low end does not matter") << "p95 < 10 ms" << open << End(9.0) << yes;
    QTest::newRow("> low end under") << "p95 > 10 ms" << End(9.0) << End(12.0) << no;
    QTest::newRow("> low end open") << "p95 > 10 ms" << open << End(12.0) << unknown;
    QTest::newRow("> inside, high end open") << "p95 > 10 ms" << End(11.0) << open << yes;
    QTest::newRow("between inside") << "p95 between 10 ms and 20 ms" << End(11.0) << End(19.0) << yes;
    QTest::newRow("between over") << "p95 between 10 ms and 20 ms" << End(11.0) << End(21.0) << no;
    QTest::newRow("between under") << "p95 between 10 ms and 20 ms" << End(9.0) << End(19.0) << no;
    QTest::newRow("between open") << "p95 between 10 ms and 20 ms" << End(11.0) << open << unknown;
    QTest::newRow("between open, surely over") << "p95 between 10 ms and 20 ms" << End(21.0) << open << no;
}

void RuleMeasureTest::judgesByTheEndsOfTheInterval()
{
    QFETCH(QString, text);
    QFETCH(std::optional<double>, low);
    QFETCH(std::optional<double>, high);
    RuleMeasure measure;
    measure.low = low;
    measure.high = high;
    QTEST(isSurelyKept(rule(text), measure), "kept");
}

QTEST_GUILESS_MAIN(RuleMeasureTest)
#include "tst_rulemeasure.moc"
