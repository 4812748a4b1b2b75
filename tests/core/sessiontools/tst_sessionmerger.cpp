// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/mergedfrom.h"
#include "core/sessiontools/factsum.h"
#include "core/sessiontools/sessionmerger.h"
#include "core/sessiontools/sessiontrimmer.h"
#include "tests/core/session/samplesession.h"
#include "tests/core/sessiontools/generators.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Headroom;

namespace {

constexpr int kSeconds = 65; // a whole minute, and a part

/// Requests of a second: those that fall to a generator, of `of`.
std::vector<RawSample> shareOf(int second, int generator, int of)
{
    std::vector<RawSample> share;
    const std::vector<RawSample> all = recordedSecond(second).samples.kept;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (int(i) % of == generator)
            share.push_back(all[i]);
    }
    return share;
}

std::vector<RecordedSecond> secondsOf(int generator, int of, int count = kSeconds)
{
    std::vector<RecordedSecond> seconds;
    for (int second = 0; second < count; ++second)
        seconds.push_back(secondOf(second, shareOf(second, generator, of)));
    return seconds;
}

SessionHead headAt(qint64 startedAtMs)
{
    SessionHead head = recordedHead();
    head.startedAtMs = startedAtMs;
    return head;
}

bool areTimesEqual(const LatencySet &a, const LatencySet &b)
{
    // The sums are of doubles, added in another order.
    const auto isSame = [](const HdrHistogram &one, const HdrHistogram &other) {
        if (one.count() != other.count() || one.min() != other.min() || one.max() != other.max()
            || one.clamped() != other.clamped())
            return false;
        for (int i = 0; i < HdrHistogram::kCounterCount; ++i) {
            if (one.counterAt(i) != other.counterAt(i))
                return false;
        }
        return true;
    };
    return std::ranges::equal(a.histograms, b.histograms, isSame);
}

std::vector<FramePtr> framesOf(const QString &path) { return readSession(path).frames; }

QStringList eventsOf(const QString &path)
{
    QStringList texts;
    for (const RunEvent &event : readSession(path).events)
        texts << QStringLiteral("%1 %2").arg(double(event.at.count()) / 1e9).arg(event.text);
    return texts;
}

} // namespace

class SessionMergerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void isExactlyWhatOneGeneratorWouldHaveRecorded();
    void laysWhatBeganLaterLater();
    void movesAnAttachmentToItsPlace();
    void addsLoadsAndWorkers();
    void addsUpWhatEachGeneratorDid();
    void takesProbesOfTheFirstThatHasOne();
    void keepsNoSamplesOfDifferentKinds();
    void carriesEventsEndingsAndAttachments();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
    void refusesTheSameSessionTwice();
    void refusesTheSameRecordingTwice();
    void refusesSessionsThatDidNotOverlap();
    void replacesNothingAndLeavesNothing();

