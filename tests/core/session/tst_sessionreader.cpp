// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/database.h"
#include "tests/core/session/samplesession.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <sys/stat.h>

using namespace Headroom;

/// Sessions as others might hand them to us. Whatever stands in them: an error in one sentence, or the data as written.
class SessionReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void stopsWhenToldTo();
    void changesNothingBesideTheFile();
    void readsAFileItMayNotWrite();
    void refusesWhatIsNoSession_data();
    void refusesWhatIsNoSession();
    void refusesFoldersPipesAndMissingFiles();
    void refusesTruncatedFiles_data();
    void refusesTruncatedFiles();
    void findsAPageThatBelongsToNothing();
    void refusesChangedTablesAndRows_data();
    void refusesChangedTablesAndRows();
    void survivesEveryFlippedBit();

private:
    QString pathWith(const QByteArray &bytes);
    QTemporaryDir m_folder;
    QByteArray m_good;
    int m_files = 0;
};

void SessionReaderTest::initTestCase()
{
    const QString path = m_folder.filePath(QStringLiteral("good.headroom"));
    QCOMPARE(writeSampleSession(path, 3), QString());
    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    m_good = file.readAll();
}

QString SessionReaderTest::pathWith(const QByteArray &bytes)
{
    const QString path = m_folder.filePath(QStringLiteral("%1.headroom").arg(++m_files));
    QFile file(path);
    if (!file.open(QFile::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

void SessionReaderTest::stopsWhenToldTo()
{
    const auto reader = SessionReader::open(pathWith(m_good));
    QVERIFY(reader.has_value());
    std::vector<int> seconds;
    const auto use = [&](const FramePtr &frame) {
        seconds.push_back(frame->second);
        return frame->second % 2 == 0;
    };
    QVERIFY((*reader)->forEachFrame(use).has_value());
    QVERIFY((*reader)->forEachFrame(use).has_value());
    QCOMPARE(seconds, (std::vector{0, 1, 0, 1})); // each time from the start
}

void SessionReaderTest::changesNothingBesideTheFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.headroom"));
    QVERIFY(QFile::copy(pathWith(m_good), path));
    const auto reader = SessionReader::open(path);
    QVERIFY(reader.has_value());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("a.headroom")});
    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll(), m_good);
}

void SessionReaderTest::readsAFileItMayNotWrite()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.headroom"));
    QVERIFY(QFile::copy(pathWith(m_good), path));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
    QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner));
    QCOMPARE(differenceFromSample(path, 3), QString());
    QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

void SessionReaderTest::refusesWhatIsNoSession_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing at all") << QByteArray() << QStringLiteral("nothing was recorded");
    QTest::newRow("a text") << QByteArray("headroom: 1\n") << QStringLiteral("not a Headroom session");
    QTest::newRow("zeros") << QByteArray(8192, '\0') << QStringLiteral("not a Headroom session");
    QTest::newRow("only SQLite's first words")
        << QByteArray("SQLite format 3\0", 16) << QStringLiteral("not a Headroom session");
    QByteArray other = m_good;
    other.replace(68, 4, "ABCD");
    QTest::newRow("another program's database") << other << QStringLiteral("not a Headroom session");
    QByteArray newer = m_good;
    newer[63] = 2;
    QTest::newRow("of a newer version") << newer
                                        << QStringLiteral("newer Headroom (session version 2); this one reads "
                                                          "version 1");
    QByteArray older = m_good;
    older[63] = 0;
    QTest::newRow("of no version") << older << QStringLiteral("not a Headroom session");
}

void SessionReaderTest::refusesWhatIsNoSession()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const QString path = pathWith(bytes);
    const auto reader = SessionReader::open(path);
    QVERIFY(!reader.has_value());
    QCOMPARE(reader.error().code, Error::Code::InvalidInput);
    QCOMPARE(reader.error().subject, path);
    QVERIFY2(reader.error().message.contains(words), qPrintable(reader.error().message));
}

