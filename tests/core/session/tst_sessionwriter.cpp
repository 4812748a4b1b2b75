// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/steeredrules.h"
#include "core/session/writefailure.h"
#include "tests/core/session/samplesession.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <cmath>
#include <sys/stat.h>
#include <unistd.h>

using namespace Headroom;

class SessionWriterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesBackWhatWasWritten();
    void givesBackTheEventsByTime();
    void saysWhyItCannotWrite();
    void leavesOneFileThatOnlyItsOwnerCanRead();
    void keepsAPartFileUntilItIsFinished();
    void refusesANameThatIsTaken();
    void doesNotReplaceAFileThatAppearedMeanwhile();
    void leavesThePartFileOfAnotherRunAlone();
    void refusesWhatWouldBeTakenForAPartOfIt_data();
    void refusesWhatWouldBeTakenForAPartOfIt();
    void leavesAnyOtherPartFileAlone();
    void saysWhyAFolderCannotBeWritten_data();
    void saysWhyAFolderCannotBeWritten();
    void noticesThatItsFolderWasDeleted();
    void noticesThatItsFileWasReplaced();
    void refusesAFrameThatDoesNotFit_data();
    void refusesAFrameThatDoesNotFit();
    void refusesSamplesThatDoNotFit_data();
    void refusesSamplesThatDoNotFit();
    void refusesAHeadThatDoesNotFit();
    void appendsNothingAfterTheFinish();
    void keepsTheRulesThatAHandLeft();
    void keepsThemWhenTheRunIsKilled();

private:
    QString pathOf(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    QTemporaryDir m_folder;
};

void SessionWriterTest::givesBackWhatWasWritten()
{
    const QString path = pathOf("round trip #1?%20ä.headroom"); // a name that needs escaping in a URI
    QCOMPARE(writeSampleSession(path, 7), QString());
    QCOMPARE(differenceFromSample(path, 7), QString());
    const auto reader = SessionReader::open(path);
    QVERIFY(reader.has_value());
    QVERIFY((*reader)->wasClosedCleanly());
    QCOMPARE((*reader)->ending(), std::optional(sampleEnding()));
    QCOMPARE((*reader)->endedAtMs(), kSampleEndedAtMs);
}

void SessionWriterTest::saysWhyItCannotWrite()
{
    const QString otherwise = QStringLiteral("database is locked");
    QCOMPARE(writeFailure(ENOSPC, otherwise),
             QStringLiteral("the disk is full; make room on it or choose another place"));
    QCOMPARE(writeFailure(EACCES, otherwise),
             QStringLiteral("the session cannot be written: Permission denied; choose another place"));
    QCOMPARE(writeFailure(0, otherwise),
             QStringLiteral("the session cannot be written: database is locked; choose another place"));
}

void SessionWriterTest::givesBackTheEventsByTime()
{
    const QString path = pathOf("events.headroom");
    auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(writer.has_value());
    const RunEvent before{-2s, QStringLiteral("note"), QStringLiteral("waited for the target")};
    const RunEvent after{3s, QStringLiteral("interrupt"), QStringLiteral("by hand")};
    QVERIFY((*writer)->append(after).has_value());
    QVERIFY((*writer)->append(sampleFrame(0)).has_value());
    QVERIFY((*writer)->append(before).has_value());
    QVERIFY((*writer)->finish({}, 1).has_value());
    const MetricsFrame frame = sampleFrame(0); // its events are at 10 ms and 5 ms
    const std::vector<RunEvent> expected{before, frame.events[1], frame.events[0], after};
    QCOMPARE(readSession(path).events, expected);
}

