// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/drainwatch.h"
#include "core/metrics/drainfindings.h"

#include <QTest>

using namespace Headroom;

namespace {

const SteadyTime kSignal{1h};

/// One that was sent and ended so long after the signal, or before it.
Sample sampleOf(Nanoseconds sent, Nanoseconds finished, Outcome outcome = Outcome::Answered, int status = 200,
                FailureKind failure = FailureKind::None)
{
    Sample sample;
    sample.timings = {kSignal + sent, kSignal + sent, kSignal + finished, kSignal + finished};
    sample.outcome = outcome;
    sample.status = std::uint16_t(status);
    sample.failure = failure;
    return sample;
}

Sample failed(Nanoseconds sent, Nanoseconds finished, FailureKind failure, int status = 0)
{
    return sampleOf(sent, finished, Outcome::Error, status, failure);
}

using Counts = DrainWatch::Counts;

} // namespace

/// What counts how a target ends, and the words for it.
class DrainWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsNothingBeforeTheSignal();
    void tellsWhatWasUnderWay();
    void tellsHowNewWorkWasRefused();
    void countsNothingOfTheTimeWithoutAProcess();
    void judges_data();
    void judges();
    void speaks_data();
    void speaks();
};

void DrainWatchTest::countsNothingBeforeTheSignal()
{
    DrainWatch watch;
    watch.count(sampleOf(-2s, -1s));
    watch.begin(kSignal);
    watch.count(sampleOf(-2s, -1ns));
    QCOMPARE(watch.counts(), Counts{});
}

void DrainWatchTest::tellsWhatWasUnderWay()
{
    DrainWatch watch;
    watch.begin(kSignal);
    watch.count(sampleOf(-1s, 1s));
    watch.count(sampleOf(-1s, 1s, Outcome::Rejected, 429));
    watch.count(failed(-1s, 1s, FailureKind::Closed));
    watch.count(failed(-1s, 9s, FailureKind::Aborted));
    watch.count(failed(-1s, 1s, FailureKind::Status, 500));
    watch.count(failed(-1ns, 0s, FailureKind::Status, 503)); // on its way at the signal: it met a target that ends
    watch.count(failed(-100ms, 0s, FailureKind::ConnectRefused));
    watch.count(failed(-101ms, 0s, FailureKind::ConnectRefused)); // dropped, and sent again in vain
    watch.count(failed(-101ms, 0s, FailureKind::Status, 503)); // it had been taken
    QCOMPARE(watch.counts(), (Counts{.finished = 2, .unfinished = 5, .turnedAway = 1, .refused = 1}));
}

void DrainWatchTest::tellsHowNewWorkWasRefused()
{
    DrainWatch watch;
    watch.begin(kSignal);
    watch.count(sampleOf(10ms, 1s, Outcome::Rejected, 503));
    watch.count(failed(10ms, 1s, FailureKind::Status, 503)); // expected or not, it turned it away
    watch.count(failed(20ms, 20ms, FailureKind::ConnectRefused));
    watch.count(failed(20ms, 1s, FailureKind::Closed));
    watch.count(sampleOf(30ms, 2s));
    watch.count(failed(70ms, 1s, FailureKind::Check, 200)); // the work was done
    watch.count(sampleOf(0s, 3s));
    watch.count(failed(80ms, 80ms, FailureKind::Template)); // never sent
    QCOMPARE(watch.counts(), (Counts{.turnedAway = 2, .refused = 1, .broken = 1, .accepted = 3, .lastAccepted = 70ms}));
}

void DrainWatchTest::countsNothingOfTheTimeWithoutAProcess()
{
    DrainWatch watch;
    watch.begin(kSignal);
    watch.end(kSignal + 1s);
    watch.count(failed(999ms, 2s, FailureKind::ConnectRefused));
    watch.count(failed(1s, 1s, FailureKind::ConnectRefused));
    QCOMPARE(watch.counts(), Counts{.refused = 1});
}

void DrainWatchTest::judges_data()
{
    QTest::addColumn<DrainFindings>("found");
    QTest::addColumn<bool>("isDrained");
    QTest::newRow("well") << DrainFindings{.finished = 3, .turnedAway = 2} << true;
    QTest::newRow("nothing to do") << DrainFindings{} << true;
    QTest::newRow("dropped work") << DrainFindings{.finished = 3, .unfinished = 1} << false;
    QTest::newRow("accepted within the first 100 ms") << DrainFindings{.accepted = 9, .lastAccepted = 100ms} << true;
    QTest::newRow("accepted later") << DrainFindings{.accepted = 1, .lastAccepted = 101ms} << false;
    QTest::newRow("killed") << DrainFindings{.wasKilled = true} << false;
    QTest::newRow("with an exit code") << DrainFindings{.exitCode = 143} << true;
}

void DrainWatchTest::judges()
{
    QFETCH(const DrainFindings, found);
    QTEST(found.isDrained(), "isDrained");
}

void DrainWatchTest::speaks_data()
{
    QTest::addColumn<DrainFindings>("found");
    QTest::addColumn<QString>("text");
    QTest::newRow("well")
        << DrainFindings{.finished = 3, .turnedAway = 2, .refused = 1, .took = 1200ms, .exitCode = 0}
        << "all 3 requests under way at the signal were finished; new work was refused (2 answered 503 or 429, "
           "1 without a connection); it ended after 1.20 s with exit code 0";
    QTest::newRow("badly")
        << DrainFindings{.finished = 1,
                         .unfinished = 2,
                         .accepted = 4,
                         .lastAccepted = 5s,
                         .within = 6s,
                         .wasKilled = true}
        << "2 of 3 requests under way at the signal were not finished; 4 new requests were accepted, the last "
           "5.00 s after the signal; it was killed: it had not ended within 6.00 s";
    QTest::newRow("idle")
        << DrainFindings{.took = 3ms}
        << "no request was under way at the signal; no new request came before it had ended; it ended after "
           "3.00 ms";
    QTest::newRow("late notice")
        << DrainFindings{.finished = 1, .broken = 1, .accepted = 1, .lastAccepted = 2ms, .took = 1s}
        << "all 1 requests under way at the signal were finished; new work was refused after the first "
           "2.00 ms (1 broken off); it ended after 1.00 s";
}

void DrainWatchTest::speaks()
{
    QFETCH(const DrainFindings, found);
    QTEST(drainText(found), "text");
}

QTEST_GUILESS_MAIN(DrainWatchTest)
#include "tst_drainwatch.moc"
