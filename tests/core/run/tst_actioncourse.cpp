// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/steadyclock.h"
#include "core/run/actioncourse.h"
#include "core/run/preparation.h"
#include "tests/support/faketransport.h"
#include "tests/support/framebuilder.h"
#include "tests/support/manualclock.h"
#include "tests/support/scriptedserver.h"

#include <QCoreApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

/// A course over the actions of a scenario with stages "steady" 0-12 s and "burst" 12-22 s, on a clock moved by hand.
class Course
{
public:
    explicit Course(
        const QByteArray &actions,
        FakeTransport::Script script = [](std::uint64_t, Nanoseconds) { return FakeTransport::Answer{}; })
    {
        auto made = prepare(
            "headroom: 1\ntarget: { url: 'http://127.0.0.1:1' }\n"
            "flows: [ { steps: [ { name: retrieve, get: / } ] } ]\n"
            "load: { stages: [ { name: steady, rate: 10/s, for: 12 s }, { name: burst, rate: 50/s, for: 10 s } ] }\n"
            "actions:\n"
            + actions);
        if (!made) {
            problem = made.error().front().message;
            return;
        }
        facts = std::make_shared<const RunFacts>(factsOf(*made->plan, made->rules, {}, 1));
        course = std::make_unique<ActionCourse>(made->plan, facts, folder.path(), clock,
                                                std::make_unique<FakeTransport>(4, clock, alarms, std::move(script)));
        QObject::connect(course.get(), &ActionCourse::happened,
                         [this](const RunEvent &event) { events.push_back(event); });
        QObject::connect(course.get(), &ActionCourse::done, [this](const ActionDone &one) { done.push_back(one); });
        course->start(clock.now());
    }
    QStringList names() const
    {
        QStringList names;
        for (const ActionDone &one : done)
            names << facts->actions[std::size_t(one.action)].name;
        return names;
    }
    /// A frame of 30 answers to the one step.
    void follow(int second, Nanoseconds response)
    {
        MetricsFrame frame = FrameBuilder(second).answered(0, 30, response);
        frame.steps.resize(1);
        frame.stage = StageIndex{0};
        course->follow(std::make_shared<const MetricsFrame>(std::move(frame)));
    }

    QTemporaryDir folder;
    ManualClock clock;
    AlarmQueue alarms{clock};
    QString problem;
    RunFactsPtr facts;
    std::unique_ptr<ActionCourse> course;
    std::vector<RunEvent> events;
    std::vector<ActionDone> done;
};

/// What comes of an action by hand that asks a server over the network, and the files it attaches.
struct Asked
{
    Asked(const ScriptedServer &server, const QString &action, const QString &transport)
    {
        const auto made = prepare(QStringLiteral("headroom: 1\ntarget: { url: '%1', transport: %2 }\n"
                                                 "flows: [ { steps: [ { get: / } ] } ]\nload: { rate: 1/s, for: 1 min }\n"
                                                 "actions: [ { name: flame, by_hand: true, %3 } ]\n")
                                      .arg(server.url().toString(), transport, action)
                                      .toUtf8());
        QVERIFY2(made.has_value(), made ? "" : qPrintable(made.error().front().message));
        const auto facts = std::make_shared<const RunFacts>(factsOf(*made->plan, made->rules, {}, 1));
        course = std::make_unique<ActionCourse>(made->plan, facts, QString(), clock);
        QObject::connect(course.get(), &ActionCourse::done, [this](const ActionDone &one) { done.push_back(one); });
        QObject::connect(course.get(), &ActionCourse::captured, [this](const Attachment &file) { files.push_back(file); });
        course->start(clock.now());
        course->doByHand(0);
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1u, 30'000);
    }
    SteadyClock clock;
    std::unique_ptr<ActionCourse> course;
    std::vector<ActionDone> done;
    std::vector<Attachment> files;
};

} // namespace

class ActionCourseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void doesThemAtTheirTimes();
    void waitsWhileThePlanWaits();
    void doesWhatIsPlannedForTheVeryEnd();
    void tellsWhatWentWrong();
    void doesAnActionOnceWhenItsConditionTurnsTrue();
    void climbsALadderWhileTheConditionStays();
    void stopsClimbingWhenItHelped();
    void doesThemByHandAsOftenAsAsked();
    void beginsNothingBehindTheEnd();
    void cutsAProfileThatIsTooLong_data();
    void cutsAProfileThatIsTooLong();
    void readsALongAnswerThatNobodyAttaches();
    void runsCommands();
    void cutsACommandThatTakesTooLong();
    void canBeCutWhileACommandIsStopped();
    void keepsWhatACommandLeavesRunningUntilTheEnd();
    void refusesWhatCanNeverBeDone_data();
    void refusesWhatCanNeverBeDone();
};

