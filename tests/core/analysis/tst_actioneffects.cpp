// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/actioneffects.h"
#include "core/stats/histogramcodec.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <random>

using namespace Headroom;

namespace {

using Effect = ActionEffect::Outcome;
using Standing = RuleResult::Standing;

/// One step and one stage of 1,000 s at 20/s; one action that settles in 5 s, with windows of 30 s.
std::shared_ptr<RunFacts> factsWith(const QString &expected)
{
    auto facts = std::make_shared<RunFacts>();
    facts->isOpenModel = true;
    facts->flows = {{QStringLiteral("flow"), 1.0, {}}};
    facts->steps = {{QStringLiteral("retrieve"), QStringLiteral("POST"), QStringLiteral("/retrieve"), FlowIndex{0}}};
    facts->stages = {{QStringLiteral("steady"), 0s, 1000s, 20, 20, false}};
    facts->plannedLength = 1000s;
    facts->actions = {{QStringLiteral("degrade"), QStringLiteral("POST /admin"), expected, 5s, 30s, false}};
    return facts;
}

/// A measured second with these response times.
MetricsFrame frameOf(int second, const std::vector<Nanoseconds> &times)
{
    MetricsFrame frame;
    frame.second = second;
    frame.stage = StageIndex{0};
    frame.offeredPerSecond = 20.0;
    frame.steps.resize(1);
    frame.flows.resize(1);
    HdrHistogram histogram;
    for (const Nanoseconds time : times)
        histogram.record(time);
    frame.steps[0].histograms[std::size_t(LatencyKind::Response)] = encodeHistogram(histogram);
    frame.steps[0].histograms[std::size_t(LatencyKind::Service)] = encodeHistogram(histogram);
    frame.steps[0].counts.requests = frame.steps[0].counts.answered = times.size();
    return frame;
}

/// 20 requests of `base` + 0, 1 ... 19 ms.
std::vector<Nanoseconds> evenTimes(Nanoseconds base)
{
    std::vector<Nanoseconds> times;
    for (int i = 0; i < 20; ++i)
        times.push_back(base + i * 1ms);
    return times;
}

RunEvent begun(Nanoseconds at) { return {at, QStringLiteral("action"), QStringLiteral("degrade: POST /admin")}; }

ActionDone doneAt(Nanoseconds at, int action = 0) { return {action, at, 100ms, true, QStringLiteral("answered 200")}; }

/// Seconds 0 to `end` with times that fall or rise at 40.5 s, when the action is done.
std::vector<ActionEffect> effectsOf(const std::shared_ptr<RunFacts> &facts, int end, Nanoseconds before,
                                    Nanoseconds after, const std::function<void(MetricsFrame &)> &change = {})
{
    ActionEffects effects(facts);
    for (int second = 0; second < end; ++second) {
        MetricsFrame frame = frameOf(second, evenTimes(second <= 40 ? before : after));
        if (second == 40) {
            frame.events = {begun(40500ms)};
            frame.actions = {doneAt(40500ms)};
        }
        if (change)
            change(frame);
        effects.add(frame);
    }
    return effects.effects();
}

} // namespace

class ActionEffectsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comparesWholeSecondsBeforeAndBehindTheSettling();
    void tellsWhatTooFewSamplesAreWorth();
    void judgesWhatWasExpected_data();
    void judgesWhatWasExpected();
    void measuresAllStepsWhenNothingWasExpected();
    void judgesOnWhatIsLeftOfAShortRun();
    void isNotJudgedOnTooFewSeconds();
    void isNotJudgedWhenTheLoadIsAnother();
    void isNotJudgedAcrossARamp();
    void isCutByAnotherAction();
    void isNotJudgedWhileAnotherIsUnderWay();
    void isNotJudgedWhenItWentWrong();
    void doesNotTakeChanceForAnEffect();
    void findsTheTruthOfAnEffect();
};

