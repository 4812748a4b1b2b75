// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/limitwatch.h"
#include "core/stats/histogramcodec.h"
#include "tests/support/framebuilder.h"

#include <QTest>

#include <functional>

using namespace Headroom;

class LimitClassifierTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesWhatLimitedASecond_data();
    void namesWhatLimitedASecond();
    void comparesWithTheQuickestSecondBefore();
    void aSlowMixIsNoSlowTarget();
    void fewAnswersAreNotCompared();
    void aSilentTargetIsTheLimit_data();
    void aSilentTargetIsTheLimit();
    void thinkingUsersAreThePlansDoing_data();
    void thinkingUsersAreThePlansDoing();
    void saysWhatSpeaksForIt();
    void tellsOnceWhenTheGeneratorHasBecomeTheLimit();
    void tellsOnlyOfSecondsInARow();
};

namespace {

HdrHistogram times(Nanoseconds value, std::uint32_t count)
{
    HdrHistogram histogram;
    histogram.record(value, count);
    return histogram;
}

/// `late` of 100 beats by 5 ms, the others by 10 us.
HdrHistogram loop(std::uint32_t late)
{
    HdrHistogram lag = times(10us, 100 - late);
    if (late > 0)
        lag.record(5ms, late);
    return lag;
}

RunFacts closedFacts()
{
    RunFacts facts = exampleFacts();
    facts.isOpenModel = false;
    return facts;
}

/// A classifier that has seen a second of 100 answers in 10 ms.
class Seasoned
{
public:
    explicit Seasoned(const RunFacts &facts = exampleFacts())
        : m_classifier(facts)
    {
        second(FrameBuilder(0).answered(0, 100, 10ms));
    }
    SecondLimit second(const MetricsFrame &frame, std::uint32_t lateBeats = 0)
    {
        for (std::size_t step = 0; step < frame.steps.size(); ++step) {
            const QByteArray &service = frame.steps[step].histograms[std::size_t(LatencyKind::Service)];
            if (!service.isEmpty())
                m_classifier.addStep(step, *decodeHistogram(service));
        }
        return m_classifier.add(frame, loop(lateBeats), 10ms);
    }

private:
    LimitClassifier m_classifier;
};

} // namespace

void LimitClassifierTest::namesWhatLimitedASecond_data()
{
    QTest::addColumn<int>("lateSends"); // of 100
    QTest::addColumn<int>("lateBeats"); // of 100
    QTest::addColumn<int>("serviceMs"); // it was 10
    QTest::addColumn<int>("backlog");
    QTest::addColumn<QString>("by");
    const auto row = [](const char *name, int sends, int beats, int service, int backlog, const char *by) {
        QTest::newRow(name) << sends << beats << service << backlog << QString::fromLatin1(by);
    };
    row("all well", 0, 0, 10, 0, "nothing");
    row("5 % of the sends late", 5, 0, 10, 0, "nothing");
    row("6 % of the sends late", 6, 0, 10, 0, "generator");
    row("loops late for 5 % of the time", 0, 5, 10, 0, "nothing");
    row("loops late for 6 % of the time", 0, 6, 10, 0, "generator");
    row("arrivals wait for a user", 0, 0, 10, 1, "plan");
    row("half as slow again", 0, 0, 15, 0, "nothing");
    row("slower", 0, 0, 16, 0, "target");
    row("arrivals wait as the target is slower", 0, 0, 16, 50, "target");
    row("a late generator says nothing of the target", 6, 0, 16, 50, "generator");
}

void LimitClassifierTest::namesWhatLimitedASecond()
{
    QFETCH(int, lateSends);
    QFETCH(int, lateBeats);
    QFETCH(int, serviceMs);
    QFETCH(int, backlog);
    Seasoned classifier;
    MetricsFrame frame =
        FrameBuilder(1).answered(0, 100, std::chrono::milliseconds(serviceMs)).sends(100, std::uint64_t(lateSends));
    frame.backlog = std::uint64_t(backlog);
    QTEST(QString(limitedByName(classifier.second(frame, std::uint32_t(lateBeats)).by)), "by");
}

