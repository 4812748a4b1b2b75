// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/probescheduler.h"
#include "tests/support/manualclock.h"

#include <QTest>

using namespace Headroom;

namespace {

/// Answers as it is told, or not at all.
class ScriptedProbe final : public Probe
{
public:
    ScriptedProbe(const QString &name, const std::vector<Field> &fields)
        : Probe(name, fields)
    {
    }
    void read() override
    {
        ++readings;
        isUnderWay = isSilent;
        if (isSilent)
            return;
        if (problem.isEmpty())
            succeed(answer);
        else
            fail(problem);
    }
    void cancel() override { ++cancels; }
    bool isReading() const override { return isUnderWay; }
    /// The answer to a silent reading.
    void answerLate()
    {
        isUnderWay = false;
        succeed(answer);
    }
    std::optional<MemoryMappings> mappings() override { return held; }
    using Probe::addSpent;
    std::uint64_t requestsMade() const override { return static_cast<std::uint64_t>(readings); }
    void setPracticePid(int pid) override { practicePid = pid; }

    ProbeValues answer;
    std::optional<MemoryMappings> held;
    QString problem;
    bool isSilent = false;
    bool isUnderWay = false;
    int readings = 0;
    int cancels = 0;
    int practicePid = 0;
};

/// A clock whose alarms ring late.
class LateClock final : public Clock
{
public:
    SteadyTime now() const override { return manual.now() + lateness; }
    std::unique_ptr<Alarm> makeAlarm(std::function<void()> ring) override { return manual.makeAlarm(std::move(ring)); }

    ManualClock manual;
    Nanoseconds lateness{};
};

struct Bench
{
    ScriptedProbe *add(const QString &name, Nanoseconds every, const ProbeValues &answer)
    {
        std::vector<Probe::Field> fields{{"a", "bytes"}, {"b", "count"}};
        fields.resize(answer.size());
        auto probe = std::make_unique<ScriptedProbe>(name, fields);
        probe->answer = answer;
        ScriptedProbe *raw = probe.get();
        scheduler.add(std::move(probe), every);
        return raw;
    }
    /// In one second from now.
    void start() { scheduler.start(clock.now() + 1s); }

    ManualClock clock;
    ProbeScheduler scheduler{clock};
};

} // namespace

class ProbeSchedulerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listsTheSeriesOfAllProbesInOrder();
    void saysWhatWatchingHasCost();
    void tellsWhatHoldsTheMemory();
    void readsAtTheStartAndAtEveryBorder();
    void readsAtOnceWhenTheStartHasPassed();
    void keepsToTheBordersAfterALateRing();
    void putsTheValuesOfAllProbesTogether();
    void hasNoValuesBeforeTheFirstReading();
    void awaitsAnAnswerBeforeItAsksAgain();
    void combinesTheLooksOfASecond();
    void spreadsWhatHasComeOverTheSeconds();
    void forgetsValuesThatAreTooOld_data();
    void forgetsValuesThatAreTooOld();
    void tellsOfFailureAndRecovery();
    void stopsReading();
    void letsAReadingUnderWayEndAndBeginsNoMore();
    void readsAnewWhatWasUnderWay();
    void sumsTheRequests();
    void passesThePracticePidOn();
};

void ProbeSchedulerTest::saysWhatWatchingHasCost()
{
    Bench bench;
    QCOMPARE(bench.scheduler.costSentence(), QString());
    for (int i = 0; i < 7; ++i)
        bench.add(QStringLiteral("p%1").arg(i), 1s, {1.0})->addSpent(i * 100ms);
    QCOMPARE(bench.scheduler.costSentence(), QString()); // no time has passed
    bench.clock.advance(10s);
    // 2.1 s of 10 s; the last two of seven are the cheapest.
    QCOMPARE(bench.scheduler.costSentence(),
             "watching took 2.10 s of processor time, 21 % of a core: p6 600 ms, p5 500 ms, p4 400 ms, p3 300 ms, "
             "p2 200 ms, and 2 more");
    bench.start();
    bench.clock.advance(1s);
    QVERIFY(bench.add("late", 1s, {1.0})->spent() == 0ns);
}

