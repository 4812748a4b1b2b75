// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/loaddriver.h"
#include "core/plan/planner.h"
#include "core/scenario/scenarioreader.h"
#include "core/stats/histogramcodec.h"
#include "core/stats/samplereservoir.h"
#include "tests/support/faketransport.h"
#include "tests/support/manualclock.h"

#include <QTest>

using namespace Headroom;

namespace {

/// One worker on a clock that is moved by hand, walking a scenario in YAML.
class Rig
{
public:
    Rig(const QByteArray &steps, const QByteArray &rest, FakeTransport::Script script)
    {
        const ScenarioReading reading = readScenario(
            "headroom: 1\ntarget: { url: http://127.0.0.1:1 }\nflows: [ { steps: [" + steps + "] } ]\n" + rest + '\n');
        for (const Diagnostic &problem : reading.diagnostics)
            qWarning().noquote() << problem.message;
        WorkerSetup setup{.plan = compilePlan(reading.scenario, QUrl(QStringLiteral("http://127.0.0.1:1")), 1).value(),
                          .makeTransport = [script](int capacity, const Clock &clock, AlarmQueue &alarms) {
                              return std::make_unique<FakeTransport>(capacity, clock, alarms, script);
                          }};
        const SteadyTime start = m_clock.now() + 1s;
        m_driver = std::make_unique<LoadDriver>(
            setup, m_clock, start,
            LoadDriver::Reports{.interval = [this](const IntervalSnapshotPtr &second) { seconds.push_back(second); },
                                .finished = [](std::uint64_t) {}});
    }
    ~Rig() { m_driver->cut(); }
    void runFor(Nanoseconds time) { m_clock.advance(1s + time); }

    std::vector<IntervalSnapshotPtr> seconds;

private:
    ManualClock m_clock;
    std::unique_ptr<LoadDriver> m_driver;
};

/// 5 ms; every third answer is a rejection, every fifth an error, the first one of a connection that was opened.
FakeTransport::Answer mixed(std::uint64_t request, Nanoseconds)
{
    FakeTransport::Answer answer{.after = 5ms, .firstByteAfter = 4ms};
    if (request == 0)
        answer.opening = ConnectionOpening{.connect = 1ms};
    if (request % 3 == 2)
        answer.status = 429;
    if (request % 5 == 4)
        answer.status = 500;
    return answer;
}

/// Counts and times of what was kept whole, as a recorder would have made them.
EncodedLatencySet recounted(const SecondSamples &samples)
{
    SampleRecorder recorder(1);
    for (const RawSample &raw : samples.kept)
        recorder.record(sampleOf(raw, SteadyTime()));
    IntervalSnapshot snapshot;
    recorder.takeInterval(snapshot);
    return snapshot.steps.at(0);
}

std::vector<Nanoseconds> slowestOf(const IntervalSnapshot &second)
{
    std::vector<Nanoseconds> times;
    for (const Exemplar &exemplar : second.exemplars)
        times.push_back(exemplar.sample.responseTime());
    return times;
}

} // namespace

class RawSamplesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void allOfASecondIsMadeOfItsSamples();
    void keepsOnlyErrorsAndRejections();
    void keepsNothingWhenOff();
    void keepsWhatWasNeverSent();
    void tellsTheSlowestWithTheirRequests();
    void forgetsTheSlowestOfTheWarmUp();
};

void RawSamplesTest::allOfASecondIsMadeOfItsSamples()
{
    // 50/s for 3 s; the answers of the last few come in a fourth second.
    Rig rig("{ get: /, expect: [200, 429] }", "load: { rate: 50/s, for: 3 s }", mixed);
    rig.runFor(4s);
    std::size_t kept = 0;
    for (const IntervalSnapshotPtr &second : rig.seconds) {
        if (second->steps[0].counts.requests == 0) {
            QVERIFY(!second->samples);
            continue;
        }
        QVERIFY(second->samples);
        QCOMPARE(second->samples->second, second->second);
        QVERIFY(second->samples->isWhole());
        const EncodedLatencySet again = recounted(*second->samples);
        QVERIFY(again.counts == second->steps[0].counts);
        for (std::size_t kind = 0; kind < kLatencyKindCount; ++kind)
            QCOMPARE(again.histograms[kind], second->steps[0].histograms[kind]);
        kept += second->samples->kept.size();
    }
    QCOMPARE(kept, 150u);
    const RawSample &third = rig.seconds[0]->samples->kept[2];
    QCOMPARE(third.planned, 40ms); // the third of 50/s
    QCOMPARE(third.firstByte, 4ms);
    QCOMPARE(third.finished, 5ms);
    QCOMPARE(third.status, 429);
    QVERIFY(third.outcome == Outcome::Rejected);
}