void SessionWriterTest::leavesOneFileThatOnlyItsOwnerCanRead()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.headroom"));
    QCOMPARE(writeSampleSession(path, 2), QString());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("a.headroom")});
    struct stat status;
    QCOMPARE(stat(QFile::encodeName(path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t(0600));
    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    const QByteArray header = file.read(100);
    QCOMPARE(header.mid(18, 2), QByteArray("\1\1", 2)); // 1: rollback journal, 2 would be WAL
    QCOMPARE(header.mid(68, 4), QByteArray("HDR1")); // the application id
    QCOMPARE(header.mid(60, 4), QByteArray("\0\0\0\1", 4)); // the user version
}

void SessionWriterTest::keepsAPartFileUntilItIsFinished()
{
    const QString path = pathOf("part.headroom");
    auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(writer.has_value());
    QCOMPARE((*writer)->path(), path);
    QCOMPARE((*writer)->partPath(), path + QLatin1String(".part"));
    QVERIFY(!QFile::exists(path));
    QVERIFY(readSession((*writer)->partPath()).error.contains(QLatin1String("a run is still writing this session")));
    QVERIFY((*writer)->finish({}, 1).has_value());
    QVERIFY(!QFile::exists((*writer)->partPath()));
    QCOMPARE(differenceFromSample(path, 0), QString());
}

void SessionWriterTest::refusesANameThatIsTaken()
{
    const QString path = pathOf("taken.headroom");
    QCOMPARE(writeSampleSession(path, 1), QString());
    const auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(!writer.has_value());
    QCOMPARE(writer.error().code, Error::Code::Unwritable);
    QCOMPARE(writer.error().text(), path + QLatin1String(": this file exists already; choose another name"));
    QVERIFY(!QFile::exists(path + QLatin1String(".part")));
    QCOMPARE(differenceFromSample(path, 1), QString());
}

void SessionWriterTest::doesNotReplaceAFileThatAppearedMeanwhile()
{
    const QString path = pathOf("appeared.headroom");
    auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(writer.has_value());
    QVERIFY((*writer)->append(sampleFrame(0)).has_value());
    QFile other(path);
    QVERIFY(other.open(QFile::WriteOnly));
    other.write("precious");
    other.close();
    const auto finished = (*writer)->finish(sampleEnding(), kSampleEndedAtMs);
    QVERIFY(!finished.has_value());
    QCOMPARE(finished.error().code, Error::Code::Unwritable);
    QCOMPARE(finished.error().subject, path);
    QCOMPARE(QFileInfo(path).size(), 8);
    QCOMPARE(differenceFromSample((*writer)->partPath(), 1), QString()); // finished, only not renamed
}

void SessionWriterTest::leavesThePartFileOfAnotherRunAlone()
{
    const QString path = pathOf("twice.headroom");
    auto first = SessionWriter::create(path, sampleHead());
    QVERIFY(first.has_value());
    QVERIFY((*first)->append(sampleFrame(0)).has_value());
    const auto refused = SessionWriter::create(path, sampleHead());
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().text(),
             path + QStringLiteral(": a run is writing it already, as %1.part; choose another name").arg(path));
    first->reset(); // as if it was killed
    auto second = SessionWriter::create(path, sampleHead());
    QVERIFY(second.has_value());
    QCOMPARE((*second)->partPath(), path + QLatin1String(".part-1"));
    QVERIFY((*second)->finish({}, 1).has_value());
    QCOMPARE(differenceFromSample(path, 0), QString());
    QCOMPARE(differenceFromSample(path + QLatin1String(".part"), 1), QString());
}

void SessionWriterTest::refusesWhatWouldBeTakenForAPartOfIt_data()
{
    QTest::addColumn<QString>("suffix");
    for (const char *suffix : {"-wal", "-journal", "-shm"})
        QTest::newRow(suffix) << QString::fromLatin1(suffix);
}

void SessionWriterTest::refusesWhatWouldBeTakenForAPartOfIt()
{
    QFETCH(QString, suffix);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("n.headroom"));
    QVERIFY(QFile(path + suffix).open(QFile::WriteOnly));
    const auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(!writer.has_value());
    QCOMPARE(writer.error().text(),
             path
                 + QStringLiteral(": %1 lies there and would be taken for a part of it; delete that or choose another name")
                       .arg(path + suffix));
    // Beside a part file of that name it is in nobody's way but that part file's.
    QVERIFY(QFile::rename(path + suffix, path + QStringLiteral(".part") + suffix));
    const auto beside = SessionWriter::create(path, sampleHead());
    QVERIFY(beside.has_value());
    QCOMPARE((*beside)->partPath(), path + QLatin1String(".part-1"));
}

