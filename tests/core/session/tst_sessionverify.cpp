// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/database.h"
#include "core/session/minuterows.h"
#include "core/session/sessiondigest.h"
#include "core/session/steprows.h"
#include "tests/core/session/recordedsession.h"
#include "tests/core/session/samplesession.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

/// Looking at everything: good sessions are good, and whatever opening does not see is found.
class SessionVerifyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsNothingInAGoodSession_data();
    void findsNothingInAGoodSession();
    void tellsHowFarItIs();
    void isRefusedWhenWhatWasClosedIsChanged_data();
    void isRefusedWhenWhatWasClosedIsChanged();
    void findsWhatWasChanged_data();
    void findsWhatWasChanged();
    void findsSamplesThatAreNotWhatWasCounted_data();
    void findsSamplesThatAreNotWhatWasCounted();
    void findsAnotherTimeOfAnErrorThatWasAnswered();
    void findsSamplesOfARunThatKeepsNone();
    void findsAMinuteThatIsNotTheSumOfItsSeconds_data();
    void findsAMinuteThatIsNotTheSumOfItsSeconds();
    void believesPartsOfASecond();

private:
    QString pathOf(const char *name) { return m_folder.filePath(QLatin1String(name) + QString::number(++m_files)); }
    QTemporaryDir m_folder;
    int m_files = 0;
};

namespace {

std::vector<int> someSeconds()
{
    std::vector<int> seconds;
    for (int second = 0; second < 130; ++second)
        if (second % 11 != 4)
            seconds.push_back(second);
    return seconds;
}

QString verdictOf(const QString &path)
{
    const auto reader = SessionReader::open(path);
    if (!reader)
        return reader.error().text();
    const auto verified = (*reader)->verify();
    return verified ? QString() : verified.error().text();
}

} // namespace

void SessionVerifyTest::findsNothingInAGoodSession_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("finished") << writeRecorded(pathOf("finished"), someSeconds());
    QTest::newRow("killed") << writeRecorded(pathOf("killed"), someSeconds(), Ended::Killed);
    QTest::newRow("only errors kept") << writeRecorded(pathOf("errors"), someSeconds(), Ended::Cleanly,
                                                       SampleKeeping::Errors);
    QTest::newRow("nothing kept") << writeRecorded(pathOf("off"), someSeconds(), Ended::Cleanly, SampleKeeping::Off);
    QTest::newRow("without a second") << writeRecorded(pathOf("none"), {});
    QTest::newRow("one second") << writeRecorded(pathOf("one"), {59});
    const QString sample = pathOf("sample");
    QCOMPARE(writeSampleSession(sample, 61), QString());
    QTest::newRow("every field") << sample;
}

void SessionVerifyTest::findsNothingInAGoodSession()
{
    QFETCH(QString, path);
    QVERIFY(!path.isEmpty());
    QCOMPARE(verdictOf(path), QString());
}

void SessionVerifyTest::tellsHowFarItIs()
{
    const auto reader = SessionReader::open(writeRecorded(pathOf("progress"), someSeconds()));
    QVERIFY(reader.has_value());
    std::vector<double> shares;
    QVERIFY((*reader)->verify([&](double share) { shares.push_back(share); }));
    QVERIFY(std::ranges::is_sorted(shares));
    QCOMPARE_GT(shares.size(), 100U);
    QCOMPARE_GT(shares.front(), 0.0);
    QCOMPARE(shares.back(), 1.0);
}

