// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/loaddriver.h"
#include "core/engine/pause.h"
#include "core/http/pendingexchange.h"
#include "core/plan/planner.h"
#include "core/scenario/scenarioreader.h"
#include "tests/support/manualclock.h"

#include <QTest>

using namespace Headroom;

namespace {

/// Takes 10 ms for an answer, and notes when which path was asked for.
class NotingTransport final : public Transport
{
public:
    using Status = std::function<int(int request)>;
    NotingTransport(Clock &clock, SteadyTime start, QStringList &notes, Status status)
        : m_clock(clock)
        , m_start(start)
        , m_notes(notes)
        , m_status(std::move(status))
        , m_answers(clock)
    {
    }

    void start(PendingExchange &pending) override { exchange(pending).letGo(); }
    void abortAll() override { m_answers.callAllNow(); }
    int inFlight() const override { return m_inFlight; }
    int capacity() const override { return 1000; }
    void growTo(int) override { }

private:
    PooledTask<> exchange(PendingExchange &pending)
    {
        const HttpRequest &request = pending.request();
        Exchange &exchange = pending.exchange();
        ++m_inFlight;
        exchange.sent = m_clock.now();
        exchange.status = m_status(int(m_notes.size()));
        if (request.wantsBody)
            exchange.body = "{\"id\": " + QByteArray::number(exchange.status) + '}';
        exchange.bytesIn = std::uint64_t(exchange.body.size());
        if (exchange.status == 0)
            exchange.failure = FailureKind::ConnectRefused;
        m_notes.append(QStringLiteral("%1 %2").arg((exchange.sent - m_start) / 1ms).arg(request.url.path().sliced(1)));
        co_await Pause{m_answers, exchange.sent + 10ms};
        exchange.firstByte = exchange.finished = m_clock.now();
        --m_inFlight;
        pending.finish();
    }

    Clock &m_clock;
    const SteadyTime m_start;
    QStringList &m_notes;
    Status m_status;
    AlarmQueue m_answers;
    int m_inFlight = 0;
};

/// One driver on a clock that is moved by hand.
class WalkRig
{
public:
    /// `steps`: in YAML.
    WalkRig(const QByteArray &steps, const QByteArray &load, NotingTransport::Status status = [](int) { return 200; })
    {
        const ScenarioReading reading =
            readScenario("headroom: 1\ntarget: { url: http://127.0.0.1:1 }\nflows: [ { steps: [" + steps
                         + "] } ]\nload: " + load + '\n');
        for (const Diagnostic &problem : reading.diagnostics)
            qWarning().noquote() << problem.message;
        m_plan = compilePlan(reading.scenario, QUrl(QStringLiteral("http://127.0.0.1:1")), 1).value();
        m_start = m_clock.now() + 1s;
        m_driver = std::make_unique<LoadDriver>(
            WorkerSetup{.plan = m_plan,
                        .makeTransport =
                            [this, status](int, const Clock &, AlarmQueue &) {
                                return std::make_unique<NotingTransport>(m_clock, m_start, m_notes, status);
                            }},
            m_clock, m_start,
            LoadDriver::Reports{.interval = [this](const IntervalSnapshotPtr &second) { m_seconds.push_back(second); },
                                .finished = [this](std::uint64_t) { m_isFinished = true; }});
    }
    ~WalkRig() { m_driver->cut(); }

    /// "ms path" of every request, since the last time.
    QString runUntil(Nanoseconds time)
    {
        m_clock.advance(m_start + time - m_clock.now());
        return std::exchange(m_notes, {}).join(QLatin1String(", "));
    }
    FlowCounts iterations() const
    {
        FlowCounts sum;
        for (const IntervalSnapshotPtr &second : m_seconds)
            sum += second->flows[0];
        return sum;
    }
    double inFlightSeconds() const
    {
        double sum = 0.0;
        for (const IntervalSnapshotPtr &second : m_seconds)
            sum += second->inFlightSeconds;
        return sum;
    }
    const Plan &plan() const { return *m_plan; }
    const std::vector<IntervalSnapshotPtr> &seconds() const { return m_seconds; }
    bool isFinished() const { return m_isFinished; }
    std::uint64_t templateFailures() const
    {
        std::uint64_t sum = 0;
        for (const IntervalSnapshotPtr &second : m_seconds) {
            for (const FailureCount &failure : second->failures)
                sum += failure.kind == FailureKind::Template ? failure.count : 0;
        }
        return sum;
    }
    /// No alarm rings before that time.
    void stallUntil(Nanoseconds time) { m_clock.stall(m_start + time - m_clock.now()); }
    void drain() { m_driver->drain(); }

private:
    PlanPtr m_plan;
    ManualClock m_clock;
    SteadyTime m_start;
    QStringList m_notes;
    std::vector<IntervalSnapshotPtr> m_seconds;
    std::unique_ptr<LoadDriver> m_driver;
    bool m_isFinished = false;
};

} // namespace

class IterationWalkerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSkippedStepTakesNoTimeAndIsNoRequest();
    void everyRepetitionIsThoughtFor();
    void asksUntilTheAnswerIsThere();
    void goesOnWhenTheAnswerNeverComes();
    void aGroupIsThoughtForAndRepeatedAsAWhole();
    void logsInOnceAUser();
    void everyArrivalLogsIn();
    void aUserMayHaveNothingToDo();
    void aDrainEndsTheTimeBeforeAGroup();
    void aConditionThatHoldsChangesNothing();
    void manyArrivalsThatHaveNothingToDoEndTogether();
    void leavesTheRepetitionOfARequestThatCannotBeMade();
    void takesABreakFromRequestsThatCannotBeMade();
    void knowsTheTimeInConditions();
    void anExchangeWithoutAnAnswerEndsNoRepetition();
    void comparesWithWhatWasSetBeforeTheAnswer();
};

void IterationWalkerTest::aSkippedStepTakesNoTimeAndIsNoRequest()
{
    WalkRig rig("{get: /a}, {get: /b, if: 0 %, think: 500 ms}, {get: /c, think: 100 ms}", "{users: 1, iterations: 2}");
    // c comes 100 ms behind the end of a; the next iteration begins when it is answered.
    QCOMPARE(rig.runUntil(1s), QStringLiteral("0 a, 110 c, 120 a, 230 c"));
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations().completed, 2u);
    QCOMPARE(rig.seconds().at(0)->sends, 4u);
    QCOMPARE(rig.inFlightSeconds(), 4 * 0.010); // Little's law: four requests of 10 ms
}

void IterationWalkerTest::everyRepetitionIsThoughtFor()
{
    WalkRig rig("{get: /a, repeat: 3, think: 100 ms}", "{users: 1, iterations: 1}");
    QCOMPARE(rig.runUntil(1s), QStringLiteral("100 a, 210 a, 320 a"));
    QCOMPARE(rig.iterations().completed, 1u);
}

void IterationWalkerTest::asksUntilTheAnswerIsThere()
{
    WalkRig rig("{get: /job, repeat: 10, until: status == 200, think: 100 ms}, {get: /end}",
                "{users: 1, iterations: 2}", [](int request) { return request == 2 || request == 4 ? 200 : 202; });
    // The second iteration counts its repetitions anew.
    QCOMPARE(rig.runUntil(2s), QStringLiteral("100 job, 210 job, 320 job, 330 end, 440 job, 450 end"));
}

void IterationWalkerTest::goesOnWhenTheAnswerNeverComes()
{
    WalkRig rig("{get: /job, repeat: 2, until: status == 200}, {get: /end}", "{users: 1, iterations: 1}",
                [](int) { return 202; });
    QCOMPARE(rig.runUntil(1s), QStringLiteral("0 job, 10 job, 20 end"));
    QCOMPARE(rig.iterations().completed, 1u);
}

void IterationWalkerTest::aGroupIsThoughtForAndRepeatedAsAWhole()
{
    WalkRig rig("{group: g, repeat: 2, think: 50 ms, steps: [{get: /a}, {get: /b, think: 10 ms}]}, {get: /c}",
                "{users: 1, iterations: 1}");
    // a 50 to 60, b 70 to 80, and again from 130 on
    QCOMPARE(rig.runUntil(1s), QStringLiteral("50 a, 70 b, 130 a, 150 b, 160 c"));
    QCOMPARE(rig.plan().flows[0].steps.size(), 3u);
}

void IterationWalkerTest::logsInOnceAUser()
{
    WalkRig rig("{get: /login, once: true, think: 5 ms}, {get: /work, think: 85 ms}", "{users: 1, iterations: 3}");
    QCOMPARE(rig.runUntil(1s), QStringLiteral("5 login, 100 work, 195 work, 290 work"));
}

