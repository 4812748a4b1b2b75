// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleevaluator.h"
#include "core/rules/ruleparser.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;
using Standing = RuleResult::Standing;

namespace {

RuleEvaluator evaluatorOf(const QStringList &texts, const RunFacts &facts = exampleFacts())
{
    std::vector<Rule> rules;
    for (const QString &text : texts)
        rules.push_back(parseRule(text).value());
    return RuleEvaluator(std::move(rules), std::make_shared<RunFacts>(facts));
}

/// How one rule stands after the frames.
RuleResult judged(const QString &text, const std::vector<MetricsFrame> &frames)
{
    RuleEvaluator evaluator = evaluatorOf({text});
    for (const MetricsFrame &frame : frames)
        evaluator.add(frame);
    return evaluator.results().front();
}

/// A second with 10 requests, each in `time`.
FrameBuilder secondOf(int second, Nanoseconds time) { return FrameBuilder(second).answered(0, 10, time); }

/// Frames of "steady" from second 2 on: 20 ms where the text has an x, nothing where it has a blank, else 1 ms.
std::vector<MetricsFrame> pattern(QStringView text)
{
    std::vector<MetricsFrame> frames;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int second = 2 + int(i);
        frames.push_back(text[i] == u' ' ? FrameBuilder(second) : secondOf(second, text[i] == u'x' ? 20ms : 1ms));
    }
    return frames;
}

} // namespace

class RuleEvaluatorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void judgesTheMeasuredSeconds();
    void judgesAStageByNameEvenWarmUp();
    void judgesFromATimeOn();
    void judgesNoPausedSecondOfAStage();
    void takesOtherRulesInTheMiddle();
    void tellsTheWindow();
    void reportsIntervalsInAnyCase();
    void keepsRulesApartThatShareTotals();
    void judgesAProbe();
    void isNotRunWithoutAWindowOrSamples_data();
    void isNotRunWithoutAWindowOrSamples();
    void isNotRunWhenTheRunLacksWhatItNames();
    void countsViolatedSecondsInARow_data();
    void countsViolatedSecondsInARow();
    void doesNotCountAcrossOtherStages();
    void doesNotJudgeAShortSecondAlone();
    void judgesProbesSecondBySecond();
    void isUndecidedForLackOfSamples();
    void isLessSureOfSamplesThatResembleEachOther();
    void isUndecidedForHiddenDrops_data();
    void isUndecidedForHiddenDrops();
    void stopsAtTheFirstStopRuleNotMet();
    void doesNotStopOnChance_data();
    void doesNotStopOnChance();
    void givesTheSameLiveAndAtTheEnd();
    void toleratesFramesThatDoNotFitTheFacts();
    void formatsValues_data();
    void formatsValues();
    void namesStandings();
};

void RuleEvaluatorTest::judgesTheMeasuredSeconds()
{
    const std::vector<MetricsFrame> frames{secondOf(0, 50ms).warmUp(), secondOf(2, 5ms), secondOf(3, 10ms),
                                           secondOf(22, 90ms).drain()};
    const RuleResult result = judged(QStringLiteral("max <= 10 ms"), frames);
    QCOMPARE(result.standing, Standing::Met);
    QCOMPARE(result.value, std::optional(10.0));
    QCOMPARE(result.samples, 20U);
    QCOMPARE(judged(QStringLiteral("max < 10 ms"), frames).standing, Standing::NotMet);
}

void RuleEvaluatorTest::judgesAStageByNameEvenWarmUp()
{
    const std::vector<MetricsFrame> frames{secondOf(0, 50ms).warmUp(), secondOf(2, 5ms), secondOf(12, 20ms).stage(2),
                                           secondOf(22, 90ms).drain()};
    QCOMPARE(judged(QStringLiteral("max < 1 s during warm up"), frames).value, std::optional(50.0));
    QCOMPARE(judged(QStringLiteral("max < 1 s during steady"), frames).value, std::optional(5.0));
    QCOMPARE(judged(QStringLiteral("max < 1 s during burst"), frames).value, std::optional(20.0)); // without the drain
}

