// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/steeredrules.h"
#include "core/sessiontools/sessiontrimmer.h"

#include "core/session/cutfrom.h"
#include "tests/core/session/samplesession.h"
#include "tests/core/sessiontools/generators.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

/// Warm-up 0-2 s, a ramp from 10 to 50/s 2-12 s, a hold at 50/s 12-22 s.
SessionHead stagedHead()
{
    SessionHead head = recordedHead();
    head.facts.stages = {{QStringLiteral("warm up"), 0s, 2s, 10.0, 10.0, true},
                         {QStringLiteral("ramp"), 2s, 10s, 10.0, 50.0, false},
                         {QStringLiteral("hold"), 12s, 10s, 50.0, 50.0, false}};
    head.facts.plannedLength = 22s;
    return head;
}

std::vector<RecordedSecond> stagedSeconds(int count = 22)
{
    std::vector<RecordedSecond> seconds;
    for (int second = 0; second < count; ++second) {
        seconds.push_back(secondOf(second, recordedSecond(second).samples.kept));
        seconds.back().frame.stage = {second < 2 ? 0 : second < 12 ? 1 : 2};
        seconds.back().frame.isMeasured = second >= 2;
    }
    return seconds;
}

} // namespace

class SessionTrimmerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsExactlyTheSecondsAskedFor();
    void cutsStagesToWhatIsLeft();
    void thePlanEndsWhereItDid();
    void movesEventsAndSaysWhatItWasCutFrom();
    void saysTheLengthThatTheSessionHas();
    void movesAttachmentsAndLeavesOutWhatBeganBefore();
    void theEndingStaysWithTheEnd();
    void aKilledRunIsInterruptedThen();
    void keepsRulesThatAHandHasLeft();
    void refusesWhatHasNoSeconds_data();
    void refusesWhatHasNoSeconds();
    void refusesASearch();
    void refusesWhatLacksSeconds();
    void leavesNothingBehind();