void ActionEffectsTest::comparesWholeSecondsBeforeAndBehindTheSettling()
{
    const auto effects =
        effectsOf(factsWith(QStringLiteral("p95(retrieve) falls by 90 ms to 110 ms")), 100, 200ms, 100ms);
    QCOMPARE(effects.size(), 1u);
    const ActionEffect &effect = effects[0];
    QCOMPARE(effect.before, (EffectWindow{10, 40})); // the action came within second 40
    QCOMPARE(effect.after, (EffectWindow{46, 76})); // 40.5 s + 0.1 s + 5 s = 45.6 s
    QCOMPARE(effect.measures.size(), 1u);
    // 600 samples: the 570th is 200 + 18 ms before and 100 + 18 ms after, in buckets of 0.1 ms.
    QVERIFY(std::abs(effect.measures[0].before->value - 218.0) < 0.2);
    QVERIFY(std::abs(effect.measures[0].change->value + 100.0) < 0.3);
    QCOMPARE(effect.measures[0].samplesAfter, 600u);
    QCOMPARE(effect.outcome, Effect::AsExpected);
    QCOMPARE(effect.standing, std::optional(Standing::Met));
}

void ActionEffectsTest::judgesWhatWasExpected_data()
{
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("outcome");
    QTest::addColumn<int>("standing");
    // The truth: from 218 ms to 118 ms, which 600 samples tell to about 2 ms.
    const auto row = [](const char *expected, Effect outcome, Standing standing) {
        QTest::newRow(expected) << QString::fromLatin1(expected) << int(outcome) << int(standing);
    };
    row("p95 falls", Effect::AsExpected, Standing::Met);
    row("p95 falls by 50 ms", Effect::AsExpected, Standing::Met);
    row("p95 falls by 40 % to 50 %", Effect::AsExpected, Standing::Met); // 46 %
    row("p95 falls by 150 ms", Effect::LessThanExpected, Standing::NotMet);
    row("p95 falls by 60 %", Effect::LessThanExpected, Standing::NotMet);
    row("p95 falls by 20 ms to 50 ms", Effect::MoreThanExpected, Standing::NotMet);
    row("p95 falls by 100.5 ms", Effect::Unclear, Standing::Undecided);
    row("p95 rises", Effect::Opposite, Standing::NotMet);
    row("p95 rises by 10 ms", Effect::Opposite, Standing::NotMet);
    row("p95 stays within 60 %", Effect::AsExpected, Standing::Met);
    row("p95 stays within 20 %", Effect::MoreThanExpected, Standing::NotMet);
    row("errors falls by 1 %", Effect::NoDetectableEffect, Standing::NotMet); // surely less than 1 %
    row("errors falls", Effect::NoDetectableEffect, Standing::Undecided);
    row("errors stays within 5 %", Effect::AsExpected, Standing::Met);
}

void ActionEffectsTest::judgesWhatWasExpected()
{
    QFETCH(const QString, expected);
    QFETCH(const int, outcome);
    QFETCH(const int, standing);
    const auto effects = effectsOf(factsWith(expected), 100, 200ms, 100ms);
    QCOMPARE(int(effects[0].outcome), outcome);
    QCOMPARE(int(*effects[0].standing), standing);
}

void ActionEffectsTest::measuresAllStepsWhenNothingWasExpected()
{
    const auto effects = effectsOf(factsWith({}), 100, 200ms, 100ms);
    QCOMPARE(effects[0].outcome, Effect::Measured);
    QVERIFY(!effects[0].standing);
    QCOMPARE(effects[0].measures.size(), 2u);
    QCOMPARE(effects[0].measures[0].metric, QStringLiteral("p95"));
    QVERIFY(effects[0].measures[0].isDetected());
    QCOMPARE(effects[0].measures[1].metric, QStringLiteral("errors"));
    QVERIFY(!effects[0].measures[1].isDetected());
}

void ActionEffectsTest::judgesOnWhatIsLeftOfAShortRun()
{
    const auto effects = effectsOf(factsWith(QStringLiteral("p95 falls")), 58, 200ms, 100ms);
    QCOMPARE(effects[0].after, (EffectWindow{46, 58}));
    QCOMPARE(effects[0].outcome, Effect::AsExpected);
}

void ActionEffectsTest::isNotJudgedOnTooFewSeconds()
{
    const auto effects = effectsOf(factsWith(QStringLiteral("p95 falls")), 55, 200ms, 100ms);
    QCOMPARE(effects[0].outcome, Effect::NotJudged);
    QCOMPARE(effects[0].standing, std::optional(Standing::Undecided));
    QCOMPARE(effects[0].reason, QStringLiteral("only 9 s of steady load behind it, and it takes 10 s"));
    QVERIFY(!effects[0].measures[0].change);
}