void RuleEvaluatorTest::judgesFromATimeOn()
{
    const std::vector<MetricsFrame> frames{secondOf(2, 50ms), secondOf(3, 40ms), secondOf(4, 30ms)};
    QCOMPARE(judged(QStringLiteral("max < 1 s from 3 s"), frames).value, std::optional(40.0));
    QCOMPARE(judged(QStringLiteral("max < 1 s from 3500 ms"), frames).value,
             std::optional(30.0)); // second 3 began before
}

void RuleEvaluatorTest::judgesNoPausedSecondOfAStage()
{
    // 20 requests in two seconds of "steady" and one paused second, which belongs to no stage.
    MetricsFrame paused = secondOf(3, 1ms);
    paused.stage = {};
    paused.isMeasured = false;
    QVERIFY(paused.isPaused());
    for (const auto &text : {QStringLiteral("throughput == 10/s"), QStringLiteral("throughput == 10/s during steady")}) {
        const RuleResult result = judged(text, {secondOf(2, 1ms), paused, secondOf(4, 1ms)});
        QCOMPARE(result.standing, Standing::Met);
        QCOMPARE(result.samples, 20U);
    }
}

void RuleEvaluatorTest::takesOtherRulesInTheMiddle()
{
    // As the report judges the final texts: a rule that stays has seen all, a new one only what is behind its "from".
    const QStringList texts{QStringLiteral("count == 20"), QStringLiteral("max < 10 ms from 3 s"),
                            QStringLiteral("count == 10 from 3 s")};
    RuleEvaluator evaluator = evaluatorOf({QStringLiteral("errors < 1 %"), texts[0]});
    std::vector<MetricsFrame> frames{secondOf(2, 20ms), secondOf(3, 1ms)};
    evaluator.add(frames[0]);
    std::vector<Rule> rules;
    for (const QString &text : texts)
        rules.push_back(parseRule(text).value());
    evaluator.setRules(rules);
    evaluator.add(frames[1]);
    const std::vector<RuleResult> results = evaluator.results();
    QCOMPARE(results.size(), 3U);
    for (std::size_t i = 0; i < results.size(); ++i) {
        QCOMPARE(results[i].rule.text, texts[qsizetype(i)]);
        QCOMPARE(results[i].standing, Standing::Met);
        QCOMPARE(judged(texts[qsizetype(i)], frames).value, results[i].value);
    }
    evaluator.setRules({});
    QVERIFY(evaluator.results().empty());
}

void RuleEvaluatorTest::tellsTheWindow()
{
    const RuleResult result = judged(QStringLiteral("max < 1 s"),
                                     {secondOf(0, 1ms).warmUp(), secondOf(2, 1ms), secondOf(3, 1ms).length(250ms)});
    QCOMPARE(result.windowStartSeconds, 2.0);
    QCOMPARE(result.windowEndSeconds, 3.25);
}

void RuleEvaluatorTest::reportsIntervalsInAnyCase()
{
    const RuleResult result =
        judged(QStringLiteral("errors < 50 %"), {FrameBuilder(2).answered(0, 90, 1ms).failed(0, 10)});
    QCOMPARE(result.value, std::optional(0.1));
    QVERIFY(result.low && *result.low > 0.05 && *result.low < 0.1);
    QVERIFY(result.high && *result.high > 0.1 && *result.high < 0.2);
}