void SessionWriterTest::leavesAnyOtherPartFileAlone()
{
    const QString path = pathOf("other.headroom");
    QFile other(path + QLatin1String(".part"));
    QVERIFY(other.open(QFile::WriteOnly));
    other.write("precious");
    other.close();
    QCOMPARE(writeSampleSession(path, 1), QString());
    QCOMPARE(other.size(), 8);
    QCOMPARE(differenceFromSample(path, 1), QString());
}

void SessionWriterTest::saysWhyAFolderCannotBeWritten_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("words");
    QTest::newRow("missing folder") << pathOf("none/a.headroom") << QStringLiteral("does not exist");
    QTest::newRow("a file as folder") << QStringLiteral("/dev/null/a.headroom") << QStringLiteral("does not exist");
    QTest::newRow("no place for files") << QStringLiteral("/proc/a.headroom") << QStringLiteral("cannot be written");
    QTest::newRow("name too long") << pathOf("x") + QString(300, u'x') << QStringLiteral("File name too long");
}

void SessionWriterTest::saysWhyAFolderCannotBeWritten()
{
    QFETCH(QString, path);
    QFETCH(QString, words);
    const auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(!writer.has_value());
    QCOMPARE(writer.error().code, Error::Code::Unwritable);
    QCOMPARE(writer.error().subject, path);
    QVERIFY2(writer.error().message.contains(words), qPrintable(writer.error().message));
}

void SessionWriterTest::noticesThatItsFolderWasDeleted()
{
    QTemporaryDir folder;
    auto writer = SessionWriter::create(folder.filePath(QStringLiteral("a.headroom")), sampleHead());
    QVERIFY(writer.has_value());
    QVERIFY((*writer)->append(sampleFrame(0)).has_value());
    QVERIFY(folder.remove());
    const auto appended = (*writer)->append(sampleFrame(1));
    QVERIFY(!appended.has_value());
    QCOMPARE(appended.error().code, Error::Code::Unwritable);
    QCOMPARE(appended.error().subject, (*writer)->partPath());
    QVERIFY(!(*writer)->finish({}, 1).has_value());
}

void SessionWriterTest::noticesThatItsFileWasReplaced()
{
    const QString path = pathOf("replaced.headroom");
    auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(writer.has_value());
    QVERIFY(QFile::rename((*writer)->partPath(), pathOf("elsewhere")));
    QFile other((*writer)->partPath());
    QVERIFY(other.open(QFile::WriteOnly));
    QCOMPARE((*writer)->append(sampleFrame(0)).error().code, Error::Code::Unwritable);
    QCOMPARE((*writer)->finish({}, 1).error().code, Error::Code::Unwritable);
    QVERIFY(!QFile::exists(path));
}