void SessionVerifyTest::isRefusedWhenWhatWasClosedIsChanged_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *sql, const char *words = "closing digest") {
        QTest::newRow(name) << QByteArray(sql) << QString::fromLatin1(words);
    };
    row("a minute less", "DELETE FROM step_minutes WHERE id >> 20 = 1");
    row("a minute's digest", "UPDATE step_minutes SET digest = zeroblob(16) WHERE id = 0");
    row("a minute more",
        "INSERT INTO step_minutes SELECT id + (7 << 20), digest, 1, 1, 1, 1, 1, 1, 1, 1, 1, x'', x'',"
        " x'', x'' FROM step_minutes WHERE id = 0");
    row("a minute before all", "UPDATE step_minutes SET id = -1 WHERE id = 0", "out of order");
    row("a second of samples less", "DELETE FROM samples WHERE second = 5");
    row("samples of another second", "UPDATE samples SET second = 4 WHERE second = 5");
    row("more samples left out", "UPDATE samples SET candidates = candidates + 1 WHERE second = 5");
    row("more samples than could be", "UPDATE samples SET kept = candidates + 1 WHERE second = 5", "out of range");
    row("endlessly many samples", "UPDATE samples SET candidates = 9223372036854775807", "out of range");
    row("samples of a second below zero", "UPDATE samples SET second = -1 WHERE second = 5", "out of order");
    row("samples of a run that keeps none", "UPDATE facts SET value = 'off' WHERE key = 'samples'",
        "head does not fit");
    row("an unknown keeping", "UPDATE facts SET value = 'some' WHERE key = 'samples'", "which raw samples it holds");
    row("an attachment less", "DELETE FROM attachments");
    row("another name", "UPDATE attachments SET name = 'x'");
    row("a name with a folder", "UPDATE attachments SET name = '../x'", "out of its limits");
    row("a name that is a folder", "UPDATE attachments SET name = '..'", "out of its limits");
    row("no name", "UPDATE attachments SET name = ''", "out of its limits");
    row("another size", "UPDATE attachments SET bytes = bytes + 1");
    row("a huge size", "UPDATE attachments SET bytes = 67108865", "out of its limits");
    row("a size below zero", "UPDATE attachments SET bytes = -1", "out of its limits");
    row("a huge stored size", "UPDATE attachments SET stored_bytes = 9223372036854775807", "out of its limits");
    row("a gap", "UPDATE attachments SET attachment = 1", "have a gap");
    row("too many attachments",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
        " INSERT INTO attachments SELECT i, 'a', '', 0, 0, 0, x'' FROM n",
        "too many");
}

void SessionVerifyTest::isRefusedWhenWhatWasClosedIsChanged()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, words);
    const QString path = writeRecorded(pathOf("closed"), someSeconds());
    QCOMPARE(changeSession(path, sql), QString());
    const auto reader = SessionReader::open(path);
    QVERIFY(!reader.has_value());
    QCOMPARE(reader.error().code, Error::Code::InvalidInput);
    QVERIFY2(reader.error().message.contains(words), qPrintable(reader.error().message));
}

void SessionVerifyTest::findsWhatWasChanged_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *sql, const char *words) {
        QTest::newRow(name) << QByteArray(sql) << QString::fromLatin1(words);
    };
    row("another digit in a second", "UPDATE step_seconds SET bytes_in = bytes_in + 1 WHERE id >> 20 = 100",
        "second 100 does not fit its digest");
    row("a row of no second", "INSERT INTO step_statuses VALUES (900 << 20, 0, 200, 1)", "belongs to no second");
    row("a minute less", "DELETE FROM step_minutes WHERE id = 1 << 20", "a step without requests");
    row("a whole minute less",
        "DELETE FROM step_minutes WHERE id >> 20 = 1; DELETE FROM minute_statuses WHERE id >> 20 = 1;"
        "DELETE FROM minute_failures WHERE id >> 20 = 1",
        "merged minute 1 is not what its seconds give");
    row("a gap in a second's failures",
        "UPDATE step_failures SET id = id + 1 WHERE id = (SELECT max(id) FROM step_failures)",
        "a row of a second is missing");
    row("the last second less, but not its samples",
        "DELETE FROM frames WHERE second = 129; DELETE FROM flow_seconds WHERE id >> 20 = 129;"
        "DELETE FROM step_seconds WHERE id >> 20 = 129; DELETE FROM step_statuses WHERE id >> 20 = 129;"
        "DELETE FROM step_failures WHERE id >> 20 = 129",
        "raw samples belong to no second");
    row("minutes exchanged",
        "UPDATE step_minutes SET id = 9 WHERE id = 0; UPDATE step_minutes SET id = 0 WHERE id = 1 << 20;"
        "UPDATE step_minutes SET id = 1 << 20 WHERE id = 9",
        "merged minute 0 does not fit its digest");
    row("a minute that is not over", "INSERT INTO minute_statuses VALUES (2 << 20, 0, 200, 1)", "belongs to no second");
    row("samples of no second", "UPDATE samples SET second = 4 WHERE second = 5", "do not fit their digest");
    row("more samples left out", "UPDATE samples SET candidates = candidates + 1 WHERE second = 5",
        "do not fit their digest");
    row("another block", "UPDATE samples SET block = zeroblob(20) WHERE second = 5", "do not fit their digest");
    row("a part of an attachment less", "DELETE FROM attachment_parts", "cannot be unpacked");
    row("another part", "UPDATE attachment_parts SET bytes = zeroblob(20)", "cannot be unpacked");
    row("a long part", "UPDATE attachment_parts SET bytes = zeroblob(2000)", "missing or too long");
    row("a part of no attachment", "INSERT INTO attachment_parts VALUES (1 << 20, x'00')", "belongs to none");
    row("a part too many", "INSERT INTO attachment_parts VALUES (1, x'00')", "belongs to none");
    row("a part before all", "INSERT INTO attachment_parts VALUES (-1, x'00')", "belongs to none");
    row("another time of an attachment", "UPDATE attachments SET at_ns = at_ns + 1", "does not fit its digest");
    row("another size of an attachment", "UPDATE attachments SET bytes = bytes + 1", "cannot be unpacked");
}