void RuleEvaluatorTest::keepsRulesApartThatShareTotals()
{
    RuleEvaluator evaluator = evaluatorOf(
        {QStringLiteral("max(retrieve) < 1 s"), QStringLiteral("max(document) < 1 s"), QStringLiteral("max < 1 s"),
         QStringLiteral("service.max(retrieve) < 1 s"), QStringLiteral("count(retrieve) < 100"),
         QStringLiteral("max(retrieve) < 1 s during steady"), QStringLiteral("min(retrieve) < 1 s")});
    evaluator.add(FrameBuilder(2).answered(0, 1, 10ms, 7ms).answered(1, 1, 20ms));
    evaluator.add(FrameBuilder(12).stage(2).answered(0, 2, 30ms, 3ms));
    std::vector<double> values;
    for (const RuleResult &result : evaluator.results())
        values.push_back(*result.value);
    // Maxima to the nanosecond: the exact ones are kept beside the buckets.
    QCOMPARE(values, (std::vector<double>{30.0, 20.0, 30.0, 7.0, 3.0, 10.0, 10.0}));
}

void RuleEvaluatorTest::judgesAProbe()
{
    const std::vector<MetricsFrame> frames{FrameBuilder(0).warmUp().probe(1, 99.0), FrameBuilder(2).probe(1, 60.0),
                                           FrameBuilder(3), FrameBuilder(4).probe(1, 70.0)};
    const RuleResult result = judged(QStringLiteral("mean(api.cpu) <= 65 %"), frames);
    QCOMPARE(result.standing, Standing::Met);
    QCOMPARE(result.value, std::optional(0.65)); // (60 + 70) / 2, as a fraction
    QCOMPARE(result.samples, 2U);
    QCOMPARE(judged(QStringLiteral("max(api.cpu) < 70"), frames).standing, Standing::NotMet);
    QCOMPARE(judged(QStringLiteral("max(queue) < 3 s"), frames).reason,
             QStringLiteral("its probe had no values in its window"));
}

void RuleEvaluatorTest::isNotRunWithoutAWindowOrSamples_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    QTest::newRow("stage not reached") << "p95 < 1 s during burst" << "stage 'burst' was not reached";
    QTest::newRow("ended before") << "p95 < 1 s from 10 s" << "nothing was measured from 10.0 s on";
    QTest::newRow("no request of the step") << "p95(document) < 1 s" << "no requests in its window";
    QTest::newRow("no arrivals") << "achieved >= 99 %" << "no arrivals were planned in its window";
    QTest::newRow("no probe values") << "max(queue) < 5" << "its probe had no values in its window";
    QTest::newRow("with for") << "p95(document) < 1 s for 3 s" << "no requests in its window";
}

void RuleEvaluatorTest::isNotRunWithoutAWindowOrSamples()
{
    QFETCH(QString, text);
    const RuleResult result = judged(text, {secondOf(2, 1ms)});
    QCOMPARE(result.standing, Standing::NotRun);
    QVERIFY(!result.value);
    QTEST(result.reason, "reason");
}

void RuleEvaluatorTest::isNotRunWhenTheRunLacksWhatItNames()
{
    const RuleResult result = judged(QStringLiteral("p95(retreive) < 1 s"), {secondOf(2, 1ms)});
    QCOMPARE(result.standing, Standing::NotRun);
    QCOMPARE(result.reason, QStringLiteral("no step has the name or path 'retreive' (did you mean 'retrieve'?)"));
    QCOMPARE(evaluatorOf({QStringLiteral("p95 < 1 s")}).results()[0].reason, QStringLiteral("no second was measured"));
}

void RuleEvaluatorTest::countsViolatedSecondsInARow_data()
{
    QTest::addColumn<QString>("seconds");
    QTest::addColumn<Standing>("standing");
    QTest::addColumn<QString>("reason");
    const auto reason = [](int seconds) {
        return QStringLiteral("violated for up to %1 s without a break").arg(seconds);
    };
    // The rule is max < 10 ms for 3 s; x is a violated second.
    QTest::newRow("never violated") << "....." << Standing::Met << QString();
    QTest::newRow("two in a row, twice") << "xx.xx" << Standing::Met << reason(2);
    QTest::newRow("three in a row") << ".xxx." << Standing::NotMet << reason(3);
    QTest::newRow("once not met stays so") << "xxx......" << Standing::NotMet << reason(3);
    QTest::newRow("longer") << "xxxxx" << Standing::NotMet << reason(5);
    QTest::newRow("a second without requests is passed over") << "xx x." << Standing::NotMet << reason(3);
}