void SessionReaderTest::refusesFoldersPipesAndMissingFiles()
{
    QCOMPARE(SessionReader::open(m_folder.filePath(QStringLiteral("none"))).error().code, Error::Code::NotFound);
    QCOMPARE(SessionReader::open(m_folder.path()).error().code, Error::Code::Unreadable);
    const QString pipe = m_folder.filePath(QStringLiteral("pipe"));
    QCOMPARE(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    QCOMPARE(SessionReader::open(pipe).error().code, Error::Code::Unreadable); // and does not wait for a writer
}

void SessionReaderTest::refusesTruncatedFiles_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {1, 99, 100, 512, 4095, 4096, 4097, 40'000})
        QTest::addRow("%d bytes", size) << size;
    QTest::newRow("a page less") << int(m_good.size()) - 4096;
    QTest::newRow("a byte less") << int(m_good.size()) - 1;
}

void SessionReaderTest::refusesTruncatedFiles()
{
    QFETCH(int, size);
    QCOMPARE_LT(size, m_good.size());
    const auto reader = SessionReader::open(pathWith(m_good.first(size)));
    QVERIFY(!reader.has_value());
    QCOMPARE(reader.error().code, Error::Code::InvalidInput);
}

void SessionReaderTest::findsAPageThatBelongsToNothing()
{
    // Every value is right; only SQLite's own check can see it, so it opens. The number of pages stands at 28, big endian.
    QByteArray bytes = m_good + QByteArray(4096, '\0');
    const auto pages = qFromBigEndian<quint32>(bytes.constData() + 28);
    QCOMPARE(qsizetype(pages) * 4096, m_good.size());
    qToBigEndian(pages + 1, bytes.data() + 28);
    const auto reader = SessionReader::open(pathWith(bytes));
    QVERIFY2(reader.has_value(), reader ? "" : qPrintable(reader.error().text()));
    const auto verified = (*reader)->verify();
    QVERIFY(!verified.has_value());
    QVERIFY2(verified.error().message.contains(QLatin1String("never used")), qPrintable(verified.error().message));
}

void SessionReaderTest::refusesChangedTablesAndRows_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *sql, const char *words) {
        QTest::newRow(name) << QByteArray(sql) << QString::fromLatin1(words);
    };
    const char *tables = "tables are not those of a session";
    row("a view", "CREATE VIEW v AS SELECT * FROM steps", tables);
    row("a trigger", "CREATE TRIGGER t AFTER INSERT ON steps BEGIN DELETE FROM rules; END", tables);
    row("an index", "CREATE INDEX i ON step_seconds (requests)", tables);
    row("a table more", "CREATE TABLE more (a)", tables);
    row("a table less", "DROP TABLE probe_values", tables);
    row("a column more", "ALTER TABLE steps ADD COLUMN more TEXT", tables);
    row("a generated column", "ALTER TABLE steps ADD COLUMN g INTEGER AS (abs(step))", tables);
    row("statistics", "ANALYZE", tables);
    row("a step of an unknown flow", "UPDATE steps SET flow = 2", "unknown flow");
    row("a gap between steps", "UPDATE steps SET step = 7 WHERE step = 2", "gap");
    row("a stage that ends after the end of time", "UPDATE stages SET length_ns = 9223372036854775807", "out of range");
    row("an endless share", "UPDATE flows SET intended_share = 9e999", "out of range");
    row("no word on connections", "DELETE FROM connections", "connections were made is missing");
    row("two words on connections", "INSERT INTO connections SELECT * FROM connections", "stands there twice");
    row("connections of no family", "UPDATE connections SET family = 'ipx'", "family or the streams");
    row("connections without a stream", "UPDATE connections SET streams = 0", "family or the streams");
    row("verified after all", "UPDATE connections SET is_verified = 1", "head does not fit");
    row("verified by half", "UPDATE connections SET is_verified = 2", "a yes or no is neither");
    row("a gap between addresses", "UPDATE connection_sources SET position = 7 WHERE position = 1", "gap");
    row("another address", "UPDATE connection_sources SET address = '::2' WHERE position = 1", "head does not fit");
    row("a missing name", "DELETE FROM facts WHERE key = 'name'", "entry name is missing");
    row("an objective of no rule", "UPDATE objectives SET rule = 2 WHERE objective = 1", "unknown rule");
    row("an objective below all rules", "UPDATE objectives SET rule = -1 WHERE objective = 1", "unknown rule");
    row("a requirement of no rule", "UPDATE requirements SET rule = 2147483647", "unknown rule");
    row("a gap between objectives", "UPDATE objectives SET objective = 7 WHERE objective = 1", "gap");
    row("a required rule that is none", "UPDATE required_rules SET rule = 2 WHERE position = 1", "unknown rule");
    row("another required rule", "UPDATE required_rules SET is_counted = 0 WHERE position = 0", "head does not fit");
    row("more rules than are judged",
        "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
        " INSERT INTO rules SELECT i, 'max < 1 s' FROM n",
        "more than 1000 rules");
    row("more objectives than are shown",
        "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
        " INSERT INTO objectives SELECT i, 'r' || i, 'm' || i, 0 FROM n",
        "too long");
    row("more observations than are summed",
        "WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
        " INSERT INTO observations SELECT i, 'o' || i, 'value', '', 0, NULL FROM n",
        "too long");
    row("another requirement", "UPDATE requirements SET text = 'nothing'", "head does not fit");
    row("another acceptance", "UPDATE facts SET value = 'at least 0' WHERE key = 'acceptance'", "head does not fit");
    row("no acceptance", "DELETE FROM facts WHERE key = 'acceptance'", "entry acceptance is missing");
    row("more memory than there can be", "UPDATE facts SET value = 9223372036854775807 WHERE key = 'machine_memory_bytes'",
        "memory of its machine is out of range");
    row("a fact more", "INSERT INTO facts VALUES ('more', 1)", "nobody knows");
    row("a name that is a number", "UPDATE facts SET value = 1 WHERE key = 'name'", "wrong type");
    row("another scenario text", "UPDATE meta SET value = x'00' WHERE key = 'scenario_text'", "head does not fit");
    row("rules by hand without a digest", "INSERT INTO steered_rules VALUES (0, 'errors < 1 %')", "without their digest");
    row("a digest without rules by hand", "INSERT INTO meta VALUES ('rules_digest', x'00')", "rules by hand do not fit");
    row("an unknown ending", "UPDATE meta SET value = 'lost' WHERE key = 'ending'", "its ending is not one");
    row("another ending", "UPDATE meta SET value = 'completed' WHERE key = 'ending'", "closing digest");
    row("half an ending", "DELETE FROM meta WHERE key = 'ending'", "entry ending is missing");
    row("not closed after all", "UPDATE meta SET value = 0 WHERE key = 'closed_cleanly'", "its ending is not one");
    row("a worker too many", "INSERT INTO worker_seconds VALUES (2 * 1048576 + 7, 0, 0.0, 0.0)", "unknown step, flow");
    row("a worker less", "DELETE FROM worker_seconds WHERE id = 1048576", "workers are not in their order");
    row("a worker's endless wait", "UPDATE worker_seconds SET wait_s = 9e999 WHERE id = 1048576", "second 1: a number is out of range");
    row("another wait", "UPDATE frames SET wait_s = wait_s + 1 WHERE second = 1", "second 1 does not fit");
    row("a second less", "DELETE FROM frames WHERE second = 1", "closing digest");
    row("the last second less", "DELETE FROM frames WHERE second = 2", "closing digest");
    row("another digit", "UPDATE step_seconds SET bytes_in = bytes_in + 1 WHERE id = 1048576", "second 1 does not fit");
    row("an unknown step", "UPDATE step_seconds SET id = id + 1 WHERE id = 1048576 + 2", "unknown step");
    row("a status of an unknown step", "UPDATE step_statuses SET step = 3 WHERE id = 1048576", "unknown step");
    row("a status of a step without requests", "UPDATE step_statuses SET step = 1 WHERE id = 1048576",
        "a step without requests");
    row("a status less", "DELETE FROM step_statuses WHERE id = 1048576", "a row of a second is missing");
    row("the last status less", "DELETE FROM step_statuses WHERE id = 1048576 + 2", "second 1 does not fit");
    row("a row before all seconds", "UPDATE step_statuses SET id = -1 WHERE id = 0", "out of order");
    row("a row after all time", "UPDATE step_statuses SET id = 9223372036854775807 WHERE id = 2 * 1048576 + 2",
        "out of order");
    row("a negative step", "UPDATE step_failures SET step = -1 WHERE id = 1048576", "negative");
    row("a row of no second", "INSERT INTO step_statuses VALUES (9 * 1048576, 0, 200, 1)", "belongs to no second");
    row("a row of another second", "UPDATE flow_seconds SET id = 1 WHERE id = 2 * 1048576", "second 0 does not fit");
    row("no histogram", "UPDATE step_seconds SET service_times = x'1c84931400000002ffff'", "cannot be decoded");
    row("a short histogram", "UPDATE frames SET send_lag = substr(send_lag, 1, 20)", "cannot be decoded");
    row("a short histogram of first bytes", "UPDATE frames SET first_byte_times = substr(first_byte_times, 1, 20)",
        "cannot be decoded");
    row("a damaged histogram of handshakes", "UPDATE frames SET tls_times = x'00' WHERE second = 2", "cannot be decoded");
    row("other connect times", "UPDATE frames SET connect_times = resolve_times WHERE second = 1", "second 1 does not fit");
    row("no first bytes", "UPDATE frames SET first_byte_times = x'' WHERE second = 1", "second 1 does not fit");
    row("fewer connections", "UPDATE frames SET opened = opened - 1 WHERE second = 1", "second 1 does not fit");
    row("connections below none", "UPDATE frames SET opened = -1", "negative");
    row("more connections than can be", "UPDATE frames SET opened = 9223372036854775807", "number is out of range");
    row("more that went on than were opened", "UPDATE frames SET resumed = opened + 1 WHERE second = 1",
        "second 1: a number is out of range");
    row("a huge count", "UPDATE frames SET sends = 9223372036854775807", "number is out of range");
    row("a length below zero", "UPDATE frames SET length_ns = -1", "time is out of range");
    row("a length that overflows", "UPDATE frames SET length_ns = 9223372036854775807", "time is out of range");
    row("a third kind of bool", "UPDATE frames SET is_drain = 2", "yes or no");
    row("an unknown stage", "UPDATE frames SET stage = 2", "unknown stage");
    row("an unknown kind of failure", "UPDATE failures SET kind = 'bad luck'", "kind of failure");
    row("an example of another failure", "UPDATE failure_examples SET id = id + 1 WHERE id & 1048575 = 0", "does not fit");
    row("an example of no failure", "UPDATE failure_examples SET id = id + 3 WHERE id & 1048575 = 0",
        "unknown step, flow, series or failure");
    row("an example before all failures", "UPDATE failure_examples SET id = -1 WHERE id = 0", "out of order");
    row("an example of no second", "INSERT INTO failure_examples VALUES (9 * 1048576, '', '', '', x'', 0, '')",
        "belongs to no second");
    row("a long body", "UPDATE failure_examples SET body = zeroblob(4097)",
        "example of a failure is out of its limits");
    row("a huge body", "UPDATE failure_examples SET body = zeroblob(15000000)",
        "example of a failure is out of its limits");
    row("a long URL", "UPDATE failure_examples SET url = hex(zeroblob(1001))",
        "example of a failure is out of its limits");
    row("a long detail", "UPDATE failure_examples SET detail = hex(zeroblob(1001))",
        "example of a failure is out of its limits");
    row("a negative body", "UPDATE failure_examples SET body_bytes = -1", "negative");
    row("less than its head", "UPDATE failure_examples SET body_bytes = 5 WHERE id = 0", "out of its limits");
    row("another body", "UPDATE failure_examples SET body = x'00' WHERE id = 0", "second 0 does not fit");
    row("an example less", "DELETE FROM failure_examples WHERE id >> 20 = 1", "second 1 does not fit");
    row("a search from no rate", "UPDATE facts SET value = 0.0 WHERE key = 'search_planned_per_s'",
        "its search for the limit is out of range");
    row("a search that judges nothing", "UPDATE facts SET value = 0 WHERE key = 'search_hold_ns'",
        "its search for the limit is out of range");
    row("a search without an end", "UPDATE facts SET value = 9e15 WHERE key = 'search_up_to_per_s'",
        "its search for the limit is out of range");
    row("an exemplar less", "DELETE FROM exemplars WHERE id = 0", "a row of a second is missing");
    row("the last exemplar less", "DELETE FROM exemplars WHERE id = 1", "second 0 does not fit");
    row("an exemplar of no second", "UPDATE exemplars SET id = 9 << 20 WHERE id = 2097153", "second 2 does not fit");
    row("an exemplar of an unknown step", "UPDATE exemplars SET step = 3 WHERE id = 0", "slowest exchanges");
    row("an exemplar of no step", "UPDATE exemplars SET step = -1 WHERE id = 0", "slowest exchanges");
    row("an exemplar out of time", "UPDATE exemplars SET finished_ns = 9223372036854775807", "slowest exchanges");
    row("an exemplar with a huge status", "UPDATE exemplars SET status = 65536", "number is out of range");
    row("an unknown outcome", "UPDATE exemplars SET outcome = 3", "outcome of an exchange");
    row("an unknown failure of an exemplar", "UPDATE exemplars SET failure = 'bad luck'", "kind of failure");
    row("an exemplar with a long URL", "UPDATE exemplars SET url = hex(zeroblob(1001))", "slowest exchanges");
    row("half an opening", "UPDATE exemplars SET tls_ns = NULL WHERE id = 0", "opening of a connection");
    row("an opening below nothing", "UPDATE exemplars SET tls_ns = -1 WHERE id = 0", "slowest exchanges");
    row("a third kind of resumed", "UPDATE exemplars SET is_resumed = 2 WHERE id = 0", "opening of a connection");
    row("another exemplar", "UPDATE exemplars SET sent_ns = 0 WHERE id = 0", "second 0 does not fit");
    row("a batch that the plan does not have", "UPDATE batches SET batch = 5000 WHERE batch = 4", "batch is out of its limits");
    row("a batch that ends before it starts", "UPDATE batches SET end_ns = -1 WHERE batch = 0", "batch is out of its");
    row("a batch with another count", "UPDATE batches SET errors = 7 WHERE batch = 0", "second 0 does not fit");
    row("a batch without a histogram", "UPDATE batches SET response_times = x'00'", "cannot be decoded");
    row("a batch of no second", "INSERT INTO batches VALUES (9 * 1048576, 0, 0, 0, 0, 0, 0, 0, 0, x'')", "belongs to no second");
    row("a value of no batch", "UPDATE batch_values SET position = 2 WHERE id = 1048576", "unknown");
    row("a batch less", "DELETE FROM batches WHERE id = 0", "a row of a second is missing");
    row("a value of no series", "UPDATE batch_values SET series = 2", "unknown");
    row("an unknown kind of observation", "UPDATE observations SET kind = 'guess' WHERE observation = 1", "kind of observation");
    row("another name of an observation", "UPDATE observations SET name = 'x' WHERE observation = 1", "head does not fit");
    row("an observation less", "DELETE FROM observations WHERE observation = 2", "");
    row("an observation of no run", "INSERT INTO observation_seconds VALUES (2 * 1048576 + 3, 0, 1, 0, 0.0, 0.0, 0.0, x'')", "unknown");
    row("an observation of no second", "INSERT INTO observation_seconds VALUES (9 * 1048576, 0, 1, 0, 0.0, 0.0, 0.0, x'')",
        "belongs to no second");
    row("more hits than answers", "UPDATE observation_seconds SET hits = 11 WHERE id & 1048575 = 1", "contradicts itself");
    row("hits of a value", "UPDATE observation_seconds SET hits = 1 WHERE id & 1048575 = 0", "contradicts itself");
    row("values of hits", "UPDATE observation_seconds SET sum = 1.0 WHERE id & 1048575 = 1", "contradicts itself");
    row("an endless sum", "UPDATE observation_seconds SET sum = 9e999 WHERE id & 1048575 = 0", "contradicts itself");
    row("a value beyond all measure", "UPDATE observation_seconds SET max = 1e16 WHERE id & 1048575 = 0", "contradicts itself");
    row("a smallest above the largest", "UPDATE observation_seconds SET min = 4.0 WHERE id & 1048575 = 0", "contradicts itself");
    row("a sum below its values", "UPDATE observation_seconds SET sum = 3.9 WHERE id & 1048575 = 0", "contradicts itself");
    row("values without a count", "UPDATE observation_seconds SET count = 0, sum = 0.0, min = 0.0, max = 0.0 WHERE id & 1048575 = 0",
        "another count than its row");
    row("fewer values than its count", "UPDATE observation_seconds SET count = 3, sum = 8.0 WHERE id & 1048575 = 0",
        "another count than its row");
    row("a damaged histogram of values", "UPDATE observation_seconds SET histogram = x'00' WHERE id & 1048575 = 0",
        "cannot be decoded");
    row("another count of missing", "UPDATE observation_seconds SET missing = 2 WHERE id & 1048575 = 0", "does not fit");
    row("a missing message", "DELETE FROM messages", "wrong type");
    row("another event", "UPDATE events SET text = 'nothing'", "event does not fit");
    row("an event less", "DELETE FROM events WHERE rowid = 1", "closing digest");
    row("an event out of time", "UPDATE events SET at_ns = 9223372036854775807", "event does not fit");
}