private:
    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    /// What became of it, or the error's text.
    QString merge(const QStringList &names, const char *out = "m.headroom") const
    {
        QStringList paths;
        for (const QString &name : names)
            paths << m_folder->filePath(name);
        const auto merged = mergeSessions(paths, path(out));
        QStringList lines;
        for (const MergedSource &source : merged.value_or(MergedSession()).sources)
            lines << QStringLiteral("%1 %2").arg(source.name, alignmentText(source));
        return merged ? lines.join(u'\n') : merged.error().text();
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

static const QStringList kBoth{QStringLiteral("a.headroom"), QStringLiteral("b.headroom")};

void SessionMergerTest::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void SessionMergerTest::isExactlyWhatOneGeneratorWouldHaveRecorded()
{
    QStringList names;
    for (int generator = 0; generator < 3; ++generator) {
        names << QStringLiteral("g%1.headroom").arg(generator);
        QCOMPARE(writeSession(m_folder->filePath(names.last()), headAt(1'700'000'000'000 + generator * 20),
                              secondsOf(generator, 3)),
                 QString());
    }
    QCOMPARE(writeSession(path("all.headroom"), headAt(1'700'000'000'000), secondsOf(0, 1)), QString());
    QCOMPARE(
        merge(names),
        QStringLiteral("g0.headroom its seconds stand as they are\n"
                       "g1.headroom began 0.020 s after the earliest session; its seconds stand 0 s later, 20 ms off\n"
                       "g2.headroom began 0.040 s after the earliest session; its seconds stand 0 s later, 40 ms off"));
    const auto merged = SessionReader::open(path("m.headroom"));
    const auto all = SessionReader::open(path("all.headroom"));
    QVERIFY(merged.has_value() && all.has_value());
    QVERIFY((*merged)->verify().has_value());
    QCOMPARE((*merged)->frameCount(), kSeconds);
    for (std::size_t step = 0; step < 3; ++step) {
        const LatencySet sum = wholeStep(**merged, step);
        const LatencySet one = wholeStep(**all, step);
        QVERIFY(sum.counts == one.counts);
        QVERIFY(areTimesEqual(sum, one));
    }
    const std::vector<RawSample> samples = samplesOf(**merged);
    const std::vector<RawSample> expected = samplesOf(**all);
    QVERIFY(std::ranges::is_permutation(samples, expected));
    QCOMPARE((*merged)->sampleTotals().candidates, std::uint64_t(expected.size()));
    const auto frames = framesOf(path("m.headroom"));
    const auto whole = framesOf(path("all.headroom"));
    for (int second = 0; second < kSeconds; ++second) {
        const MetricsFrame &frame = *frames[std::size_t(second)];
        QVERIFY(frame.flows == whole[std::size_t(second)]->flows);
        QCOMPARE(frame.offeredPerSecond, whole[std::size_t(second)]->offeredPerSecond);
        QVERIFY(frame.isMeasured);
    }
}

void SessionMergerTest::laysWhatBeganLaterLater()
{
    // b begins 2.6 s later: nearest to 3 s, so its seconds stand 400 ms too late.
    QCOMPARE(writeSession(path("a.headroom"), headAt(1'700'000'000'000), secondsOf(0, 2, 5)), QString());
    QCOMPARE(writeSession(path("b.headroom"), headAt(1'700'000'002'600), secondsOf(1, 2, 4),
                          {{9s, QStringLiteral("note"), QStringLiteral("late")}}),
             QString());
    QCOMPARE(merge(kBoth),
             QStringLiteral(
                 "a.headroom its seconds stand as they are\n"
                 "b.headroom began 2.600 s after the earliest session; its seconds stand 3 s later, -400 ms off"));
    const auto frames = framesOf(path("m.headroom"));
    QCOMPARE(frames.size(), 7U);
    std::vector<bool> isMeasured;
    std::vector<bool> isDrain;
    for (const FramePtr &frame : frames) {
        isMeasured.push_back(frame->isMeasured);
        isDrain.push_back(frame->isDrain);
    }
    QCOMPARE(isMeasured, (std::vector<bool>{false, false, false, true, true, false, false})); // both were there
    QCOMPARE(isDrain, (std::vector<bool>{true, true, true, false, false, true, true}));
    QCOMPARE(frames[3]->requests().requests, std::uint64_t(shareOf(3, 0, 2).size() + shareOf(0, 1, 2).size()));
    const QStringList events = eventsOf(path("m.headroom"));
    QCOMPARE(events.count(QStringLiteral("3.5 b.headroom: second 0")), 1);
    QVERIFY(events.contains(QStringLiteral("12 b.headroom: late")));
    QVERIFY(events.contains(QStringLiteral(
        "3 b.headroom: began 2.600 s after the earliest session; its seconds stand 3 s later, -400 ms off")));
    const auto merged = SessionReader::open(path("m.headroom"));
    QVERIFY(merged.has_value());
    QCOMPARE((*merged)->head().startedAtMs, 1'700'000'000'000);
    QCOMPARE((*merged)->endedAtMs(), 1'700'000'006'600); // b's 4 s
    QVERIFY((*merged)->verify().has_value());
    std::vector<RawSample> expected;
    for (int second = 0; second < 5; ++second)
        std::ranges::copy(shareOf(second, 0, 2), std::back_inserter(expected));
    for (int second = 0; second < 4; ++second) {
        for (RawSample sample : shareOf(second, 1, 2)) {
            sample.planned += 3s;
            expected.push_back(sample);
        }
    }
    QVERIFY(std::ranges::is_permutation(samplesOf(**merged), expected));
    QVERIFY(merge({kBoth[1], kBoth[0]}, "other.headroom").startsWith(QStringLiteral("b.headroom")));
    QCOMPARE((*SessionReader::open(path("other.headroom")))->endedAtMs(), 1'700'000'006'600); // in whatever order
}

void SessionMergerTest::movesAnAttachmentToItsPlace()
{
    QCOMPARE(writeSession(path("a.headroom"), headAt(1'699'999'999'000), secondsOf(0, 2, 3)), QString());
    QVERIFY(!writeRecorded(path("b.headroom"), {0, 1}).isEmpty()); // a second later, with an attachment at 2 s
    QVERIFY(merge(kBoth).startsWith(QStringLiteral("a.headroom")));
    QCOMPARE((*SessionReader::open(path("m.headroom")))->attachments()[0].at, Nanoseconds(3s));
}

void SessionMergerTest::addsLoadsAndWorkers()
{
    RunFacts a = recordedHead().facts;
    a.workers = 3;
    a.userCap = 20;
    a.iterations = 100;
    a.flows[0].ownRatePerSecond = 2.5;
    RunFacts b = a;
    b.workers = 1;
    b.stages[0].to = 7.0;
    b.plannedLength = 12min;
    b.seed = 99;
    b.target = QStringLiteral("http://127.0.0.2:8080");
    QCOMPARE(differenceOf(a, b), QString());
    const RunFacts sum = sumOf({std::make_shared<const RunFacts>(a), std::make_shared<const RunFacts>(b)});
    QCOMPARE(sum.workers, 4);
    QCOMPARE(sum.userCap, std::uint64_t(40));
    QCOMPARE(sum.iterations, std::uint64_t(200));
    QCOMPARE(sum.flows[0].ownRatePerSecond, 5.0);
    QCOMPARE(sum.stages[0].from, 2.0); // 1 + 1
    QCOMPARE(sum.stages[0].to, 8.0); // 1 + 7
    QCOMPARE(sum.plannedLength, Nanoseconds(12min)); // the longest
    QCOMPARE(sum.seed, a.seed);
    QCOMPARE(sum.target, a.target + QStringLiteral(", http://127.0.0.2:8080"));
}

void SessionMergerTest::addsUpWhatEachGeneratorDid()
{
    for (const QString &name : kBoth) {
        const bool isFirst = name == kBoth.front();
        SessionHead head = recordedHead();
        head.facts.workers = isFirst ? 2 : 1;
        RecordedSecond second = secondOf(0, {});
        second.frame.length = isFirst ? 1000ms : 400ms;
        second.frame.sends = isFirst ? 5U : 7U;
        second.frame.lateSends = isFirst ? 1U : 2U;
        second.frame.inFlight = isFirst ? 3 : 4;
        second.frame.process = {0.5, 0.0, 0.0, 0, isFirst ? 90U : 200U, isFirst ? 100U : 1000U};
        second.frame.workers = {{isFirst ? 1ms : 2ms, 0.1, 0.03}}; // of the first one's two only one
        QCOMPARE(writeSession(m_folder->filePath(name), head, {second}), QString());
    }
    QVERIFY(merge(kBoth).startsWith(QStringLiteral("a.headroom")));
    const auto frames = framesOf(path("m.headroom"));
    QCOMPARE(frames.size(), 1U);
    const MetricsFrame &sum = *frames[0];
    QCOMPARE(sum.length, Nanoseconds(1s));
    QCOMPARE(sum.sends, 12U);
    QCOMPARE(sum.lateSends, 3U);
    QCOMPARE(sum.inFlight, 7);
    QVERIFY(sum.process == (ProcessUse{0.5, 0.0, 0.0, 0, 90, 100})); // nearer to its limit than 200 of 1,000
    QVERIFY(sum.workers == (std::vector<WorkerUse>{{1ms, 0.1, 0.03}, {}, {2ms, 0.1, 0.03}})); // each in its place
}

void SessionMergerTest::takesProbesOfTheFirstThatHasOne()
{
    for (const QString &name : kBoth) {
        const bool isFirst = name == kBoth.front();
        SessionHead head = recordedHead();
        head.facts.series = {{QStringLiteral("api"), QStringLiteral("rss"), QStringLiteral("bytes")}};
        std::vector<RecordedSecond> seconds = secondsOf(0, 1, 3);
        for (RecordedSecond &second : seconds) {
            const int at = second.frame.second;
            second.frame.probes = {isFirst && at == 1 ? std::nullopt : std::optional(at + (isFirst ? 0.0 : 100.0))};
            second.frame.process = {isFirst ? 0.5 : 0.75, 0.25, 0.5, 3, isFirst ? 90U : 10U, 100};
            second.frame.workers = {{}};
        }
        head.facts.workers = 1;
        QCOMPARE(writeSession(m_folder->filePath(name), head, seconds), QString());
    }
    QVERIFY(!merge(kBoth).isEmpty());
    const auto frames = framesOf(path("m.headroom"));
    QCOMPARE(frames.size(), 3U);
    QCOMPARE(frames[0]->probes[0], 0.0);
    QCOMPARE(frames[1]->probes[0], 101.0);
    QCOMPARE(frames[2]->probes[0], 2.0);
    QVERIFY(frames[0]->process == (ProcessUse{0.75, 0.5, 1.0, 6, 90, 100})); // the busiest, the sums, the fullest
    QCOMPARE(frames[0]->workers.size(), 2U);
}

void SessionMergerTest::keepsNoSamplesOfDifferentKinds()
{
    SessionHead errors = recordedHead(SampleKeeping::Errors);
    std::vector<RecordedSecond> some = secondsOf(1, 2, 3);
    for (RecordedSecond &second : some) {
        std::erase_if(second.samples.kept, [](const RawSample &sample) { return sample.outcome == Outcome::Answered; });
        second.samples.candidates = second.samples.kept.size();
    }
    QCOMPARE(writeSession(path("a.headroom"), recordedHead(), secondsOf(0, 2, 3)), QString());
    QCOMPARE(writeSession(path("b.headroom"), errors, some), QString());
    const auto done = mergeSessions({path("a.headroom"), path("b.headroom")}, path("m.headroom"));
    QVERIFY2(done.has_value(), done ? "" : qPrintable(done.error().text()));
    QVERIFY(done->isWithoutSamples);
    const auto merged = SessionReader::open(path("m.headroom"));
    QVERIFY(merged.has_value());
    QVERIFY((*merged)->facts()->sampleKeeping == SampleKeeping::Off);
    QCOMPARE((*merged)->sampleTotals().candidates, 0U);
    QVERIFY(eventsOf(path("m.headroom"))
                .contains(QStringLiteral("0 raw samples were left out, as the sessions keep different kinds of them")));
    QVERIFY((*merged)->verify().has_value());
}

void SessionMergerTest::carriesEventsEndingsAndAttachments()
{
    SessionHead head = recordedHead();
    head.environment = {{QStringLiteral("kernel"), QStringLiteral("6.1")}};
    head.overrides = {{QStringLiteral("--rate"), QStringLiteral("50/s")}};
    const RunEvent late{9s, QStringLiteral("note"), QStringLiteral("late")};
    QCOMPARE(writeSession(path("a.headroom"), head, secondsOf(0, 2, 2), {late},
                          {RunEnding::Reason::Interrupted, QStringLiteral("by a signal"), 2, 3}),
             QString());
    head.environment = {{QStringLiteral("kernel"), QStringLiteral("6.2")}};
    QVERIFY(!writeRecorded(path("other.headroom"), {0, 1}).isEmpty()); // with an attachment
    QCOMPARE(writeSession(path("b.headroom"), head, secondsOf(1, 2, 2), {},
                          {RunEnding::Reason::Stopped, QStringLiteral("by hand"), 1, 1}),
             QString());
    QVERIFY(merge(kBoth + QStringList{QStringLiteral("other.headroom")}).startsWith(QStringLiteral("a.headroom")));
    const auto merged = SessionReader::open(path("m.headroom"));
    QVERIFY(merged.has_value());
    QVERIFY((*merged)->ending()
            == (RunEnding{RunEnding::Reason::Interrupted, QStringLiteral("a.headroom: by a signal"), 3, 4}));
    QVERIFY(eventsOf(path("m.headroom")).contains(QStringLiteral("9 a.headroom: late")));
    QCOMPARE((*merged)->attachments().size(), 1U);
    QCOMPARE((*merged)->attachments()[0].name, QStringLiteral("other-notes.txt"));
    const auto &environment = (*merged)->head().environment;
    QCOMPARE(environment.front(), std::pair(QStringLiteral("a.headroom: kernel"), QStringLiteral("6.1")));
    QCOMPARE(environment.back(), std::pair(kMergedFrom, QStringLiteral("a.headroom, b.headroom, other.headroom")));
    QVERIFY(isMerged((*merged)->head()));
}

void SessionMergerTest::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *what, const char *words) {
        QTest::newRow(what) << QString::fromLatin1(what) << QString::fromLatin1(words);
    };
    row("steps", "their steps differ");
    row("stages", "their stages or when these are differ");
    row("warm-up", "their stages or when these are differ");
    row("count", "how their iterations are spread, capped or counted differ");
    row("lateness", "how their iterations are spread, capped or counted differ");
    row("connections", "how their requests were made differ");
    row("rules", "their rules differ");
    row("series", "what their probes measured differ");
    row("model", "their models of load differ");
    row("batches", "it ran batches, each of which ended for its generator alone; such sessions cannot be merged");
    row("search", "it searched for a limit, which each generator does for itself; such sessions cannot be merged");
}