void RuleEvaluatorTest::countsViolatedSecondsInARow()
{
    QFETCH(QString, seconds);
    const RuleResult result = judged(QStringLiteral("max < 10 ms for 3 s"), pattern(seconds));
    QTEST(result.standing, "standing");
    QTEST(result.reason, "reason");
    QCOMPARE(result.value, std::optional(seconds.contains(u'x') ? 20.0 : 1.0)); // of the whole window
}

void RuleEvaluatorTest::doesNotCountAcrossOtherStages()
{
    const RuleResult result = judged(QStringLiteral("max < 10 ms for 2 s"),
                                     {secondOf(2, 20ms), secondOf(3, 20ms).warmUp(), secondOf(4, 20ms)});
    QCOMPARE(result.standing, Standing::Met);
}

void RuleEvaluatorTest::doesNotJudgeAShortSecondAlone()
{
    const RuleResult result = judged(QStringLiteral("count >= 10 for 1 s"),
                                     {secondOf(2, 1ms), FrameBuilder(3).length(200ms).answered(0, 2, 1ms)});
    QCOMPARE(result.standing, Standing::Met);
    const RuleResult onlyShort = judged(QStringLiteral("count >= 10 for 1 s"), {FrameBuilder(2).length(200ms)});
    QCOMPARE(onlyShort.standing, Standing::Undecided);
    QCOMPARE(onlyShort.reason, QStringLiteral("no single second could be judged"));
}

void RuleEvaluatorTest::judgesProbesSecondBySecond()
{
    const std::vector<MetricsFrame> frames{FrameBuilder(2).probe(2, 90.0), FrameBuilder(3).probe(2, 10.0),
                                           FrameBuilder(4).probe(2, 90.0), FrameBuilder(5).probe(2, 90.0)};
    QCOMPARE(judged(QStringLiteral("last(queue) < 50 for 2 s"), frames).standing, Standing::NotMet);
    QCOMPARE(judged(QStringLiteral("last(queue) < 50 for 3 s"), frames).standing, Standing::Met);
}

void RuleEvaluatorTest::isUndecidedForLackOfSamples()
{
    const RuleResult few = judged(QStringLiteral("p99 < 1 s surely"), {FrameBuilder(2).answered(0, 367, 1ms)});
    QCOMPARE(few.standing, Standing::Undecided);
    QCOMPARE(few.reason, QStringLiteral("too few samples for 'surely': 367, the interval is closed from 368 on"));
    QCOMPARE(judged(QStringLiteral("p99 < 1 s surely"), {FrameBuilder(2).answered(0, 1000, 1ms)}).standing,
             Standing::Met);
    QCOMPARE(judged(QStringLiteral("growth(api.rss) < 1 %"), {FrameBuilder(2).probe(0, 1.0)}).standing,
             Standing::Undecided);
    // 1 error in 100: 1 % is below 2 %, the upper end of its interval, 5.4 %, is not.
    const std::vector<MetricsFrame> oneInHundred{FrameBuilder(2).answered(0, 99, 1ms).failed(0, 1)};
    QCOMPARE(judged(QStringLiteral("errors < 2 %"), oneInHundred).standing, Standing::Met);
    QCOMPARE(judged(QStringLiteral("errors < 2 % surely"), oneInHundred).standing, Standing::NotMet);
}