private:
    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    /// "from to", or the error's text.
    QString trim(int from, std::optional<int> to, const char *out = "t.headroom") const
    {
        const auto range = trimSession(path("s.headroom"), from, to, path(out));
        return range ? QStringLiteral("%1 %2").arg(range->range.from).arg(range->range.to) : range.error().text();
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void SessionTrimmerTest::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void SessionTrimmerTest::keepsExactlyTheSecondsAskedFor()
{
    QCOMPARE(writeSession(path("s.headroom"), stagedHead(), stagedSeconds()), QString());
    QCOMPARE(trim(5, 9), QStringLiteral("5 9"));
    const auto whole = SessionReader::open(path("s.headroom"));
    const auto cut = SessionReader::open(path("t.headroom"));
    QVERIFY(whole.has_value() && cut.has_value());
    QVERIFY((*cut)->verify().has_value());
    QCOMPARE((*cut)->frameCount(), 4);
    QCOMPARE((*cut)->head().startedAtMs, (*whole)->head().startedAtMs + 5000);
    QCOMPARE((*cut)->endedAtMs(), (*whole)->head().startedAtMs + 9000);
    const auto expected = (*whole)->merged(5, 9);
    const auto merged = (*cut)->merged(0, 4);
    QVERIFY(expected.has_value() && merged.has_value());
    for (std::size_t step = 0; step < 3; ++step) {
        QVERIFY((*merged)[step].counts == (*expected)[step].counts);
        QVERIFY((*merged)[step].histograms == (*expected)[step].histograms);
    }
    std::vector<RawSample> samples;
    for (int second = 5; second < 9; ++second) {
        for (RawSample sample : recordedSecond(second).samples.kept) {
            sample.planned -= 5s;
            samples.push_back(sample);
        }
    }
    QVERIFY(samplesOf(**cut) == samples);
}

void SessionTrimmerTest::cutsStagesToWhatIsLeft()
{
    QCOMPARE(writeSession(path("s.headroom"), stagedHead(), stagedSeconds()), QString());
    QCOMPARE(trim(7, 15), QStringLiteral("7 15"));
    const auto cut = SessionReader::open(path("t.headroom"));
    QVERIFY(cut.has_value());
    const RunFacts &facts = *(*cut)->facts();
    QCOMPARE(facts.stages.size(), 2U);
    // At 7 s the ramp has come half its way: 30/s.
    QVERIFY(facts.stages[0] == (RunFacts::Stage{QStringLiteral("ramp"), 0s, 5s, 30.0, 50.0, false}));
    QVERIFY(facts.stages[1] == (RunFacts::Stage{QStringLiteral("hold"), 5s, 3s, 50.0, 50.0, false}));
    QCOMPARE(facts.plannedLength, Nanoseconds(8s));
    const auto frames = readSession(path("t.headroom")).frames;
    QCOMPARE(frames[4]->stage.value, 0);
    QCOMPARE(frames[5]->stage.value, 1);
    QCOMPARE(trim(2, 7, "ramp.headroom"), QStringLiteral("2 7"));
    const auto ramp = (*SessionReader::open(path("ramp.headroom")))->facts()->stages;
    QVERIFY(ramp == (std::vector<RunFacts::Stage>{{QStringLiteral("ramp"), 0s, 5s, 10.0, 30.0, false}}));
}

void SessionTrimmerTest::thePlanEndsWhereItDid()
{
    SessionHead head = stagedHead();
    head.facts.plannedLength = 20s; // and two more until the last answer
    QCOMPARE(writeSession(path("s.headroom"), head, stagedSeconds()), QString());
    QCOMPARE(trim(15, std::nullopt), QStringLiteral("15 22"));
    QCOMPARE((*SessionReader::open(path("t.headroom")))->facts()->plannedLength, Nanoseconds(5s));
}

void SessionTrimmerTest::movesEventsAndSaysWhatItWasCutFrom()
{
    QCOMPARE(writeSession(path("s.headroom"), stagedHead(), stagedSeconds(),
                          {{-1s, QStringLiteral("note"), QStringLiteral("before")},
                           {6s, QStringLiteral("note"), QStringLiteral("inside")},
                           {6500ms, QStringLiteral("note"), QStringLiteral("second 6")}, // as its second has it
                           {8s, QStringLiteral("note"), QStringLiteral("at the end")},
                           {30s, QStringLiteral("note"), QStringLiteral("behind")}}),
             QString());
    QCOMPARE(trim(6, 8), QStringLiteral("6 8"));
    QStringList texts;
    for (const RunEvent &event : readSession(path("t.headroom")).events)
        texts << QStringLiteral("%1 %2").arg(double(event.at.count()) / 1e9).arg(event.text);
    QCOMPARE(texts,
             (QStringList{QStringLiteral("0 cut from s.headroom: 0:06 to 0:08 of 0:22"), QStringLiteral("0 inside"),
                          QStringLiteral("0.5 second 6"), QStringLiteral("0.5 second 6"),
                          QStringLiteral("1.5 second 7")}));
    const SessionHead head = SessionReader::open(path("t.headroom")).value()->head();
    QCOMPARE(head.environment.back(), std::pair(kCutFrom, QStringLiteral("s.headroom: 0:06 to 0:08 of 0:22")));
    QVERIFY(isCut(head) && !isCut(stagedHead()));
    QCOMPARE(trim(20, std::nullopt, "end.headroom"), QStringLiteral("20 22"));
    QCOMPARE(readSession(path("end.headroom")).events.back().text, QStringLiteral("behind"));
    QCOMPARE(trim(0, 3, "start.headroom"), QStringLiteral("0 3"));
    QCOMPARE(readSession(path("start.headroom")).events.front().text, QStringLiteral("before"));
}

void SessionTrimmerTest::saysTheLengthThatTheSessionHas()
{
    // Three seconds, of which the last is cut short: 2.3 s, and not 3.
    std::vector<RecordedSecond> seconds = stagedSeconds(3);
    seconds.back().frame.length = 300ms;
    QCOMPARE(writeSession(path("s.headroom"), stagedHead(), seconds), QString());
    QCOMPARE(trim(5, std::nullopt),
             path("s.headroom") + QStringLiteral(": it ends at 0:02, so nothing is left from 0:05 on"));
    const auto cut = trimSession(path("s.headroom"), 1, std::nullopt, path("t.headroom"));
    QVERIFY2(cut.has_value(), cut ? "" : qPrintable(cut.error().text()));
    QCOMPARE(cut->words, QStringLiteral("0:01 to 0:02"));
    QCOMPARE(readSession(path("t.headroom")).events.front().text,
             QStringLiteral("cut from s.headroom: 0:01 to 0:02 of 0:02"));
}

void SessionTrimmerTest::movesAttachmentsAndLeavesOutWhatBeganBefore()
{
    // Of the sample session, every second has two batches and two actions that begin in it, or at its start.
    QCOMPARE(writeSampleSession(path("sample.headroom"), 6), QString());
    {
        // Without its search, which would keep it whole.
        SessionHead head = sampleHead();
        head.facts.limitSearch.reset();
        const auto writer = SessionWriter::create(path("s.headroom"), head);
        QVERIFY(writer.has_value());
        QVERIFY((*writer)->attach(sampleAttachment()).has_value());
        for (int second = 0; second < 6; ++second) {
            MetricsFrame frame = sampleFrame(second);
            frame.batches[0].start -= 1500ms; // began in one of the seconds before
            frame.batches[0].start = std::max<Nanoseconds>(0ns, frame.batches[0].start);
            if (second == 2)
                frame.actions.push_back({1, 1900ms, 250ms, true, QStringLiteral("begun in the second before")});
            const SecondSamples samples = sampleSamples(second);
            QVERIFY((*writer)->append(frame, &samples).has_value());
        }
        QVERIFY((*writer)->finish(sampleEnding(), kSampleEndedAtMs).has_value());
    }
    QCOMPARE(trim(2, 4), QStringLiteral("2 4"));
    const auto frames = readSession(path("t.headroom")).frames;
    QCOMPARE(frames.size(), 2U);
    QCOMPARE(frames[0]->batches.size(), 1U); // the other one began at 0.5 s
    QCOMPARE(frames[0]->batches[0].start, Nanoseconds(310ms));
    QCOMPARE(frames[0]->batches[0].end, Nanoseconds(310ms));
    QCOMPARE(frames[0]->exemplars[0].sample.planned, Nanoseconds(1ns));
    QCOMPARE(frames[0]->actions.size(), 2U);
    QCOMPARE(frames[0]->actions[0].at, Nanoseconds(10ms));
    QCOMPARE(frames[1]->actions[1].at, Nanoseconds(1s));
    const auto cut = SessionReader::open(path("t.headroom"));
    QCOMPARE((*cut)->attachments().size(), 1U);
    QCOMPARE((*cut)->attachments()[0].at, std::max<Nanoseconds>(0ns, sampleAttachment().at - 2s));
}

void SessionTrimmerTest::theEndingStaysWithTheEnd()
{
    const RunEnding ending{RunEnding::Reason::TargetLost, QStringLiteral("it died"), 5, 7};
    QCOMPARE(writeSession(path("s.headroom"), stagedHead(), stagedSeconds(), {}, ending), QString());
    QCOMPARE(trim(3, 22), QStringLiteral("3 22"));
    QCOMPARE(trim(3, 100, "beyond.headroom"), QStringLiteral("3 22"));
    QCOMPARE(trim(3, 21, "part.headroom"), QStringLiteral("3 21"));
    QVERIFY((*SessionReader::open(path("t.headroom")))->ending() == ending);
    QVERIFY((*SessionReader::open(path("beyond.headroom")))->ending() == ending);
    QVERIFY((*SessionReader::open(path("part.headroom")))->ending() == RunEnding());
}

void SessionTrimmerTest::aKilledRunIsInterruptedThen()
{
    const QString part = writeRecorded(path("killed.headroom"), {0, 1, 2}, Ended::Killed);
    const auto range = trimSession(part, 0, std::nullopt, path("t.headroom"));
    QVERIFY2(range.has_value(), range ? "" : qPrintable(range.error().text()));
    const auto whole = SessionReader::open(path("t.headroom"));
    QVERIFY(whole.has_value());
    QVERIFY((*whole)->ending()->reason == RunEnding::Reason::Interrupted);
    QCOMPARE((*whole)->frameCount(), 3);
}

void SessionTrimmerTest::keepsRulesThatAHandHasLeft()
{
    SessionHead head = stagedHead();
    head.facts.rules = {QStringLiteral("p95 < 1 s"), QStringLiteral("errors < 1 %")};
    head.facts.objectives = {{QStringLiteral("all"), QStringLiteral("p95"), 0},
                             {QStringLiteral("all"), QStringLiteral("errors"), 1}};
    {
        const auto writer = SessionWriter::create(path("s.headroom"), head);
        QVERIFY(writer.has_value());
        for (const RecordedSecond &second : stagedSeconds(3))
            QVERIFY((*writer)->append(second.frame, &second.samples).has_value());
        QVERIFY((*writer)->setRules({QStringLiteral("errors < 1 %")}).has_value());
        QVERIFY((*writer)->finish({}, 1'700'000'600'000).has_value());
    }
    QCOMPARE(trim(1, 3), QStringLiteral("1 3"));
    const auto whole = SessionReader::open(path("s.headroom"));
    const auto cut = SessionReader::open(path("t.headroom"));
    QVERIFY(cut.has_value());
    QCOMPARE((*cut)->facts()->rules, QStringList{QStringLiteral("errors < 1 %")});
    QVERIFY((*cut)->facts()->objectives == (*whole)->facts()->objectives);
    QCOMPARE((*cut)->facts()->objectives[0].rule, kNoRule);
}

void SessionTrimmerTest::refusesWhatHasNoSeconds_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<QString>("words");
    QTest::newRow("behind the end") << 22 << 30 << QStringLiteral("it ends at 0:22, so nothing is left from 0:22 on");
    QTest::newRow("nothing") << 5 << 5 << QStringLiteral("from 0:05 to 0:05 there is no second; let the end be later");
    QTest::newRow("backwards") << 5 << 4
                               << QStringLiteral("from 0:05 to 0:04 there is no second; let the end be later");
}