void SessionWriterTest::refusesAFrameThatDoesNotFit_data()
{
    QTest::addColumn<MetricsFrame>("frame");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QString &words, auto change) {
        MetricsFrame frame = sampleFrame(3);
        change(frame);
        QTest::newRow(name) << frame << words;
    };
    row("the second before it", QStringLiteral("second 1 was written"), [](MetricsFrame &f) { f.second = 1; });
    row("an earlier second", QStringLiteral("second 1 was written"), [](MetricsFrame &f) { f.second = 0; });
    row("negative second", QStringLiteral("time is out of range"), [](MetricsFrame &f) { f.second = -1; });
    row("negative length", QStringLiteral("time is out of range"), [](MetricsFrame &f) { f.length = -1ns; });
    row("a step less", QStringLiteral("other steps"), [](MetricsFrame &f) { f.steps.pop_back(); });
    row("a series more", QStringLiteral("other steps"), [](MetricsFrame &f) { f.probes.push_back(1.0); });
    row("unknown stage", QStringLiteral("unknown stage"), [](MetricsFrame &f) { f.stage.value = 2; });
    row("unknown failing step", QStringLiteral("unknown step"), [](MetricsFrame &f) { f.failures[0].step.value = 3; });
    const auto exampleRow = [&](const char *name, const FailureExample &example) {
        row(name, QStringLiteral("out of its limits"),
            [&](MetricsFrame &f) { f.failures[1].example = std::make_shared<const FailureExample>(example); });
    };
    const QString longText(FailureExample::kMaxTextLength + 1, QLatin1Char('x'));
    exampleRow("method of an example", {.method = longText});
    exampleRow("URL of an example", {.url = longText});
    exampleRow("content type of an example", {.contentType = longText});
    exampleRow("detail of an example", {.detail = longText});
    exampleRow("body of an example", {.bodyHead = QByteArray(4097, 'x'), .bodyBytes = 5000});
    exampleRow("example shorter than its head", {.bodyHead = "oops", .bodyBytes = 3});
    exampleRow("huge example", {.bodyBytes = UINT64_MAX});
    row("no number", QStringLiteral("number is out"), [](MetricsFrame &f) { f.probes[0] = std::nan(""); });
    row("endless load", QStringLiteral("number is out"), [](MetricsFrame &f) { f.offeredPerSecond = INFINITY; });
    row("huge count", QStringLiteral("number is out"), [](MetricsFrame &f) { f.steps[0].counts.bytesIn = UINT64_MAX; });
    row("a worker too many", QStringLiteral("more workers"), [](MetricsFrame &f) { f.workers.resize(4); });
    row("negative lag of a worker", QStringLiteral("number is out"),
        [](MetricsFrame &f) { f.workers[0].loopLagP99 = -1ns; });
    row("negative wait", QStringLiteral("number is out"), [](MetricsFrame &f) { f.process.waitSeconds = -1.0; });
    row("huge number of descriptors", QStringLiteral("number is out"),
        [](MetricsFrame &f) { f.process.descriptors = UINT64_MAX; });
    row("exemplar of an unknown step", QStringLiteral("slowest exchanges"),
        [](MetricsFrame &f) { f.exemplars[0].sample.step = StepIndex{3}; });
    row("exemplar with a long URL", QStringLiteral("slowest exchanges"),
        [&longText](MetricsFrame &f) { f.exemplars[1].url = longText; });
    row("exemplar with a negative opening", QStringLiteral("slowest exchanges"),
        [](MetricsFrame &f) { f.exemplars[0].opening->tls = -1ns; });
    row("more statuses than a second has rows", QStringLiteral("more workers, statuses"), [](MetricsFrame &f) {
        for (int status = 0; status <= 1 << 20; ++status)
            f.steps[0].counts.byStatus[status] = 1;
    });
    row("event out of time", QStringLiteral("event's time"),
        [](MetricsFrame &f) { f.events[0].at = Nanoseconds::max(); });
}

void SessionWriterTest::refusesAFrameThatDoesNotFit()
{
    QFETCH(MetricsFrame, frame);
    QFETCH(QString, words);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.headroom"));
    auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(writer.has_value());
    QVERIFY((*writer)->append(sampleFrame(0)).has_value());
    QVERIFY((*writer)->append(sampleFrame(1)).has_value());
    const auto appended = (*writer)->append(frame);
    QVERIFY(!appended.has_value());
    QCOMPARE(appended.error().code, Error::Code::Internal);
    QVERIFY2(appended.error().message.contains(words), qPrintable(appended.error().message));
    QVERIFY((*writer)->append(sampleFrame(2)).has_value());
    QVERIFY((*writer)->finish({}, 1).has_value());
    QCOMPARE(differenceFromSample(path, 3), QString());
}

void SessionWriterTest::refusesSamplesThatDoNotFit_data()
{
    using Change = std::function<void(SecondSamples &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *words, const Change &change) {
        QTest::newRow(name) << change << QString::fromLatin1(words);
    };
    row("another second", "another second", [](SecondSamples &samples) { samples.second = 1; });
    row("more than could be", "number of raw samples", [](SecondSamples &samples) { samples.candidates = 1; });
    row("endlessly many", "number of raw samples", [](SecondSamples &samples) { samples.candidates = UINT64_MAX; });
    row("unknown step", "out of range", [](SecondSamples &samples) { samples.kept[0].step = StepIndex{3}; });
    row("no step", "out of range", [](SecondSamples &samples) { samples.kept[0].step = StepIndex{}; });
    row("out of time", "out of range", [](SecondSamples &samples) { samples.kept[1].sent = Nanoseconds::max(); });
    row("endless bytes", "out of range", [](SecondSamples &samples) { samples.kept[1].bytesOut = UINT64_MAX; });
}