void SessionMergerTest::refusesWhatDoesNotFit()
{
    QFETCH(QString, what);
    QFETCH(QString, words);
    SessionHead head = recordedHead();
    RunFacts &facts = head.facts;
    std::vector<RecordedSecond> seconds = secondsOf(1, 2, 2);
    if (what == u"steps")
        facts.steps[1].name = QStringLiteral("other");
    if (what == u"stages")
        facts.stages[0].length = 9min;
    if (what == u"warm-up")
        facts.stages[0].isWarmUp = true;
    if (what == u"count")
        facts.iterations = 100;
    if (what == u"lateness")
        facts.latePolicy = QStringLiteral("drop");
    if (what == u"connections")
        facts.connections.isResolvedEachTime = true;
    if (what == u"rules")
        facts.rules = {QStringLiteral("p95 < 1 s")};
    if (what == u"series") {
        facts.series = {{QStringLiteral("api"), QStringLiteral("rss"), QStringLiteral("bytes")}};
        for (RecordedSecond &second : seconds)
            second.frame.probes.resize(1);
    }
    if (what == u"model")
        facts.isOpenModel = true;
    if (what == u"batches")
        facts.batches = {2, 3};
    if (what == u"search")
        facts.limitSearch = {1.0, 10.0, 1s, 1s, 0.05};
    QCOMPARE(writeSession(path("a.headroom"), recordedHead(), secondsOf(0, 2, 2)), QString());
    QCOMPARE(writeSession(path("b.headroom"), head, seconds), QString());
    const QString said = merge(kBoth);
    QVERIFY2(said.startsWith(path("b.headroom")) && said.endsWith(words), qPrintable(said));
    QVERIFY(!QFile::exists(path("m.headroom")));
}