void SessionTrimmerTest::refusesWhatHasNoSeconds()
{
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(QString, words);
    QCOMPARE(writeSession(path("s.headroom"), stagedHead(), stagedSeconds()), QString());
    QCOMPARE(trim(from, to), path("s.headroom") + QStringLiteral(": ") + words);
    QVERIFY(!QFile::exists(path("t.headroom")));
}

void SessionTrimmerTest::refusesASearch()
{
    SessionHead head = stagedHead();
    head.facts.limitSearch = {1.0, 10.0, 1s, 1s, 0.05};
    QCOMPARE(writeSession(path("s.headroom"), head, stagedSeconds()), QString());
    QCOMPARE(trim(1, 2),
             path("s.headroom")
                 + QStringLiteral(": it searched for a limit, and such a run is judged as a whole; it cannot be cut"));
}

void SessionTrimmerTest::refusesWhatLacksSeconds()
{
    QVERIFY(!writeRecorded(path("s.headroom"), {0, 1, 3}).isEmpty());
    QCOMPARE(trim(0, 2), path("s.headroom") + QStringLiteral(": some of its seconds are missing"));
}

void SessionTrimmerTest::leavesNothingBehind()
{
    QCOMPARE(writeSession(path("s.headroom"), stagedHead(), stagedSeconds()), QString());
    QCOMPARE(
        changeSession(path("s.headroom"), "UPDATE step_seconds SET requests = requests + 1 WHERE id >= 1048576 * 20"),
        QString());
    QVERIFY(trim(0, std::nullopt).contains(QStringLiteral("damaged")));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{QStringLiteral("s.headroom")});
}

QTEST_GUILESS_MAIN(SessionTrimmerTest)
#include "tst_sessiontrimmer.moc"