void RuleEvaluatorTest::isLessSureOfSamplesThatResembleEachOther()
{
    // 120 of 200 samples take 1 ms. Mixed, the median lies below rank 100 + 13.9 + 1 = 115 with 95 % certainty: 1 ms. Here
    // the slow ones are one spell at the end, and who knows how many more there would be.
    std::vector<MetricsFrame> mixed;
    for (int second = 2; second < 22; ++second)
        mixed.push_back(FrameBuilder(second).answered(0, 6, 1ms).answered(0, 4, 20ms));
    QCOMPARE(judged(QStringLiteral("p50 < 10 ms surely"), mixed).standing, Standing::Met);

    const std::vector<MetricsFrame> spell = pattern(u"............xxxxxxxx");
    QCOMPARE(judged(QStringLiteral("p50 < 10 ms"), spell).standing, Standing::Met);
    const RuleResult result = judged(QStringLiteral("p50 < 10 ms surely"), spell);
    QCOMPARE(result.standing, Standing::Undecided);
    QCOMPARE(result.samples, 200u);
    QVERIFY2(result.reason.startsWith(u"too few samples for 'surely': 200, which are worth "), qPrintable(result.reason));
    QVERIFY2(result.reason.endsWith(u" independent ones, the interval is closed from 6 on"), qPrintable(result.reason));
}

void RuleEvaluatorTest::isUndecidedForHiddenDrops_data()
{
    QTest::addColumn<QStringList>("rules");
    QTest::addColumn<int>("dropped");
    QTest::addColumn<Standing>("first");
    QTest::newRow("1 % is tolerated") << QStringList{"p95 < 1 s"} << 10 << Standing::Met;
    QTest::newRow("more is not") << QStringList{"p95 < 1 s"} << 11 << Standing::Undecided;
    QTest::newRow("a violated one is undecided as well") << QStringList{"p95 < 1 us"} << 11 << Standing::Undecided;
    QTest::newRow("unless a rule allows it") << QStringList{"p95 < 1 s", "dropped < 5 %"} << 11 << Standing::Met;
    QTest::newRow("errors are not latencies") << QStringList{"errors < 1 %"} << 11 << Standing::Met;
    QTest::newRow("service times are") << QStringList{"service.mean < 1 s"} << 11 << Standing::Undecided;
}

void RuleEvaluatorTest::isUndecidedForHiddenDrops()
{
    QFETCH(QStringList, rules);
    QFETCH(int, dropped);
    RuleEvaluator evaluator = evaluatorOf(rules);
    evaluator.add(secondOf(2, 1ms).iterations(1000, std::uint64_t(1000 - dropped), std::uint64_t(dropped)));
    QTEST(evaluator.results()[0].standing, "first");
}

void RuleEvaluatorTest::stopsAtTheFirstStopRuleNotMet()
{
    RuleEvaluator evaluator = evaluatorOf({QStringLiteral("max < 1 ms"), QStringLiteral("max < 15 ms stop"),
                                           QStringLiteral("max < 10 ms stop"), QStringLiteral("errors < 1 % stop")});
    QVERIFY(!evaluator.stopReason());
    evaluator.add(secondOf(2, 5ms));
    QVERIFY(!evaluator.stopReason()); // the first rule is not met, but it stops nothing
    evaluator.add(secondOf(3, 12ms));
    QCOMPARE(evaluator.stopReason()->rule.text, QStringLiteral("max < 10 ms stop"));
    evaluator.add(secondOf(4, 20ms));
    QCOMPARE(evaluator.stopReason()->rule.text, QStringLiteral("max < 15 ms stop"));
}

void RuleEvaluatorTest::doesNotStopOnChance_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<MetricsFrame>("frame");
    QTest::addColumn<bool>("stops");
    QTest::newRow("less than a second") << "errors < 1 % stop" << FrameBuilder(2).length(900ms).failed(0, 100).frame()
                                        << false;
    QTest::newRow("a full second") << "errors < 1 % stop" << FrameBuilder(2).failed(0, 100).frame() << true;
    // p95 of 5: the slowest. 5 samples are less than the 72 that p95 needs, and rank 4 of them is in bounds.
    QTest::newRow("few samples, one slow")
        << "p95 < 10 ms stop" << FrameBuilder(2).answered(0, 4, 1ms).answered(0, 1, 99ms).frame() << false;
    QTest::newRow("few samples, all slow")
        << "p95 < 10 ms stop" << FrameBuilder(2).answered(0, 5, 99ms).frame() << true;
    // 6 of 100 are slow: p95 is violated, though its interval begins in bounds.
    QTest::newRow("enough samples") << "p95 < 10 ms stop"
                                    << FrameBuilder(2).answered(0, 94, 1ms).answered(0, 6, 99ms).frame() << true;
    QTest::newRow("for is not over") << "max < 10 ms for 2 s stop" << FrameBuilder(2).answered(0, 5, 99ms).frame()
                                     << false;
}