/// Of killed runs: they have no closing digest that would notice when they are opened.
void SessionVerifyTest::findsWhatWasChanged()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, words);
    const QString path = writeRecorded(pathOf("killed"), someSeconds(), Ended::Killed);
    QCOMPARE(verdictOf(path), QString());
    QCOMPARE(changeSession(path, sql), QString());
    const QString verdict = verdictOf(path);
    QVERIFY2(verdict.contains(words), qPrintable(verdict));
}

void SessionVerifyTest::findsSamplesThatAreNotWhatWasCounted_data()
{
    using Change = std::function<void(SecondSamples &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const Change &change, const char *words = "do not give its counts") {
        QTest::newRow(name) << change << QString::fromLatin1(words);
    };
    row("a nanosecond more", [](SecondSamples &samples) { samples.kept[0].finished += 1ns; });
    row("a longer lag", [](SecondSamples &samples) { samples.kept[0].sent += 1ms; });
    row("sent later, and answered as much sooner", [](SecondSamples &samples) {
        const auto answered = std::ranges::find(samples.kept, Outcome::Answered, &RawSample::outcome);
        answered->sent += 1us;
        answered->finished -= 1us;
    });
    row("a byte more", [](SecondSamples &samples) { ++samples.kept[0].bytesIn; });
    row("another status", [](SecondSamples &samples) { samples.kept[0].status = 204; });
    row("another step", [](SecondSamples &samples) { samples.kept[0].step = StepIndex{1}; });
    row("a sample more", [](SecondSamples &samples) {
        samples.kept.push_back(samples.kept[0]);
        ++samples.candidates;
    });
    row("a sample less", [](SecondSamples &samples) {
        samples.kept.pop_back();
        --samples.candidates;
    });
    row(
        "an error without a kind",
        [](SecondSamples &samples) {
            samples.kept[0].outcome = Outcome::Error;
            samples.kept[0].failure = FailureKind::None;
        },
        "an error without a kind");
    row(
        "a kind without an error",
        [](SecondSamples &samples) {
            samples.kept[0].outcome = Outcome::Answered;
            samples.kept[0].failure = FailureKind::Dns;
        },
        "a kind without an error");
}

/// The digests are right, as the writer made them itself.
void SessionVerifyTest::findsSamplesThatAreNotWhatWasCounted()
{
    QFETCH(std::function<void(SecondSamples &)>, change);
    QFETCH(QString, words);
    const QString path = pathOf("lie");
    const auto writer = SessionWriter::create(path, recordedHead());
    QVERIFY(writer.has_value());
    RecordedSecond recorded = recordedSecond(1);
    QCOMPARE_GT(recorded.samples.kept.size(), 3U);
    change(recorded.samples);
    QVERIFY((*writer)->append(recorded.frame, &recorded.samples).has_value());
    QVERIFY((*writer)->finish({}, 1).has_value());
    const QString verdict = verdictOf(path);
    QVERIFY2(verdict.contains(QLatin1String("second 1: ")) && verdict.contains(words), qPrintable(verdict));
}