void SessionMergerTest::refusesTheSameSessionTwice()
{
    QCOMPARE(writeSession(path("a.headroom"), recordedHead(), secondsOf(0, 2, 2)), QString());
    QVERIFY(QFile::link(path("a.headroom"), path("b.headroom")));
    QCOMPARE(merge(kBoth), path("b.headroom") + QStringLiteral(": this session is named twice"));
}

void SessionMergerTest::refusesTheSameRecordingTwice()
{
    const SessionHead head = recordedHead();
    const QStringList all = kBoth + QStringList{QStringLiteral("c.headroom")};
    for (int generator = 0; generator < 3; ++generator)
        QCOMPARE(writeSession(m_folder->filePath(all[generator]), head, secondsOf(generator, 3, 3)), QString());
    const auto refusal = [&](const char *second, const char *first) {
        return path(second)
            + QStringLiteral(": it holds seconds of the same recording as %1, which would be counted twice")
                  .arg(path(first));
    };
    QVERIFY(QFile::copy(path("a.headroom"), path("copy.headroom")));
    QCOMPARE(merge({QStringLiteral("a.headroom"), QStringLiteral("copy.headroom")}),
             refusal("copy.headroom", "a.headroom"));
    // As a copy of a run that was killed later, or earlier.
    QCOMPARE(writeSession(path("shorter.headroom"), head, secondsOf(0, 3, 2)), QString());
    QCOMPARE(merge({QStringLiteral("a.headroom"), QStringLiteral("shorter.headroom")}),
             refusal("shorter.headroom", "a.headroom"));
    QVERIFY(trimSession(path("a.headroom"), 1, std::nullopt, path("cut.headroom")).has_value());
    QCOMPARE(merge({QStringLiteral("cut.headroom"), QStringLiteral("a.headroom")}),
             refusal("a.headroom", "cut.headroom"));
    // A merged one remembers all that it was made of, also of merged ones and cut ones.
    QVERIFY(merge(kBoth, "ab.headroom").startsWith(QStringLiteral("a.headroom its")));
    QCOMPARE(merge({QStringLiteral("ab.headroom"), QStringLiteral("b.headroom")}),
             refusal("b.headroom", "ab.headroom"));
    QVERIFY(merge({QStringLiteral("ab.headroom"), QStringLiteral("c.headroom")}, "abc.headroom")
                .startsWith(u"ab.headroom"));
    QCOMPARE(merge({QStringLiteral("abc.headroom"), QStringLiteral("c.headroom")}),
             refusal("c.headroom", "abc.headroom"));
    QCOMPARE(merge({QStringLiteral("abc.headroom"), QStringLiteral("cut.headroom")}),
             refusal("cut.headroom", "abc.headroom"));
}