void IterationWalkerTest::everyArrivalLogsIn()
{
    WalkRig rig("{get: /login, once: true}, {get: /work}", "{users: 5, rate: 10/s, for: 200 ms}");
    QCOMPARE(rig.runUntil(1s), QStringLiteral("0 login, 10 work, 100 login, 110 work"));
}

void IterationWalkerTest::aUserMayHaveNothingToDo()
{
    WalkRig rig("{get: /a, if: 0 %}", "{users: 1, for: 50 ms}");
    QCOMPARE(rig.runUntil(1s), QString());
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations().completed, 50u); // every such iteration takes a millisecond
    QCOMPARE(rig.iterations().started, 50u);
}

void IterationWalkerTest::aDrainEndsTheTimeBeforeAGroup()
{
    WalkRig rig("{get: /a}, {group: g, think: 30 s, steps: [{get: /b}]}", "{users: 1, for: 1 h}");
    QCOMPARE(rig.runUntil(1s), QStringLiteral("0 a"));
    rig.drain();
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations().completed, 0u);
}

void IterationWalkerTest::aConditionThatHoldsChangesNothing()
{
    const QByteArray load = "{users: 3, rate: 40/s, for: 500 ms}";
    WalkRig with("{get: /a, if: \"${user} >= 0\", think: 10 ms to 90 ms}, {get: /b}", load);
    WalkRig without("{get: /a, think: 10 ms to 90 ms}, {get: /b}", load);
    QCOMPARE(with.runUntil(2s), without.runUntil(2s));
}

void IterationWalkerTest::manyArrivalsThatHaveNothingToDoEndTogether()
{
    // All of them are due at once, at the end of the load; none may start the next from its own end.
    WalkRig rig("{get: /a, if: 0 %}", "{users: 1, rate: 200000/s, for: 1 s}");
    rig.stallUntil(2s);
    rig.runUntil(3s);
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations().planned, 200'000u);
    QCOMPARE(rig.iterations().completed, 200'000u);
}

void IterationWalkerTest::leavesTheRepetitionOfARequestThatCannotBeMade()
{
    WalkRig rig("{get: \"/${none}\", repeat: 90000}, {get: /b, extract: {none: $.nothing}}", "{users: 1, iterations: 1}");
    QCOMPARE(rig.runUntil(1s), QStringLiteral("0 b"));
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.templateFailures(), 1u);
}

void IterationWalkerTest::takesABreakFromRequestsThatCannotBeMade()
{
    WalkRig rig("{group: g, repeat: 45000, steps: [{get: \"/${none}\"}, {get: \"/${none}\"}]},"
                "{get: /b, extract: {none: $.nothing}}",
                "{users: 1, iterations: 1}");
    QCOMPARE(rig.runUntil(100ms), QString()); // 100 of them a millisecond
    rig.drain();
    QVERIFY(rig.isFinished());
    QVERIFY2(rig.templateFailures() <= 101 * 100, qPrintable(QString::number(rig.templateFailures())));
}

void IterationWalkerTest::knowsTheTimeInConditions()
{
    WalkRig rig("{get: /a, if: \"${now.s} > 1000000000\"}, {get: /b, if: \"${now.s} > 1000000000\"}",
                "{users: 1, iterations: 1}"); // 2001
    QCOMPARE(rig.runUntil(1s), QStringLiteral("0 a, 10 b"));
}

void IterationWalkerTest::anExchangeWithoutAnAnswerEndsNoRepetition()
{
    WalkRig rig("{get: /job, repeat: 5, until: status != 202}", "{users: 1, iterations: 1}",
                [](int request) { return request < 2 ? 0 : 200; });
    QCOMPARE(rig.runUntil(1s), QStringLiteral("0 job, 10 job, 20 job"));
}

void IterationWalkerTest::comparesWithWhatWasSetBeforeTheAnswer()
{
    // Until the answer is the one before again: 200, 201, 201.
    WalkRig rig("{get: /job, expect: [200, 201], extract: {last: $.id}, repeat: 5, until: \"$.id == ${last}\"}",
                "{users: 1, iterations: 1}", [](int request) { return request == 0 ? 200 : 201; });
    QCOMPARE(rig.runUntil(1s), QStringLiteral("0 job, 10 job, 20 job"));
}

QTEST_GUILESS_MAIN(IterationWalkerTest)
#include "tst_iterationwalker.moc"