void ActionCourseTest::doesThemAtTheirTimes()
{
    Course c("  - { name: late, at: start of burst, get: /b }\n  - { name: early, at: 5 s, get: /a }\n");
    QVERIFY2(c.problem.isEmpty(), qPrintable(c.problem));
    c.clock.advance(4999ms);
    QVERIFY(c.done.empty());
    c.clock.advance(2ms); // the answer takes 1 ms
    QCOMPARE(c.names(), QStringList{QStringLiteral("early")});
    QCOMPARE(c.done[0].at, 5s);
    QCOMPARE(c.done[0].took, 1ms);
    QVERIFY(c.done[0].isDone);
    QCOMPARE(c.done[0].text, QStringLiteral("answered 200"));
    QCOMPARE(c.events.size(), 1u);
    QCOMPARE(c.events[0], (RunEvent{5s, QStringLiteral("action"), QStringLiteral("early: GET /a")}));
    c.clock.advance(10s);
    QCOMPARE(c.done.size(), 2u);
    QCOMPARE(c.done[1].at, 12s);
    QCOMPARE(c.course->requestsMade(), 2u);
}

void ActionCourseTest::waitsWhileThePlanWaits()
{
    Course c("  - { name: a, at: 5 s, get: /a }\n");
    c.clock.advance(2s);
    PlanTime time;
    time.setPace(2s, PlanTime::Pace::Paused);
    c.course->setPlanTime(time);
    c.clock.advance(20s);
    QVERIFY(c.done.empty());
    time.setPace(22s, PlanTime::Pace::Going);
    c.course->setPlanTime(time);
    c.clock.advance(2999ms);
    QVERIFY(c.done.empty());
    c.clock.advance(10ms);
    QCOMPARE(c.done.size(), 1u);
    QCOMPARE(c.done[0].at, 25s); // 5 s of the plan, 20 s of the pause
}

void ActionCourseTest::doesWhatIsPlannedForTheVeryEnd()
{
    Course c("  - { name: a, at: end of burst, get: /a }\n");
    c.clock.advance(21s);
    c.course->finish(); // all requests had ended before the planned end
    QVERIFY(c.course->isBusy());
    c.clock.advance(1ms);
    QVERIFY(!c.course->isBusy());
    QCOMPARE(c.done.size(), 1u);
}

void ActionCourseTest::tellsWhatWentWrong()
{
    Course c("  - { name: a, at: 5 s, get: /a }\n  - { name: b, at: 6 s, get: /b, expect: 503 }\n",
             [](std::uint64_t, Nanoseconds) { return FakeTransport::Answer{.status = 503}; });
    c.clock.advance(10s);
    QCOMPARE(c.done.size(), 2u);
    QVERIFY(!c.done[0].isDone);
    QCOMPARE(c.done[0].text, QStringLiteral("answered 503, which is not expected"));
    QVERIFY(c.done[1].isDone);
    QCOMPARE(c.events.size(), 3u);
    QCOMPARE(c.events[1].kind, QStringLiteral("note"));
    QCOMPARE(c.events[1].text, QStringLiteral("action 'a' went wrong: answered 503, which is not expected"));
}

void ActionCourseTest::doesAnActionOnceWhenItsConditionTurnsTrue()
{
    Course c("  - { name: relieve, when: p95(retrieve) > 100 ms for 2 s, get: /a }\n");
    QVERIFY2(c.problem.isEmpty(), qPrintable(c.problem));
    for (int second = 0; second < 3; ++second) // judged from the third second on
        c.follow(second, 200ms);
    QVERIFY(c.events.empty());
    c.follow(3, 200ms);
    QCOMPARE(c.events.size(), 1u);
    c.clock.advance(1ms);
    for (int second = 4; second < 40; ++second)
        c.follow(second, 200ms);
    QCOMPARE(c.events.size(), 1u);
    QCOMPARE(c.done.size(), 1u);
}