void SessionMergerTest::refusesSessionsThatDidNotOverlap()
{
    QCOMPARE(writeSession(path("a.headroom"), headAt(1'700'000'000'000), secondsOf(0, 2, 2)), QString());
    QCOMPARE(writeSession(path("b.headroom"), headAt(1'700'000'002'000), secondsOf(1, 2, 2)), QString());
    QCOMPARE(merge(kBoth),
             path("b.headroom")
                 + QStringLiteral(
                     ": it began when another one was over already; sessions that are merged ran at the same time"));
}

void SessionMergerTest::replacesNothingAndLeavesNothing()
{
    QCOMPARE(writeSession(path("a.headroom"), recordedHead(), secondsOf(0, 2, 2)), QString());
    QCOMPARE(writeSession(path("b.headroom"), recordedHead(), secondsOf(1, 2, 2)), QString());
    QVERIFY(merge(kBoth, "a.headroom").startsWith(path("a.headroom") + QStringLiteral(": this file exists already")));
    QCOMPARE(changeSession(path("b.headroom"), "UPDATE step_seconds SET requests = requests + 1 WHERE id >= 1048576"),
             QString());
    QVERIFY(merge(kBoth).contains(QStringLiteral("damaged")));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), kBoth);
}

QTEST_GUILESS_MAIN(SessionMergerTest)
#include "tst_sessionmerger.moc"