void SessionWriterTest::refusesSamplesThatDoNotFit()
{
    QFETCH(std::function<void(SecondSamples &)>, change);
    QFETCH(QString, words);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a"));
    const auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(writer.has_value());
    SecondSamples samples = sampleSamples(0);
    change(samples);
    const auto appended = (*writer)->append(sampleFrame(0), &samples);
    QVERIFY(!appended.has_value());
    QVERIFY2(appended.error().message.contains(words), qPrintable(appended.error().message));
    samples = sampleSamples(0);
    QVERIFY((*writer)->append(sampleFrame(0), &samples).has_value()); // nothing of the first try was stored
    QVERIFY((*writer)->finish({}, 1).has_value());
    const auto reader = SessionReader::open(path);
    std::vector<SecondSamples> given;
    QVERIFY((*reader)->forEachSamples([&](const SecondSamples &one) {
        given.push_back(one);
        return true;
    }));
    QVERIFY(given == std::vector{sampleSamples(0)});
}

void SessionWriterTest::refusesAHeadThatDoesNotFit()
{
    SessionHead head = sampleHead();
    head.facts.steps[1].flow = FlowIndex{2};
    QCOMPARE(SessionWriter::create(pathOf("head.headroom"), head).error().code, Error::Code::Internal);
    head = sampleHead();
    head.facts.stages[0].start = Nanoseconds::max();
    QCOMPARE(SessionWriter::create(pathOf("head.headroom"), head).error().code, Error::Code::Internal);
    head = sampleHead();
    head.scenarioText.resize(17 * 1024 * 1024, ' '); // one value takes 16 MiB at most
    QCOMPARE(SessionWriter::create(pathOf("head.headroom"), head).error().code, Error::Code::Unwritable);
    QVERIFY(!QFile::exists(pathOf("head.headroom.part")));
}

void SessionWriterTest::appendsNothingAfterTheFinish()
{
    const QString path = pathOf("finished.headroom");
    auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(writer.has_value());
    QVERIFY((*writer)->finish({}, 1).has_value());
    QCOMPARE((*writer)->append(sampleFrame(0)).error().code, Error::Code::Internal);
    QCOMPARE((*writer)->append(RunEvent{}).error().code, Error::Code::Internal);
    QCOMPARE((*writer)->finish({}, 1).error().code, Error::Code::Internal);
    QCOMPARE(differenceFromSample(path, 0), QString());
}

void SessionWriterTest::keepsTheRulesThatAHandLeft()
{
    for (const QStringList &last : {QStringList{QStringLiteral("p95 < 1 s from 3 s")}, QStringList()}) {
        const QString path = pathOf("steered.headroom");
        QFile::remove(path);
        auto writer = SessionWriter::create(path, sampleHead());
        QVERIFY(writer.has_value());
        QVERIFY((*writer)->append(sampleFrame(0)).has_value());
        QVERIFY((*writer)->setRules({QStringLiteral("errors < 1 % from 1 s"), QStringLiteral("errors < 2 % from 1 s")}));
        QVERIFY((*writer)->append(sampleFrame(1)).has_value());
        QVERIFY((*writer)->setRules(last));
        QVERIFY((*writer)->finish(sampleEnding(), kSampleEndedAtMs).has_value());
        const auto reader = SessionReader::open(path);
        QVERIFY2(reader.has_value(), reader ? "" : qPrintable(reader.error().text()));
        QCOMPARE((*reader)->facts()->rules, last);
        SessionHead head = sampleHead();
        replaceRules(head.facts, last);
        QCOMPARE((*reader)->head(), head);
        QVERIFY((*reader)->wasClosedCleanly());
        QCOMPARE(readSession(path).frames.size(), 2U);
    }
}

void SessionWriterTest::keepsThemWhenTheRunIsKilled()
{
    const QString path = pathOf("killed.headroom");
    const QStringList rules{QStringLiteral("errors < 1 % from 1 s")};
    auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY((*writer)->setRules(rules));
    writer->reset();
    const auto reader = SessionReader::open(path + QStringLiteral(".part"));
    QVERIFY2(reader.has_value(), reader ? "" : qPrintable(reader.error().text()));
    QCOMPARE((*reader)->facts()->rules, rules);
    QVERIFY(!(*reader)->wasClosedCleanly());
}

QTEST_GUILESS_MAIN(SessionWriterTest)
#include "tst_sessionwriter.moc"