void ActionCourseTest::climbsALadderWhileTheConditionStays()
{
    Course c("  - name: pressure\n    when: p95(retrieve) > 100 ms\n    ladder:\n"
             "      - { name: one, get: /a, settle: 5 s }\n      - { name: two, get: /b, settle: 5 s }\n");
    for (int second = 0; second < 3; ++second) {
        c.follow(second, 200ms);
        c.clock.advance(1s);
    }
    QCOMPARE(c.names(), QStringList{QStringLiteral("one")}); // begun at 2 s, behind the third frame
    QCOMPARE(c.done[0].at, 2s);
    // Settled at 7.001 s; the ten seconds from 8 s on are what its effect is measured in.
    for (int second = 3; second < 17; ++second) {
        c.follow(second, 200ms);
        QCOMPARE(c.events.size(), 1u);
        c.clock.advance(1s);
    }
    c.follow(17, 200ms);
    QCOMPARE(c.events.size(), 2u);
    c.clock.advance(1s);
    QCOMPARE(c.names(), (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
    QCOMPARE(c.facts->actions[1].ladder, QStringLiteral("pressure"));
    QCOMPARE(c.facts->actions[1].when, QStringLiteral("after one, when still p95(retrieve) > 100 ms"));
}

void ActionCourseTest::stopsClimbingWhenItHelped()
{
    Course c("  - name: pressure\n    when: p95(retrieve) > 100 ms\n    ladder:\n"
             "      - { name: one, get: /a }\n      - { name: two, get: /b }\n");
    for (int second = 0; second < 60; ++second) {
        c.follow(second, second < 5 ? 200ms : 50ms);
        c.clock.advance(1s);
    }
    QCOMPARE(c.names(), QStringList{QStringLiteral("one")});
}

void ActionCourseTest::doesThemByHandAsOftenAsAsked()
{
    Course c("  - { name: timed, at: 20 s, get: /a }\n  - { name: flush, by_hand: true, get: /b }\n",
             [](std::uint64_t, Nanoseconds) { return FakeTransport::Answer{.after = 10ms}; });
    QVERIFY(c.facts->actions[1].isByHand);
    c.course->doByHand(0); // not by hand
    c.course->doByHand(7);
    c.course->doByHand(-1);
    QVERIFY(c.events.empty());
    c.course->doByHand(1);
    c.course->doByHand(1); // under way
    QCOMPARE(c.events.size(), 1u);
    c.clock.advance(10ms);
    c.course->doByHand(1);
    c.clock.advance(10ms);
    QCOMPARE(c.done.size(), 2u);
}

void ActionCourseTest::beginsNothingBehindTheEnd()
{
    Course c("  - { name: a, at: 5 s, get: /a }\n  - { name: b, by_hand: true, get: /b }\n");
    c.course->end();
    c.clock.advance(10s);
    c.course->doByHand(1);
    QVERIFY(c.events.empty());
    QVERIFY(!c.course->isBusy());
}

void ActionCourseTest::cutsAProfileThatIsTooLong_data()
{
    QTest::addColumn<QString>("transport");
    QTest::newRow("qnam") << QStringLiteral("qnam");
    QTest::newRow("direct") << QStringLiteral("direct");
}

void ActionCourseTest::cutsAProfileThatIsTooLong()
{
    // An endless one was read until `within`, a minute later.
    QFETCH(const QString, transport);
    ScriptedServer server;
    server.answerWith(ServerScript().send("HTTP/1.1 200 OK\r\n\r\n").repeat(QByteArray(100'000, 'x')));
    const Asked asked(server, QStringLiteral("profile: { url: /heap }"), transport);
    QCOMPARE(asked.done.size(), 1u);
    QVERIFY(!asked.done[0].isDone);
    QCOMPARE(asked.done[0].text,
             QStringLiteral("answered more than 16.0 MiB, which is too much to attach; ask for less, such as a profile "
                            "of a shorter time"));
    QVERIFY(asked.files.empty());
    QTRY_COMPARE(server.open(), 0);
}

void ActionCourseTest::readsALongAnswerThatNobodyAttaches()
{
    ScriptedServer server;
    server.answerWith(ServerScript::ok(QByteArray(Exchange::kMaxBody + 1, 'x')));
    const Asked asked(server, QStringLiteral("get: /"), QStringLiteral("qnam"));
    QCOMPARE(asked.done.size(), 1u);
    QVERIFY(asked.done[0].isDone);
    QCOMPARE(asked.done[0].text, QStringLiteral("answered 200"));
}

void ActionCourseTest::runsCommands()
{
    Course c("  - { name: good, at: 1 s, command: 'sh -c \"echo fine\"' }\n"
             "  - { name: bad, at: 1 s, command: 'sh -c \"echo no such cache; exit 3\"' }\n");
    QVERIFY2(c.problem.isEmpty(), qPrintable(c.problem));
    c.clock.advance(1s);
    QTRY_COMPARE(c.done.size(), 2u);
    std::ranges::sort(c.done, {}, &ActionDone::action);
    QVERIFY(c.done[0].isDone);
    QCOMPARE(c.done[0].text, QStringLiteral("ended with exit code 0; it said: fine"));
    QVERIFY(!c.done[1].isDone);
    QCOMPARE(c.done[1].text, QStringLiteral("ended with exit code 3; it said: no such cache"));
    QVERIFY(!c.course->isBusy());
}

void ActionCourseTest::cutsACommandThatTakesTooLong()
{
    Course c("  - { name: slow, at: 1 s, command: sleep 1000, within: 2 s }\n");
    c.clock.advance(1s);
    QVERIFY(c.course->isBusy());
    c.clock.advance(2s);
    QTRY_COMPARE_WITH_TIMEOUT(c.done.size(), 1u, 10'000);
    QVERIFY(!c.done[0].isDone);
    QCOMPARE(c.done[0].text, QStringLiteral("had not ended after 2.00 s, its time limit, and was stopped"));
}

void ActionCourseTest::canBeCutWhileACommandIsStopped()
{
    const QTemporaryDir folder;
    const QString mark = folder.filePath(QStringLiteral("deaf")); // from then on it does not hear that it should end
    Course c("  - { name: deaf, at: 1 s, command: 'sh -c \"trap : TERM; touch " + mark.toUtf8()
             + "; while :; do sleep 0.05; done\"', within: 2 s }\n");
    QVERIFY2(c.problem.isEmpty(), qPrintable(c.problem));
    c.clock.advance(1s);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(mark), 10'000);
    c.clock.advance(2s); // it is stopped, which takes its time
    c.course->cut();
    c.course->cut();
    QVERIFY(c.course->isBusy());
    QTRY_COMPARE_WITH_TIMEOUT(c.done.size(), 1u, 10'000);
    QVERIFY(!c.course->isBusy());
    QVERIFY2(c.done[0].text.contains(QStringLiteral("had not ended after 2.00 s")), qPrintable(c.done[0].text));
}

void ActionCourseTest::keepsWhatACommandLeavesRunningUntilTheEnd()
{
    Course c("  - { name: helper, at: 1 s, command: 'sh -c \"sleep 600 & echo $!\"' }\n");
    QVERIFY2(c.problem.isEmpty(), qPrintable(c.problem));
    c.clock.advance(1s);
    QTRY_COMPARE_WITH_TIMEOUT(c.done.size(), 1u, 10'000);
    QVERIFY(c.done[0].isDone);
    const QString said = c.done[0].text;
    QVERIFY2(said.endsWith(QStringLiteral("; what it has started runs on")), qPrintable(said));
    const QString pid = said.section(QStringLiteral("it said: "), 1).section(u';', 0, 0);
    QVERIFY(pid.toInt() > 1);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    c.follow(1, 10ms);
    QVERIFY(QFile::exists(QStringLiteral("/proc/") + pid));
    c.course->finish();
    QVERIFY(!c.course->isBusy());
    QCoro::waitFor(c.course->stopLeft());
    QCOMPARE(c.events.back().text,
             QStringLiteral("action 'helper': what its command had left running was stopped with the run"));
    QFile status(QStringLiteral("/proc/%1/stat").arg(pid)); // ended; an init may not have asked for it yet
    QVERIFY(!status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z "));
}

void ActionCourseTest::refusesWhatCanNeverBeDone_data()
{
    QTest::addColumn<QByteArray>("action");
    QTest::addColumn<QString>("words");
    QTest::newRow("behind the end") << QByteArray("{ at: 22 s, get: / }") << "never done";
    QTest::newRow("unknown stage") << QByteArray("{ at: start of brust, get: / }") << "burst";
    QTest::newRow("no condition") << QByteArray("{ when: soon, get: / }") << "the condition";
    QTest::newRow("never true") << QByteArray("{ when: errors > 100 %, get: / }") << "never be true";
    QTest::newRow("unknown step") << QByteArray("{ when: p95(x) > 1 s, get: / }") << "the condition";
    QTest::newRow("no effect") << QByteArray("{ at: 5 s, get: /, expect_effect: better }") << "expected effect";
    QTest::newRow("effect of nothing") << QByteArray("{ at: 5 s, get: /, expect_effect: p95(x) falls }")
                                       << "expected effect";
    QTest::newRow("no program") << QByteArray("{ at: 5 s, command: no-such-program-anywhere }")
                                << "no-such-program-anywhere";
}

void ActionCourseTest::refusesWhatCanNeverBeDone()
{
    QFETCH(const QByteArray, action);
    QFETCH(const QString, words);
    const Course c("  - " + action + "\n");
    QVERIFY2(c.problem.contains(words), qPrintable(c.problem));
}

QTEST_GUILESS_MAIN(ActionCourseTest)
#include "tst_actioncourse.moc"