void ProbeSchedulerTest::tellsWhatHoldsTheMemory()
{
    Bench bench;
    bench.add("host", 1s, {1.0});
    bench.add("api", 1s, {1.0})->held = MemoryMappings{.holders = {{"[heap]", 7}}, .totalBytes = 7, .processes = 1};
    const auto mappings = bench.scheduler.mappings();
    QCOMPARE(mappings.size(), 1u);
    QCOMPARE(mappings[0].first, "api");
    QCOMPARE(mappings[0].second.totalBytes, 7u);
}

void ProbeSchedulerTest::listsTheSeriesOfAllProbesInOrder()
{
    Bench bench;
    bench.add("api", 1s, {1.0, 2.0});
    bench.add("queue", 1s, {3.0});
    const std::vector<RunFacts::Series> expected{{"api", "a", "bytes"}, {"api", "b", "count"}, {"queue", "a", "bytes"}};
    QCOMPARE(bench.scheduler.series(), expected);
}

void ProbeSchedulerTest::readsAtTheStartAndAtEveryBorder()
{
    Bench bench;
    const ScriptedProbe *everySecond = bench.add("api", 1s, {1.0});
    const ScriptedProbe *everyThird = bench.add("queue", 3s, {1.0});
    bench.start();
    bench.clock.advance(999ms);
    QCOMPARE(everySecond->readings, 0);
    bench.clock.advance(1ms); // the start
    QCOMPARE(everySecond->readings, 1);
    QCOMPARE(everyThird->readings, 1);
    bench.clock.advance(999ms);
    QCOMPARE(everySecond->readings, 1);
    bench.clock.advance(1ms);
    QCOMPARE(everySecond->readings, 2);
    QCOMPARE(everyThird->readings, 1);
    bench.clock.advance(5s); // now at second 6
    QCOMPARE(everySecond->readings, 7); // 0 to 6
    QCOMPARE(everyThird->readings, 3); // 0, 3, 6
}

void ProbeSchedulerTest::readsAtOnceWhenTheStartHasPassed()
{
    Bench bench;
    const ScriptedProbe *probe = bench.add("api", 1s, {1.0});
    bench.scheduler.start(bench.clock.now() - 2500ms);
    bench.clock.advance(0s);
    QCOMPARE(probe->readings, 1);
    bench.clock.advance(499ms); // the next border is second 3
    QCOMPARE(probe->readings, 1);
    bench.clock.advance(1ms);
    QCOMPARE(probe->readings, 2);
}

void ProbeSchedulerTest::keepsToTheBordersAfterALateRing()
{
    // The alarm of second 1 rings at 3.2: seconds 2 and 3 are skipped, the next reading is that of second 4.
    LateClock clock;
    ProbeScheduler scheduler(clock);
    auto probe = std::make_unique<ScriptedProbe>("api", std::vector<Probe::Field>{});
    std::vector<Nanoseconds> readAt;
    const SteadyTime start = clock.now();
    connect(probe.get(), &Probe::valuesRead, this, [&] { readAt.push_back(clock.now() - start); });
    scheduler.add(std::move(probe), 1s);
    scheduler.start(start);
    clock.manual.advance(0s);
    clock.lateness = 2200ms;
    clock.manual.advance(1s);
    clock.lateness = 0s;
    clock.manual.advance(3s);
    QCOMPARE(readAt, (std::vector<Nanoseconds>{0ms, 3200ms, 4000ms}));
}

void ProbeSchedulerTest::putsTheValuesOfAllProbesTogether()
{
    Bench bench;
    bench.add("api", 1s, {1.0, std::nullopt});
    ScriptedProbe *queue = bench.add("queue", 1s, {3.0});
    bench.start();
    bench.clock.advance(1s);
    QCOMPARE(bench.scheduler.latest(), (ProbeValues{1.0, std::nullopt, 3.0}));
    queue->answer = {4.0};
    bench.clock.advance(1s);
    QCOMPARE(bench.scheduler.latest(), (ProbeValues{1.0, std::nullopt, 4.0}));
}