void SessionReaderTest::refusesChangedTablesAndRows()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, words);
    const QString path = pathWith(m_good);
    {
        auto database = Database::open(path, Database::Mode::Write);
        QVERIFY(database.has_value());
        (*database)->execute(sql);
        (*database)->execute("PRAGMA journal_mode = DELETE");
        const auto changed = (*database)->takeResult();
        QVERIFY2(changed.has_value(), changed ? "" : qPrintable(changed.error().text()));
    }
    const ReadSession read = readSession(path);
    QVERIFY2(read.error.contains(words), qPrintable(read.error));
    QVERIFY(read.error.startsWith(path));
}

void SessionReaderTest::survivesEveryFlippedBit()
{
    // One bit in every 97 bytes, each time another one of the eight; and every bit of SQLite's header.
    int refused = 0;
    int same = 0;
    const auto readFlipped = [&](qsizetype byte, int bit) {
        QByteArray bytes = m_good;
        bytes[byte] = char(bytes[byte] ^ (1 << bit));
        const QString path = pathWith(bytes);
        const ReadSession read = readSession(path);
        QFile::remove(path);
        if (!read.error.isEmpty()) {
            ++refused;
            return true;
        }
        ++same;
        for (std::size_t i = 0; i < read.frames.size(); ++i)
            if (!differenceOf(*read.frames[i], sampleFrame(int(i))).isEmpty())
                return false;
        return read.frames.size() == 3 && read.events.size() == 6 && read.wasClosedCleanly;
    };
    for (qsizetype byte = 0; byte < 100; ++byte)
        for (int bit = 0; bit < 8; ++bit)
            QVERIFY2(readFlipped(byte, bit), qPrintable(QStringLiteral("byte %1, bit %2").arg(byte).arg(bit)));
    for (qsizetype byte = 100; byte < m_good.size(); byte += 97)
        QVERIFY2(readFlipped(byte, int(byte / 97 % 8)), qPrintable(QStringLiteral("byte %1").arg(byte)));
    QCOMPARE_GT(refused, 100);
    QCOMPARE_GT(same, 100); // in what no table uses
}

QTEST_GUILESS_MAIN(SessionReaderTest)
#include "tst_sessionreader.moc"