void ActionEffectsTest::isNotJudgedWhenTheLoadIsAnother()
{
    auto facts = factsWith(QStringLiteral("p95 falls"));
    facts->stages = {{QStringLiteral("steady"), 0s, 41s, 20, 20, false},
                     {QStringLiteral("high"), 41s, 959s, 40, 40, false}};
    const auto effects = effectsOf(facts, 100, 200ms, 100ms, [](MetricsFrame &frame) {
        frame.stage = StageIndex{frame.second < 41 ? 0 : 1};
        frame.offeredPerSecond = frame.second < 41 ? 20.0 : 40.0;
    });
    QCOMPARE(effects[0].outcome, Effect::NotJudged);
    QCOMPARE(effects[0].reason, QStringLiteral("the load changed meanwhile, from 20 to 40"));
}

void ActionEffectsTest::isNotJudgedAcrossARamp()
{
    auto facts = factsWith(QStringLiteral("p95 falls"));
    facts->stages = {{QStringLiteral("steady"), 0s, 50s, 20, 20, false},
                     {QStringLiteral("ramp"), 50s, 950s, 20, 40, false}};
    const auto effects = effectsOf(facts, 100, 200ms, 100ms,
                                   [](MetricsFrame &frame) { frame.stage = StageIndex{frame.second < 50 ? 0 : 1}; });
    QCOMPARE(effects[0].after, (EffectWindow{46, 50}));
    QCOMPARE(effects[0].reason,
             QStringLiteral("only 4 s of steady load behind it, and it takes 10 s: the load changed or was paused"));
}

void ActionEffectsTest::isCutByAnotherAction()
{
    auto facts = factsWith(QStringLiteral("p95 falls"));
    facts->actions.push_back({QStringLiteral("other"), QStringLiteral("./other"), {}, 5s, 30s, false});
    const auto another = [](MetricsFrame &frame) {
        if (frame.second == 60) {
            frame.events = {begun(60200ms)};
            frame.actions = {doneAt(60200ms, 1)};
        }
    };
    const auto effects = effectsOf(facts, 120, 200ms, 100ms, another);
    QCOMPARE(effects.size(), 2u);
    QCOMPARE(effects[0].after, (EffectWindow{46, 60}));
    QCOMPARE(effects[0].outcome, Effect::AsExpected);
    QCOMPARE(effects[1].before, (EffectWindow{46, 60})); // where the first has settled
    QCOMPARE(effects[1].after, (EffectWindow{66, 96}));
}

void ActionEffectsTest::isNotJudgedWhileAnotherIsUnderWay()
{
    auto facts = factsWith(QStringLiteral("p95 falls"));
    facts->actions.push_back({QStringLiteral("long"), QStringLiteral("./long"), {}, 5s, 30s, false});
    const auto another = [](MetricsFrame &frame) {
        if (frame.second == 35)
            frame.events = {begun(35s)};
        if (frame.second == 90)
            frame.actions = {{1, 35s, 55s, true, QStringLiteral("ended with exit code 0")}};
    };
    const auto effects = effectsOf(facts, 140, 200ms, 100ms, another);
    QCOMPARE(effects[0].outcome, Effect::NotJudged);
    QCOMPARE(effects[0].reason, QStringLiteral("another action was under way"));
    QCOMPARE(effects[1].outcome, Effect::NotJudged); // the short one lies within it
}

void ActionEffectsTest::isNotJudgedWhenItWentWrong()
{
    const auto effects = effectsOf(factsWith(QStringLiteral("p95 falls")), 100, 200ms, 100ms, [](MetricsFrame &frame) {
        for (ActionDone &done : frame.actions)
            done.isDone = false;
    });
    QCOMPARE(effects[0].outcome, Effect::NotJudged);
    QCOMPARE(effects[0].standing, std::optional(Standing::Undecided));
    QCOMPARE(effects[0].reason, QStringLiteral("it was not done"));
}