void ProbeSchedulerTest::hasNoValuesBeforeTheFirstReading()
{
    Bench bench;
    bench.add("api", 1s, {1.0, 2.0});
    QCOMPARE(bench.scheduler.latest(), ProbeValues(2));
    bench.start();
    QCOMPARE(bench.scheduler.latest(), ProbeValues(2));
}

void ProbeSchedulerTest::awaitsAnAnswerBeforeItAsksAgain()
{
    Bench bench;
    ScriptedProbe *probe = bench.add("api", 1s, {1.0});
    bench.start();
    bench.clock.advance(1s);
    probe->isSilent = true;
    bench.clock.advance(2s); // asked at second 1, still under way at second 2
    QCOMPARE(probe->readings, 2);
    QCOMPARE(bench.scheduler.takeSecond(), ProbeValues{1.0}); // no gap where nothing failed
    probe->answer = {2.0};
    probe->answerLate();
    QCOMPARE(bench.scheduler.takeSecond(), ProbeValues{2.0});
    bench.clock.advance(1s);
    QCOMPARE(probe->readings, 3);
}

void ProbeSchedulerTest::combinesTheLooksOfASecond()
{
    Bench bench;
    using OfSecond = Probe::OfSecond;
    auto made = std::make_unique<ScriptedProbe>(
        "api", std::vector<Probe::Field>{{"queue", "count"}, {"cpu", "percent"}, {"up", "up"}, {"cost", {}, OfSecond::Sum}});
    ScriptedProbe *probe = made.get();
    probe->answer = {1.0, 10.0, 1.0, 3.0};
    bench.scheduler.add(std::move(made), 250ms);
    bench.start();
    bench.clock.advance(1s); // the look at the start
    bench.clock.advance(250ms);
    probe->answer = {1000.0, 40.0, 0.0, 5.0};
    bench.clock.advance(250ms);
    probe->answer = {2.0, std::nullopt, 1.0, 7.0};
    bench.clock.advance(250ms);
    // Largest of 1, 1, 1000, 2; mean of 10, 10, 40; smallest of 1, 1, 0, 1; 3 + 3 + 5 + 7.
    QCOMPARE(bench.scheduler.takeSecond(), (ProbeValues{1000.0, 20.0, 0.0, 18.0}));
    bench.clock.advance(250ms);
    QCOMPARE(bench.scheduler.takeSecond(), (ProbeValues{2.0, std::nullopt, 1.0, 7.0})); // each look counts once
    QCOMPARE(bench.scheduler.takeSecond(), (ProbeValues{2.0, std::nullopt, 1.0, std::nullopt})); // nothing was looked at
}

void ProbeSchedulerTest::spreadsWhatHasComeOverTheSeconds()
{
    Bench bench;
    auto made = std::make_unique<ScriptedProbe>(
        "bill", std::vector<Probe::Field>{{"cost", {}, Probe::OfSecond::Sum}, {"queue", "count"}});
    made->answer = {300.0, 7.0};
    bench.scheduler.add(std::move(made), 5s);
    bench.start();
    bench.clock.advance(1s);
    for (int second = 0; second < 5; ++second) {
        QCOMPARE(bench.scheduler.takeSecond(), (ProbeValues{60.0, 7.0})); // 300 in five seconds
        bench.clock.advance(1s);
    }
    QCOMPARE(bench.scheduler.latest(), (ProbeValues{300.0, 7.0}));
}

void ProbeSchedulerTest::forgetsValuesThatAreTooOld_data()
{
    QTest::addColumn<int>("everyMs");
    QTest::addColumn<int>("keptMs");
    QTest::newRow("every half second: two seconds") << 500 << 2000;
    QTest::newRow("every second: two seconds") << 1000 << 2000;
    QTest::newRow("every ten seconds: twenty") << 10000 << 20000;
}

void ProbeSchedulerTest::forgetsValuesThatAreTooOld()
{
    QFETCH(int, everyMs);
    QFETCH(int, keptMs);
    Bench bench;
    ScriptedProbe *probe = bench.add("api", std::chrono::milliseconds(everyMs), {1.0});
    bench.start();
    bench.clock.advance(1s);
    probe->isSilent = true; // as if its answers never came
    bench.clock.advance(std::chrono::milliseconds(keptMs));
    QCOMPARE(bench.scheduler.latest(), ProbeValues{1.0});
    bench.clock.advance(1ns);
    QCOMPARE(bench.scheduler.latest(), ProbeValues(1));
}

