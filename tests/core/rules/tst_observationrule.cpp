// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleevaluator.h"
#include "core/rules/ruleparser.h"
#include "core/stats/observationrecorder.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;

namespace {

using Kind = RunFacts::Observation::Kind;
using Standing = RuleResult::Standing;

RunFacts observingFacts()
{
    RunFacts facts = exampleFacts();
    facts.observations = {{QStringLiteral("server_time"), Kind::ServerTime, QStringLiteral("ms")},
                          {QStringLiteral("cache"), Kind::Hit, {}},
                          {QStringLiteral("tokens"), Kind::Value, QStringLiteral("tokens")},
                          {QStringLiteral("db"), Kind::Part, QStringLiteral("ms")}};
    return facts;
}

/// A measured second of stage "steady" with these server times and tokens, and `hits` of `of`.
MetricsFrame second(int number, const std::vector<double> &times, const std::vector<double> &tokens, int hits, int of)
{
    using Recorded = ObservationRecorder::Kind;
    ObservationRecorder recorder({Recorded::Values, Recorded::Hits, Recorded::Values, Recorded::Values});
    for (const double time : times)
        recorder.recordValue(0, time);
    for (int i = 0; i < of; ++i)
        recorder.recordHit(1, i < hits);
    for (const double value : tokens)
        recorder.recordValue(2, value);
    recorder.recordMissing(3);
    MetricsFrame frame = FrameBuilder(number).answered(0, 1, 1ms);
    frame.observations = recorder.takeInterval();
    return frame;
}

RuleResult judged(const QString &text, const std::vector<MetricsFrame> &frames)
{
    const auto rule = parseRule(text);
    Q_ASSERT(rule);
    RuleEvaluator evaluator({*rule}, std::make_shared<const RunFacts>(observingFacts()));
    for (const MetricsFrame &frame : frames)
        evaluator.add(frame);
    return evaluator.results().front();
}

/// 1 hit of 4 and 2 of 4: 3 of 8. Times 10, 20 and 30 ms; tokens 100, 200, 300 and 400.
std::vector<MetricsFrame> frames()
{
    return {second(3, {10.0, 20.0}, {100.0, 200.0}, 1, 4), second(4, {30.0}, {300.0, 400.0}, 2, 4)};
}

} // namespace

class ObservationRuleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void measures_data();
    void measures();
    void hasAnIntervalForHitsAndPercentiles();
    void judgesSurely();
    void saysWhyThereIsNoValue();
    void isPatient();
    void looksOnlyAtItsStage();
    void stopsARun();
    void refuses_data();
    void refuses();
};

void ObservationRuleTest::measures_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::addColumn<bool>("isMet");
    const auto row = [](const char *text, double value, bool isMet) {
        QTest::newRow(text) << QString::fromLatin1(text) << value << isMet;
    };
    row("hit_rate(cache) >= 37.5 %", 0.375, true); // 3 / 8
    row("hit_rate(cache) > 40 %", 0.375, false);
    row("hit_rate(cache) < 50 %", 0.375, true);
    row("value(tokens) <= 250", 250.0, true); // 1000 / 4
    row("value(tokens, mean) < 250", 250.0, false);
    row("value(tokens, min) >= 100", 100.0, true);
    row("value(tokens, max) < 400", 400.0, false);
    row("value(tokens, p50) between 200 and 201", 200.0, true); // the 2nd of 4, rounded up by less than 0.1 %
    row("value(server_time) < 21 ms", 20.0, true); // 60 / 3
    row("value(server_time, p99) < 0.02 s", 30.0, false);
    row("value(server_time, max) <= 30 ms", 30.0, true);
}

void ObservationRuleTest::measures()
{
    QFETCH(QString, text);
    QFETCH(double, value);
    QFETCH(bool, isMet);
    const RuleResult result = judged(text, frames());
    QVERIFY2(result.value, qPrintable(result.reason));
    QVERIFY2(qAbs(*result.value - value) <= value * 1e-3, qPrintable(QString::number(*result.value)));
    QCOMPARE(result.standing, isMet ? Standing::Met : Standing::NotMet);
    QCOMPARE(result.windowStartSeconds, 3.0);
    QCOMPARE(result.windowEndSeconds, 5.0);
}

void ObservationRuleTest::hasAnIntervalForHitsAndPercentiles()
{
    // Wilson, 3 of 8: 0.1368 to 0.6943.
    const RuleResult hits = judged(QStringLiteral("hit_rate(cache) >= 10 %"), frames());
    QCOMPARE(hits.samples, 8u);
    QVERIFY(qAbs(*hits.low - 0.1368) < 0.0001);
    QVERIFY(qAbs(*hits.high - 0.6943) < 0.0001);
    const RuleResult median =
        judged(QStringLiteral("value(tokens, p50) < 300"), {second(3, {}, std::vector(100, 5.0), 0, 0)});
    QVERIFY(median.low && median.high);
    QVERIFY(!judged(QStringLiteral("value(tokens) < 300"), frames()).low);
}