void RawSamplesTest::keepsOnlyErrorsAndRejections()
{
    // Of 60 requests 12 are errors (every fifth), and 20 of every third less the 4 that are both are rejections.
    Rig rig("{ get: /, expect: [200, 429] }",
            "load: { rate: 60/s, iterations: 60, for: 1 s }\nrecord: { samples: errors }", mixed);
    rig.runFor(2s);
    std::uint64_t errors = 0;
    std::uint64_t rejections = 0;
    for (const IntervalSnapshotPtr &second : rig.seconds) {
        if (!second->samples)
            continue;
        QCOMPARE(second->samples->candidates, second->steps[0].counts.errors + second->steps[0].counts.rejected);
        for (const RawSample &sample : second->samples->kept) {
            errors += sample.outcome == Outcome::Error;
            rejections += sample.outcome == Outcome::Rejected;
        }
    }
    QCOMPARE(errors, 12u);
    QCOMPARE(rejections, 16u);
}

void RawSamplesTest::keepsNothingWhenOff()
{
    Rig rig("{ get: /, expect: [200, 429] }", "load: { rate: 60/s, for: 2 s }\nrecord: { samples: off }", mixed);
    rig.runFor(3s);
    for (const IntervalSnapshotPtr &second : rig.seconds)
        QVERIFY(!second->samples);
    QVERIFY(!rig.seconds[0]->exemplars.empty()); // the slowest are told all the same
}

void RawSamplesTest::keepsWhatWasNeverSent()
{
    // The second step needs a variable that no answer sets: an error without times.
    Rig rig("{ get: /, extract: { id: header X-Id } }, { get: \"/${id}\" }",
            "load: { rate: 10/s, iterations: 1, for: 1 s }",
            [](std::uint64_t, Nanoseconds) { return FakeTransport::Answer{2ms}; });
    rig.runFor(2s);
    std::vector<RawSample> kept;
    for (const IntervalSnapshotPtr &second : rig.seconds) {
        if (second->samples)
            kept.insert(kept.end(), second->samples->kept.begin(), second->samples->kept.end());
    }
    QCOMPARE(kept.size(), 2u);
    QVERIFY(kept[1].failure == FailureKind::Template);
    QCOMPARE(kept[1].finished, 0ns);
    for (const IntervalSnapshotPtr &second : rig.seconds) {
        for (const Exemplar &exemplar : second->exemplars)
            QCOMPARE(exemplar.sample.step.value, 0);
    }
}

void RawSamplesTest::tellsTheSlowestWithTheirRequests()
{
    // The seventh of 10/s takes 80 ms, the third 40 ms, all others 5 ms.
    const auto script = [](std::uint64_t request, Nanoseconds) {
        return FakeTransport::Answer{request == 6       ? Nanoseconds(80ms)
                                         : request == 2 ? Nanoseconds(40ms)
                                                        : Nanoseconds(5ms)};
    };
    Rig rig("{ get: \"/documents/${iteration}\" }", "load: { rate: 10/s, for: 2 s }", script);
    rig.runFor(3s);
    QCOMPARE(slowestOf(*rig.seconds[0]), (std::vector<Nanoseconds>{80ms, 40ms, 5ms, 5ms, 5ms, 5ms, 5ms, 5ms, 5ms, 5ms}));
    const Exemplar &slowest = rig.seconds[0]->exemplars[0];
    QCOMPARE(slowest.method, QStringLiteral("GET"));
    QCOMPARE(slowest.url, QStringLiteral("http://127.0.0.1:1/documents/6"));
    QCOMPARE(slowest.sample.planned, 600ms);
    QCOMPARE(rig.seconds[0]->exemplars[1].url, QStringLiteral("http://127.0.0.1:1/documents/2"));
    QVERIFY(rig.seconds[1]->exemplars.empty()); // none of it was slower
}

void RawSamplesTest::forgetsTheSlowestOfTheWarmUp()
{
    const auto script = [](std::uint64_t, Nanoseconds sent) { // since the driver was made, a second before the start
        return FakeTransport::Answer{sent < 3s ? Nanoseconds(50ms) : Nanoseconds(5ms)};
    };
    Rig rig("{ get: / }", "load: { stages: [ { rate: 10/s, for: 2 s, warm_up: true }, { rate: 10/s, for: 2 s } ] }",
            script);
    rig.runFor(5s);
    QCOMPARE(slowestOf(*rig.seconds[0]), std::vector<Nanoseconds>(10, 50ms));
    QVERIFY(slowestOf(*rig.seconds[1]).empty());
    QCOMPARE(slowestOf(*rig.seconds[2]), std::vector<Nanoseconds>(10, 5ms));
}

QTEST_GUILESS_MAIN(RawSamplesTest)
#include "tst_rawsamples.moc"