void LimitClassifierTest::comparesWithTheQuickestSecondBefore()
{
    // It creeps from 10 to 19 ms in steps that are never half as slow again.
    Seasoned classifier;
    QStringList names;
    for (int service = 11; service <= 19; ++service)
        names += limitedByName(
            classifier.second(FrameBuilder(service).answered(0, 100, std::chrono::milliseconds(service))).by);
    QCOMPARE(names.join(QLatin1Char(' ')),
             QStringLiteral("nothing nothing nothing nothing nothing target target target target"));
    // A quick target is not slow before it is so by more than 1 ms: 0.2 ms, then 1.2 ms and 1.21 ms.
    Seasoned quick;
    quick.second(FrameBuilder(1).answered(0, 100, 200us));
    QCOMPARE(quick.second(FrameBuilder(2).answered(0, 100, 1200us)).by, LimitedBy::Nothing);
    QCOMPARE(quick.second(FrameBuilder(3).answered(0, 100, 1210us)).by, LimitedBy::Target);
}

void LimitClassifierTest::aSlowMixIsNoSlowTarget()
{
    // Step 1 always takes 200 ms, step 0 takes 10 ms. In the second second most requests are of step 1.
    Seasoned classifier;
    classifier.second(FrameBuilder(1).answered(0, 100, 10ms).answered(1, 10, 200ms));
    QCOMPARE(classifier.second(FrameBuilder(2).answered(0, 10, 10ms).answered(1, 100, 200ms)).by, LimitedBy::Nothing);
    // Half of the answers are not more than half.
    QCOMPARE(classifier.second(FrameBuilder(3).answered(0, 50, 10ms).answered(1, 50, 400ms)).by, LimitedBy::Nothing);
    QCOMPARE(classifier.second(FrameBuilder(4).answered(0, 50, 10ms).answered(1, 51, 400ms)).by, LimitedBy::Target);
}

void LimitClassifierTest::fewAnswersAreNotCompared()
{
    // The interval of a median needs 6 answers: ln 0.025 / ln 0.5 = 5.3.
    Seasoned classifier;
    QCOMPARE(classifier.second(FrameBuilder(1).answered(0, 5, 100ms)).by, LimitedBy::Nothing);
    QCOMPARE(classifier.second(FrameBuilder(2).answered(0, 6, 100ms)).by, LimitedBy::Target);
}

void LimitClassifierTest::aSilentTargetIsTheLimit_data()
{
    QTest::addColumn<int>("before"); // in flight
    QTest::addColumn<int>("after");
    QTest::addColumn<int>("medianMs");
    QTest::addColumn<int>("backlog");
    QTest::addColumn<QString>("by");
    QTest::newRow("nothing under way") << 0 << 0 << 10 << 0 << QStringLiteral("nothing");
    QTest::newRow("just sent") << 0 << 5 << 10 << 0 << QStringLiteral("nothing");
    QTest::newRow("under way all second") << 5 << 5 << 10 << 0 << QStringLiteral("target");
    QTest::newRow("it takes long anyway") << 5 << 5 << 700 << 0 << QStringLiteral("nothing");
    QTest::newRow("it never answered") << 5 << 5 << 0 << 0 << QStringLiteral("nothing");
    QTest::newRow("it never answered and arrivals wait") << 5 << 5 << 0 << 3 << QStringLiteral("target");
}

void LimitClassifierTest::aSilentTargetIsTheLimit()
{
    QFETCH(int, before);
    QFETCH(int, after);
    QFETCH(int, medianMs);
    QFETCH(int, backlog);
    LimitClassifier classifier(exampleFacts());
    MetricsFrame frame = FrameBuilder(0);
    frame.inFlight = std::uint64_t(before);
    classifier.add(frame, loop(0), std::chrono::milliseconds(medianMs));
    frame.inFlight = std::uint64_t(after);
    frame.backlog = std::uint64_t(backlog);
    QTEST(QString(limitedByName(classifier.add(frame, loop(0), std::chrono::milliseconds(medianMs)).by)), "by");
}

void LimitClassifierTest::thinkingUsersAreThePlansDoing_data()
{
    QTest::addColumn<double>("inFlightSeconds"); // of 10 users in a second
    QTest::addColumn<QString>("by");
    QTest::newRow("always busy") << 10.0 << QStringLiteral("nothing");
    QTest::newRow("busy for 90 % of the time") << 9.0 << QStringLiteral("nothing");
    QTest::newRow("for less") << 8.9 << QStringLiteral("plan");
}

void LimitClassifierTest::thinkingUsersAreThePlansDoing()
{
    QFETCH(double, inFlightSeconds);
    Seasoned classifier(closedFacts());
    MetricsFrame frame = FrameBuilder(1).answered(0, 100, 10ms);
    frame.activeUsers = 10;
    frame.inFlightSeconds = inFlightSeconds;
    QTEST(QString(limitedByName(classifier.second(frame).by)), "by");
}