void ProbeSchedulerTest::tellsOfFailureAndRecovery()
{
    Bench bench;
    ScriptedProbe *probe = bench.add("api", 1s, {1.0});
    std::vector<RunEvent> events;
    connect(&bench.scheduler, &ProbeScheduler::eventHappened, this,
            [&](const RunEvent &event) { events.push_back(event); });
    bench.start();
    bench.clock.advance(1s);
    probe->problem = "process 12 has ended";
    bench.clock.advance(2s); // seconds 1 and 2
    QCOMPARE(bench.scheduler.latest(), ProbeValues(1));
    probe->problem.clear();
    bench.clock.advance(2s); // seconds 3 and 4
    const std::vector<RunEvent> expected{{1s, "probe", "probe api: process 12 has ended"},
                                         {3s, "probe", "probe api: delivers values now"}};
    QCOMPARE(events, expected);
}

void ProbeSchedulerTest::stopsReading()
{
    Bench bench;
    const ScriptedProbe *probe = bench.add("api", 1s, {1.0});
    bench.start();
    bench.clock.advance(1s);
    bench.scheduler.stop();
    bench.clock.advance(10s);
    QCOMPARE(probe->readings, 1);
    QCOMPARE(probe->cancels, 1);
}

void ProbeSchedulerTest::letsAReadingUnderWayEndAndBeginsNoMore()
{
    // A request that the target has seen must be counted: the last reading is waited for, not cut.
    Bench bench;
    ScriptedProbe *probe = bench.add("p", 1s, {1.0});
    probe->isSilent = true;
    bench.start();
    bench.clock.advance(1s);
    int ended = 0;
    connect(&bench.scheduler, &ProbeScheduler::readingEnded, this, [&] { ++ended; });
    bench.scheduler.finish();
    QVERIFY(bench.scheduler.isReading());
    bench.clock.advance(5s);
    QCOMPARE(probe->readings, 1);
    probe->answerLate();
    QVERIFY(!bench.scheduler.isReading());
    QCOMPARE(ended, 1);
    QCOMPARE(probe->cancels, 0);
}

void ProbeSchedulerTest::readsAnewWhatWasUnderWay()
{
    // One probe or the other is always reading; the readings asked for end all the same.
    Bench bench;
    ScriptedProbe *first = bench.add("first", 1s, {1.0});
    ScriptedProbe *second = bench.add("second", 1s, {1.0});
    first->isSilent = second->isSilent = true;
    bench.start();
    bench.clock.advance(1s);
    bench.scheduler.readNow(); // both are under way
    QCOMPARE(first->readings, 1);
    first->answerLate(); // the old one
    QCOMPARE(first->readings, 2);
    first->answerLate();
    QCOMPARE(first->readings, 2);
    QVERIFY(bench.scheduler.isReadingNow()); // the second's
    bench.clock.advance(1s); // the first is read at its pace
    second->answerLate();
    QVERIFY(bench.scheduler.isReadingNow());
    second->answerLate();
    QVERIFY(bench.scheduler.isReading());
    QVERIFY(!bench.scheduler.isReadingNow());
}

void ProbeSchedulerTest::sumsTheRequests()
{
    Bench bench;
    bench.add("api", 1s, {1.0});
    bench.add("queue", 2s, {1.0});
    bench.start();
    bench.clock.advance(3s); // seconds 0, 1, 2 and 0, 2
    QCOMPARE(bench.scheduler.requestsMade(), 5u);
}

void ProbeSchedulerTest::passesThePracticePidOn()
{
    Bench bench;
    const ScriptedProbe *probe = bench.add("api", 1s, {1.0});
    bench.scheduler.setPracticePid(12);
    QCOMPARE(probe->practicePid, 12);
}

QTEST_GUILESS_MAIN(ProbeSchedulerTest)
#include "tst_probescheduler.moc"