void SessionVerifyTest::findsAnotherTimeOfAnErrorThatWasAnswered()
{
    RecordedSecond recorded;
    const auto error = [&] {
        return std::ranges::find(recorded.samples.kept, FailureKind::Status, &RawSample::failure);
    };
    for (int second = 0; error() == recorded.samples.kept.end(); ++second)
        recorded = recordedSecond(second);
    error()->finished += 1ns;
    const QString path = pathOf("error");
    const auto writer = SessionWriter::create(path, recordedHead());
    QVERIFY(writer.has_value());
    QVERIFY((*writer)->append(recorded.frame, &recorded.samples).has_value());
    QVERIFY((*writer)->finish({}, 1).has_value());
    QVERIFY(verdictOf(path).contains(QLatin1String("do not give its counts")));
}

void SessionVerifyTest::findsSamplesOfARunThatKeepsNone()
{
    const QString path = writeRecorded(pathOf("none"), {0, 1}, Ended::Killed, SampleKeeping::Off);
    QCOMPARE(changeSession(path, "INSERT INTO samples VALUES (1, 1, 0, zeroblob(16), x'')"), QString());
    const QString verdict = verdictOf(path);
    QVERIFY2(verdict.contains(QLatin1String("raw samples that it should not have")), qPrintable(verdict));
}

void SessionVerifyTest::findsAMinuteThatIsNotTheSumOfItsSeconds_data()
{
    using Change = std::function<void(EncodedLatencySet &)>;
    QTest::addColumn<Change>("change");
    QTest::newRow("a byte more") << Change([](EncodedLatencySet &set) { ++set.counts.bytesIn; });
    QTest::newRow("other times") << Change([](EncodedLatencySet &set) {
        set.histograms[std::size_t(LatencyKind::Failed)] = set.histograms[std::size_t(LatencyKind::Response)];
    });
}

/// The minute's digest is right, as it was made anew.
void SessionVerifyTest::findsAMinuteThatIsNotTheSumOfItsSeconds()
{
    QFETCH(std::function<void(EncodedLatencySet &)>, change);
    const QString path = writeRecorded(pathOf("minute"), someSeconds(), Ended::Killed);
    {
        const auto database = Database::open(path, Database::Mode::Write);
        QVERIFY(database.has_value());
        std::vector<StepRowsReader::Row> rows = MinuteRowsReader(**database, recordedHead().facts, 0).read(0);
        QVERIFY(!rows.empty());
        change(rows[0].set);
        for (const char *table : {"step_minutes", "minute_statuses", "minute_failures"})
            (*database)->execute(QByteArray("DELETE FROM ") + table + " WHERE id >> 20 = 0");
        StepRowsWriter writer(**database, StepPeriod::Minute);
        writer.begin(0);
        for (const StepRowsReader::Row &row : rows)
            writer.write(row.step, row.set, digestOfMinute(0, row.step, row.set));
        QVERIFY((*database)->takeResult().has_value());
    }
    const QString verdict = verdictOf(path);
    QVERIFY2(verdict.contains(QLatin1String("merged minute 0 is not what its seconds give")), qPrintable(verdict));
}

void SessionVerifyTest::believesPartsOfASecond()
{
    // One of them was left out: nobody can say that the rest is not a part of the second.
    const QString path = pathOf("part");
    const auto writer = SessionWriter::create(path, recordedHead());
    QVERIFY(writer.has_value());
    RecordedSecond recorded = recordedSecond(1);
    recorded.samples.kept.pop_back();
    QVERIFY(!recorded.samples.isWhole());
    QVERIFY((*writer)->append(recorded.frame, &recorded.samples).has_value());
    QVERIFY((*writer)->finish({}, 1).has_value());
    QCOMPARE(verdictOf(path), QString());
    const auto totals = (*SessionReader::open(path))->sampleTotals();
    QCOMPARE(totals.candidates, totals.kept + 1);
}

QTEST_GUILESS_MAIN(SessionVerifyTest)
#include "tst_sessionverify.moc"