void ObservationRuleTest::judgesSurely()
{
    QCOMPARE(judged(QStringLiteral("hit_rate(cache) >= 10 % surely"), frames()).standing, Standing::Met);
    // The value is 37.5 %, and the unfavourable end of its interval 13.7 %.
    QCOMPARE(judged(QStringLiteral("hit_rate(cache) >= 30 % surely"), frames()).standing, Standing::NotMet);
    QCOMPARE(judged(QStringLiteral("value(tokens, p99) < 900 surely"), frames()).standing, Standing::Undecided);
}

void ObservationRuleTest::saysWhyThereIsNoValue()
{
    const RuleResult missing = judged(QStringLiteral("value(db) < 5 ms"), frames());
    QCOMPARE(missing.standing, Standing::NotRun);
    QCOMPARE(missing.reason, QStringLiteral("no answer in its window had it"));
    const RuleResult none = judged(QStringLiteral("hit_rate(cache) > 5 %"), {second(3, {}, {}, 0, 0)});
    QCOMPARE(none.reason, QStringLiteral("no answers in its window"));
}

void ObservationRuleTest::isPatient()
{
    // Above the bound in seconds 3 and 4, not in 5: 2 s in a row.
    const std::vector<MetricsFrame> seconds{second(3, {50.0}, {}, 0, 0), second(4, {50.0}, {}, 0, 0),
                                            second(5, {1.0}, {}, 0, 0)};
    QCOMPARE(judged(QStringLiteral("value(server_time) < 10 ms for 3 s"), seconds).standing, Standing::Met);
    QCOMPARE(judged(QStringLiteral("value(server_time) < 10 ms for 2 s"), seconds).standing, Standing::NotMet);
}

void ObservationRuleTest::looksOnlyAtItsStage()
{
    MetricsFrame burst = second(13, {90.0}, {}, 0, 0);
    burst.stage = StageIndex{2};
    const std::vector<MetricsFrame> seconds{second(3, {10.0}, {}, 0, 0), burst};
    QCOMPARE(*judged(QStringLiteral("value(server_time) < 1 s during burst"), seconds).value, 90.0);
    QCOMPARE(*judged(QStringLiteral("value(server_time) < 1 s"), seconds).value, 50.0);
}

void ObservationRuleTest::stopsARun()
{
    RuleEvaluator evaluator({*parseRule(QStringLiteral("hit_rate(cache) >= 90 % stop"))},
                            std::make_shared<const RunFacts>(observingFacts()));
    evaluator.add(second(3, {}, {}, 10, 10));
    QVERIFY(!evaluator.stopReason());
    evaluator.add(second(4, {}, {}, 0, 10)); // 10 of 20
    QVERIFY(evaluator.stopReason().has_value());
}

void ObservationRuleTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *text, const char *problem) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromUtf8(problem);
    };
    row("hit_rate > 5 %", "'hit_rate' needs what is observed, as in hit_rate(cache)");
    row("value < 5", "'value' needs what is observed, as in value(tokens)");
    row("hit_rate(cache, p95) > 5 %", "'hit_rate' takes one name in its brackets");
    row("value(tokens, p95, p99) > 5", "'value' takes a name and a function, as in value(tokens, p95)");
    row("value(tokens, median) > 5",
        "'median' is no function of values; write mean, min, max or a percentile, as in p95");
    row("value(tokens, errors) > 5",
        "'errors' is no function of values; write mean, min, max or a percentile, as in p95");
    row("hit_rate(cache) > 5 ms", "%");
    row("hit_rate(cahce) > 5 %",
        "nothing with the name 'cahce' is observed (did you mean 'cache'?); write it in observe");
    row("hit_rate(tokens) > 5 %", "'tokens' has no hits; write value(tokens)");
    row("value(cache) > 5", "'cache' is a share of hits; write hit_rate(cache)");
    row("value(db) > 5", "'db' is a time of the server; give the bound as a duration, as in 40 ms");
    row("value(tokens) > 5 ms",
        "'tokens' is a value of answers; give the bound as a plain number, in the unit that they have it in");
}

void ObservationRuleTest::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, problem);
    const auto rule = parseRule(text);
    const auto found = rule ? checkRule(*rule, observingFacts()) : std::optional(rule.error());
    QVERIFY(found);
    QVERIFY2(found->message.contains(problem), qPrintable(found->message));
    QVERIFY(found->position >= 0 && found->position + found->length <= text.size());
}

QTEST_GUILESS_MAIN(ObservationRuleTest)
#include "tst_observationrule.moc"