void RuleEvaluatorTest::doesNotStopOnChance()
{
    QFETCH(QString, text);
    QFETCH(MetricsFrame, frame);
    RuleEvaluator evaluator = evaluatorOf({text});
    evaluator.add(frame);
    QTEST(evaluator.stopReason().has_value(), "stops");
}

void RuleEvaluatorTest::givesTheSameLiveAndAtTheEnd()
{
    const QStringList rules{QStringLiteral("p95 < 10 ms"), QStringLiteral("max < 10 ms for 2 s")};
    RuleEvaluator live = evaluatorOf(rules);
    RuleEvaluator atTheEnd = evaluatorOf(rules);
    for (const MetricsFrame &frame : pattern(u"..xx.x ")) {
        live.add(frame);
        (void)live.results(); // asking every second changes nothing
        atTheEnd.add(frame);
    }
    for (std::size_t i = 0; i < 2; ++i) {
        QCOMPARE(live.results()[i].value, atTheEnd.results()[i].value);
        QCOMPARE(live.results()[i].standing, atTheEnd.results()[i].standing);
    }
}

void RuleEvaluatorTest::toleratesFramesThatDoNotFitTheFacts()
{
    RuleEvaluator evaluator = evaluatorOf(
        {QStringLiteral("p95 < 1 s during steady"), QStringLiteral("max(queue) < 5"), QStringLiteral("errors < 1 %")});
    MetricsFrame odd = secondOf(2, 1ms);
    odd.stage = {99};
    odd.steps.resize(50);
    odd.probes.clear();
    evaluator.add(odd);
    odd.stage = {};
    odd.steps.clear();
    odd.length = 0s;
    evaluator.add(odd);
    odd.steps.resize(1);
    odd.steps[0].histograms[0] = "no histogram";
    evaluator.add(odd);
    QCOMPARE(evaluator.results()[0].standing, Standing::NotRun);
    QCOMPARE(evaluator.results()[2].samples, 10U);
}

void RuleEvaluatorTest::formatsValues_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("unit");
    QTest::addColumn<QString>("text");
    QTest::newRow("duration") << 912.0 << int(Rule::Unit::Duration) << "912 ms";
    QTest::newRow("duration below 1 ms") << 0.25 << int(Rule::Unit::Duration) << QStringLiteral("250 µs");
    QTest::newRow("share") << 0.004 << int(Rule::Unit::Share) << "0.4 %";
    QTest::newRow("rate") << 51.0 << int(Rule::Unit::Rate) << "51/s";
    QTest::newRow("bytes") << 1.2 * 1073741824.0 << int(Rule::Unit::Bytes) << "1.2 GiB";
    QTest::newRow("number") << 1234.0 << int(Rule::Unit::Number) << "1234";
}

void RuleEvaluatorTest::formatsValues()
{
    QFETCH(double, value);
    QFETCH(int, unit);
    QTEST(formatRuleValue(value, Rule::Unit(unit)), "text");
    QVERIFY(!formatRuleValue(1e300, Rule::Unit(unit)).isEmpty()); // from a file, anything may come
}

void RuleEvaluatorTest::namesStandings()
{
    QCOMPARE(standingName(Standing::Met), QLatin1String("met"));
    QCOMPARE(standingName(Standing::NotMet), QLatin1String("not_met"));
    QCOMPARE(standingName(Standing::Undecided), QLatin1String("undecided"));
    QCOMPARE(standingName(Standing::NotRun), QLatin1String("not_run"));
}

QTEST_GUILESS_MAIN(RuleEvaluatorTest)
#include "tst_ruleevaluator.moc"