void LimitClassifierTest::saysWhatSpeaksForIt()
{
    Seasoned classifier;
    MetricsFrame frame = FrameBuilder(1).answered(0, 100, 10ms).sends(100, 50);
    frame.process = {.busySeconds = 0.8, .loadWaitSeconds = 0.11, .descriptors = 90, .descriptorLimit = 100};
    QCOMPARE(classifier.second(frame, 6),
             (SecondLimit{.by = LimitedBy::Generator, .hasLateSends = true, .hasLateLoops = true, .isRobbed = true}));
    frame.processCpuSeconds = 1.2;
    QVERIFY(classifier.second(frame).hasMuchWork);
    frame.process.loadWaitSeconds = 1.3; // more than it worked
    QVERIFY(!classifier.second(frame).hasMuchWork);
    frame.process.loadWaitSeconds = 0.11;
    frame.process.busySeconds = 0.5; // half is not much
    QVERIFY(!classifier.second(frame).hasMuchWork);
    frame.process.busySeconds = 0.81;
    frame.process.descriptors = 91;
    const SecondLimit busy = classifier.second(frame);
    QCOMPARE(
        busy,
        (SecondLimit{.by = LimitedBy::Generator, .hasLateSends = true, .isBusy = true, .hasMuchWork = true, .isOutOfDescriptors = true}));
    QVERIFY(reasonOf(busy, true).contains(QStringLiteral("ulimit -n")));
    QVERIFY(reasonOf({.isBusy = true}, false).contains(QStringLiteral("its own work")));
    QVERIFY(!reasonOf({.isBusy = true}, false).contains(QStringLiteral("direct")));
    QVERIFY(reasonOf({.isBusy = true}, true).contains(QStringLiteral("transport: direct would help")));
    QVERIFY(reasonOf({.isRobbed = true}, true).contains(QStringLiteral("other programs")));
    QVERIFY(!reasonOf({.isRobbed = true}, true).contains(QStringLiteral("direct")));
    const SecondLimit atWork{.isRobbed = true, .hasMuchWork = true};
    QVERIFY(reasonOf(atWork, true).contains(QStringLiteral("other programs")));
    QVERIFY(reasonOf(atWork, true).contains(QStringLiteral("transport: direct would help")));
    QVERIFY(!reasonOf(atWork, false).contains(QStringLiteral("direct")));
    QVERIFY(reasonOf({}, true).isEmpty());
}

void LimitClassifierTest::tellsOnceWhenTheGeneratorHasBecomeTheLimit()
{
    LimitWatch watch(exampleFacts());
    QVERIFY(!watch.add(FrameBuilder(0).answered(0, 100, 10ms).sends(100, 0)));
    std::vector<RunEvent> told;
    for (int second = 1; second <= 6; ++second) {
        MetricsFrame frame = FrameBuilder(second).answered(0, 100, 10ms).sends(100, 20);
        frame.process.loadWaitSeconds = 0.4;
        if (const auto event = watch.add(frame))
            told.push_back(*event);
        QCOMPARE(watch.latest().by, LimitedBy::Generator);
        QCOMPARE(told.size(), second < 3 ? 0u : 1u);
    }
    QCOMPARE(told[0].at, 1s);
    QCOMPARE(told[0].kind, QStringLiteral("generator"));
    QCOMPARE(told[0].text,
             QStringLiteral("from second 1 on the generator is the limit: its sends are late; other programs took the "
                            "processor; a machine of its own would help"));
}

void LimitClassifierTest::tellsOnlyOfSecondsInARow()
{
    LimitWatch watch(exampleFacts());
    for (int second = 0; second < 28; ++second)
        QVERIFY(!watch.add(FrameBuilder(second).answered(0, 100, 10ms).sends(100, second % 3 == 0 ? 0 : 20)));
    // Late loops by what their histogram holds: 6 of 100 beats by 5 ms.
    MetricsFrame late = FrameBuilder(28).answered(0, 100, 10ms).sends(100, 0);
    late.loopLag = encodeHistogram(loop(6));
    std::optional<RunEvent> event;
    for (; late.second < 31; ++late.second)
        event = watch.add(late);
    QVERIFY(event
            && event->text.contains(QStringLiteral("from second 28 on the generator is the limit: its event loops")));
}

QTEST_GUILESS_MAIN(LimitClassifierTest)
#include "tst_limitclassifier.moc"