namespace {

/// Times of a service whose seconds resemble each other: the logarithm of each is normal around 100 ms times `factor`,
/// and what a second adds to all of its own follows the second before by half.
class Service
{
public:
    explicit Service(std::uint64_t seed)
        : m_random(seed)
    {
    }
    std::vector<Nanoseconds> second(double factor)
    {
        m_mood = 0.5 * m_mood + 0.1 * normal();
        std::vector<Nanoseconds> times;
        for (int i = 0; i < 20; ++i)
            times.push_back(Nanoseconds(std::int64_t(1e8 * factor * std::exp(m_mood + 0.3 * normal()))));
        return times;
    }

private:
    /// Box and Muller; the standard library's own differs from one to the next.
    double normal()
    {
        const double a = (double(m_random() >> 11) + 0.5) / 9007199254740992.0;
        const double b = (double(m_random() >> 11) + 0.5) / 9007199254740992.0;
        return std::sqrt(-2.0 * std::log(a)) * std::cos(6.283185307179586 * b);
    }
    std::mt19937_64 m_random;
    double m_mood = 0.0;
};

ActionEffect effectOn(std::uint64_t seed, double factor, const QString &expected)
{
    Service service(seed);
    ActionEffects effects(factsWith(expected));
    for (int second = 0; second < 77; ++second) {
        MetricsFrame frame = frameOf(second, service.second(second <= 40 ? 1.0 : factor));
        if (second == 40) {
            frame.events = {begun(40500ms)};
            frame.actions = {doneAt(40500ms)};
        }
        effects.add(frame);
    }
    return effects.effects().front();
}

} // namespace

void ActionEffectsTest::doesNotTakeChanceForAnEffect()
{
    constexpr int kRuns = 400;
    int alarms = 0;
    int open = 0; // so alike that the samples are worth too few
    for (int seed = 1; seed <= kRuns; ++seed) {
        const ActionEffect effect = effectOn(std::uint64_t(seed), 1.0, QStringLiteral("p95 falls"));
        alarms += effect.measures[0].isDetected();
        open += effect.outcome == Effect::NotJudged;
    }
    qInfo("false alarms: %d of %d; not judged: %d", alarms, kRuns, open);
    QVERIFY(alarms <= kRuns * 6 / 100);
}

void ActionEffectsTest::findsTheTruthOfAnEffect()
{
    // The p95 of the model before: 100 ms x exp(1.6449 x sqrt(0.3^2 + 0.1^2 / (1 - 0.5^2))) = 169.6 ms; 70 % of it
    // is 50.9 ms less.
    constexpr int kRuns = 200;
    constexpr double kTruth = -50.9;
    int judged = 0;
    int covered = 0;
    int found = 0;
    for (int seed = 1; seed <= kRuns; ++seed) {
        const ActionEffect effect = effectOn(std::uint64_t(seed), 0.7, QStringLiteral("p95 falls by 20 % to 40 %"));
        if (!effect.measures[0].change)
            continue; // its seconds resemble each other so much that they are worth too few samples
        ++judged;
        const Estimate &change = *effect.measures[0].change;
        covered += *change.interval.low <= kTruth && *change.interval.high >= kTruth;
        found += effect.outcome == Effect::AsExpected;
    }
    qInfo("judged %d of %d: the interval holds the truth in %d, as expected are %d", judged, kRuns, covered, found);
    QVERIFY(judged >= kRuns * 90 / 100);
    QVERIFY(covered >= judged * 95 / 100);
    QVERIFY(found >= judged * 80 / 100);
}

void ActionEffectsTest::tellsWhatTooFewSamplesAreWorth()
{
    EffectMeasure measure;
    measure.samplesBefore = 596;
    measure.samplesAfter = 599;
    measure.worthBefore = 30;
    measure.worthAfter = 599;
    ActionEffect effect;
    judgeEffect(EffectExpectation(), measure, effect);
    QCOMPARE(effect.reason,
             QStringLiteral("too few samples: 596 before and 599 after, which are worth 30 and 599 independent ones"));
    measure.worthBefore = 596;
    judgeEffect(EffectExpectation(), measure, effect);
    QCOMPARE(effect.reason, QStringLiteral("too few samples: 596 before and 599 after"));
}

QTEST_GUILESS_MAIN(ActionEffectsTest)
#include "tst_actioneffects.moc"
