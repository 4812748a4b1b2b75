// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/session/database.h"
#include "tests/core/session/recordedsession.h"
#include "tests/core/session/scribbledsession.h"
#include "tests/core/session/wholesession.h"
#include "tests/support/longtests.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace Headroom;

namespace {

constexpr std::uint64_t kSeed = 11;
constexpr int kSeconds = 61; // a merged minute and a rest

struct Column
{
    QByteArray table;
    QByteArray tableSql; ///< As the schema has it.
    QByteArray name;
    QByteArray type;
};

std::vector<Column> columnsOf(const QString &path)
{
    std::vector<Column> columns;
    auto database = Database::open(path, Database::Mode::Write);
    if (!database)
        return columns;
    Statement table(**database, "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY rowid");
    while (table.next()) {
        const QByteArray name = table.takeText().toUtf8();
        const QByteArray sql = table.takeText().toUtf8();
        Statement column(**database, QByteArray("SELECT name, type FROM pragma_table_info('" + name + "')").constData());
        while (column.next())
            columns.push_back({name, sql, column.takeText().toUtf8(), column.takeText().toUtf8()});
    }
    return columns;
}

std::vector<QByteArray> tablesOf(const std::vector<Column> &columns)
{
    std::vector<QByteArray> tables;
    for (const Column &column : columns)
        if (tables.empty() || tables.back() != column.table)
            tables.push_back(column.table);
    return tables;
}

QByteArray hex(const QByteArray &bytes) { return "x'" + bytes.toHex() + '\''; }

/// A frame of Zstandard that grows to `size` bytes, four bytes for each 128 KiB; `claimed` is what its head says.
QByteArray zstdBomb(quint64 size, quint64 claimed)
{
    constexpr quint32 kBlock = 128 * 1024; // the most that a block may hold
    QByteArray bytes = QByteArray::fromHex("28b52ffde0"); // its number; one segment, eight bytes of size
    const quint64 head = qToLittleEndian(claimed);
    bytes.append(reinterpret_cast<const char *>(&head), sizeof head);
    for (quint64 left = size; left > 0; left -= std::min<quint64>(left, kBlock)) {
        const quint32 block = quint32(std::min<quint64>(left, kBlock)) << 3 | 1 << 1 | quint32(left <= kBlock); // 1: repeats a byte
        bytes += char(block & 0xff);
        bytes += char(block >> 8 & 0xff);
        bytes += char(block >> 16 & 0xff);
        bytes += '\0';
    }
    return bytes;
}

/// A histogram whose compressed part grows to `size` bytes.
QByteArray histogramBomb(qsizetype size)
{
    const QByteArray packed = qCompress(QByteArray(size, '\0'), 9).sliced(4);
    const quint32 length = qToBigEndian(quint32(packed.size()));
    return QByteArray::fromHex("1c849314") + QByteArray(reinterpret_cast<const char *>(&length), sizeof length) + packed;
}

/// A histogram of one counter of 2^32 - 1 and the same again, and so on: their sum leaves 64 bits only after an age, but
/// not the 32 that each has when merged.
QByteArray hugeHistogram()
{
    QByteArray inner = QByteArray::fromHex("1c849313" "00000005" "00000000" "00000003" "0000000000000001" "00000000d693a400"
                                           "3ff0000000000000" "feffffff1f"); // ZigZag of 2^32 - 1
    const QByteArray packed = qCompress(inner, 9).sliced(4);
    const quint32 length = qToBigEndian(quint32(packed.size()));
    return QByteArray::fromHex("1c849314") + QByteArray(reinterpret_cast<const char *>(&length), sizeof length) + packed;
}

std::vector<QByteArray> liesFor(const QByteArray &type)
{
    const std::vector<QByteArray> integers{"-1", "0", "1", "2147483648", "9007199254740993", "9223372036854775807",
                                           "-9223372036854775807 - 1"};
    const std::vector<QByteArray> reals{"-1.0", "9e999", "-9e999", "1e300", "5e-324"};
    const std::vector<QByteArray> texts{"''", "CAST(x'ff41' AS TEXT)", "CAST(x'4100420a' AS TEXT)", "'../../etc/passwd'",
                                        "hex(zeroblob(1000000))"};
    const std::vector<QByteArray> blobs{"x''", "x'00'", "zeroblob(15000000)"};
    if (type == "INTEGER")
        return integers;
    if (type == "REAL")
        return reals;
    if (type == "TEXT")
        return texts;
    if (type == "BLOB")
        return blobs;
    std::vector<QByteArray> all;
    for (const auto &some : {integers, reals, texts, blobs})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

/// What reading costs at its worst, in bytes, since the last call of resetPeak().
qint64 peakMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QFile::ReadOnly))
        return -1;
    const QByteArray status = file.readAll();
    const qsizetype start = status.indexOf("VmHWM:") + 6;
    return status.mid(start, status.indexOf("kB", start) - start).trimmed().toLongLong() * 1024;
}

bool resetPeak()
{
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    return file.open(QFile::WriteOnly | QFile::Unbuffered) && file.write("5") == 1;
}

} // namespace

/// Sessions whose tables, rows or values were changed with SQLite's own means: an error in one clear sentence, or
/// exactly what was written; in bounded memory.
class HostileTablesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void refusesOtherTables_data();
    void refusesOtherTables();
    void readsWhatWasOnlyPackedAnew_data();
    void readsWhatWasOnlyPackedAnew();
    void takesNoLieOfAColumn_data();
    void takesNoLieOfAColumn();
    void takesNoValueOfAnotherType_data();
    void takesNoValueOfAnotherType();
    void takesNoOtherRows_data();
    void takesNoOtherRows();
    void takesNoLyingBlob_data();
    void takesNoLyingBlob();
    void takesNoLyingHistogramOfAWriter_data();
    void takesNoLyingHistogramOfAWriter();
    void needsNoMoreMemoryForLies();

private:
    QString changed(const QByteArray &sql);
    QString wrongAfter(const QByteArray &sql);

    QTemporaryDir m_folder{QFile::exists(QStringLiteral("/dev/shm")) ? QStringLiteral("/dev/shm/headroom-XXXXXX") : QString()};
    QByteArray m_good;
    WholeSession m_whole;
    std::vector<Column> m_columns; ///< Of every table that sessions have today.
    int m_tried = 0; ///< Changes ...
    int m_read = 0; ///< ... and those that SQLite let through.
    QString m_path = m_folder.filePath(QStringLiteral("changed.headroom"));
};

void HostileTablesTest::initTestCase()
{
    const QString path = m_folder.filePath(QStringLiteral("good.headroom"));
    QCOMPARE(writeScribbledSession(path, kSeed, kSeconds), QString());
    m_whole = readWhole(path);
    QCOMPARE(m_whole.error, QString());
    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    m_good = file.readAll();
    m_columns = columnsOf(path); // which changes that file
    QCOMPARE_GT(m_columns.size(), 200U);
}

void HostileTablesTest::cleanupTestCase()
{
    qInfo("%d changed sessions were read", m_read);
    QCOMPARE_GE(m_read, m_tried / 2); // else SQLite would have refused most of the changes
}

/// Makes a copy and changes it. Empty, or why that could not be done.
QString HostileTablesTest::changed(const QByteArray &sql)
{
    QFile::remove(m_path + QLatin1String("-wal"));
    QFile file(m_path);
    if (!file.open(QFile::WriteOnly) || file.write(m_good) != m_good.size())
        return QStringLiteral("cannot write a copy");
    file.close();
    return changeSession(m_path, sql);
}

/// Empty when the change is found, or changed nothing that a reader gets.
QString HostileTablesTest::wrongAfter(const QByteArray &sql)
{
    ++m_tried;
    if (!changed(sql).isEmpty())
        return {}; // what SQLite itself refuses stands in no file
    ++m_read;
    const WholeSession read = readWhole(m_path);
    const QString wrong = read.error.isEmpty() ? differenceOf(read, m_whole) : unclearIn(read.error, m_path);
    return wrong.isEmpty() ? QString() : QString::fromUtf8(sql.left(200)) + QStringLiteral(": ") + wrong;
}

void HostileTablesTest::refusesOtherTables_data()
{
    QTest::addColumn<QByteArray>("sql");
    const auto row = [](const char *name, const QByteArray &sql) { QTest::newRow(name) << sql; };
    // Another text in the schema than SQLite has written there.
    const auto text = [&](const char *name, const QByteArray &change) {
        row(name, "PRAGMA writable_schema = ON;UPDATE sqlite_schema SET " + change + ";PRAGMA writable_schema = RESET");
    };
    row("a view more", "CREATE VIEW more AS SELECT * FROM frames");
    row("an endless view", "CREATE VIEW more AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");
    row("a view in place of a table", "ALTER TABLE events RENAME TO other;CREATE VIEW events AS SELECT * FROM other");
    row("a trigger", "CREATE TRIGGER more AFTER INSERT ON events BEGIN DELETE FROM frames; END");
    row("an index", "CREATE INDEX more ON events (text)");
    row("an index over an expression", "CREATE INDEX more ON events (upper(text))");
    row("an index over a part", "CREATE INDEX more ON events (text) WHERE text > 'a'");
    row("a generated column", "ALTER TABLE events ADD COLUMN more TEXT GENERATED ALWAYS AS (upper(text))");
    row("a column more", "ALTER TABLE events ADD COLUMN more TEXT");
    row("a column less", "ALTER TABLE frames DROP COLUMN sends");
    row("a column of another name", "ALTER TABLE frames RENAME COLUMN sends TO sent");
    row("a table more", "CREATE TABLE more (a INTEGER)");
    row("a table less", "DROP TABLE events");
    row("a table of another name", "ALTER TABLE events RENAME TO happenings");
    row("a table without row ids", "CREATE TABLE other (message INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID"
                                   ";DROP TABLE messages;ALTER TABLE other RENAME TO messages");
    row("statistics", "ANALYZE");
    row("a virtual table", "PRAGMA writable_schema = ON;INSERT INTO sqlite_schema VALUES ('table', 'more', 'more', 0,"
                           " 'CREATE VIRTUAL TABLE more USING fts5(x)');PRAGMA writable_schema = RESET");
    row("a virtual table in place of one", "PRAGMA writable_schema = ON;UPDATE sqlite_schema SET rootpage = 0,"
                                           " sql = 'CREATE VIRTUAL TABLE events USING fts5(x)' WHERE name = 'events'");
    row("a table twice", "PRAGMA writable_schema = ON;INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'events'");
    row("ten thousand tables more", "PRAGMA writable_schema = ON;INSERT INTO sqlite_schema WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
                                    " SELECT i + 1 FROM n WHERE i < 10000) SELECT 'table', 't' || i, 't' || i, 1000000 + i,"
                                    " 'CREATE TABLE t' || i || ' (a)' FROM n");
    text("a changed type", "sql = replace(sql, 'text TEXT', 'text ANY') WHERE name = 'events'");
    text("not strict", "sql = replace(sql, ' STRICT', '') WHERE name = 'events'");
    text("a check that takes long", "sql = replace(sql, 'text TEXT NOT NULL', 'text TEXT NOT NULL CHECK (length(hex(randomblob(9))))')"
                                    " WHERE name = 'events'");
    text("a remark", "sql = replace(sql, ' STRICT', ' /* small */ STRICT') WHERE name = 'events'");
    text("a name in capitals", "name = 'EVENTS', sql = replace(sql, 'events', 'EVENTS') WHERE name = 'events'");
    text("an endless text", "sql = sql || hex(zeroblob(7000000)) WHERE name = 'events'");
    text("no text", "sql = NULL WHERE name = 'events'");
    text("bytes for a text", "sql = x'00ff' WHERE name = 'events'");
    text("no SQL", "sql = 'DROP TABLE frames' WHERE name = 'events'");
    text("two tables in one tree", "rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'frames') WHERE name = 'events'");
    text("a tree behind the end", "rootpage = 1000000 WHERE name = 'events'");
    text("the schema's own tree", "rootpage = 1 WHERE name = 'events'");
    text("no tree", "rootpage = 0 WHERE name = 'events'");
    text("a negative tree", "rootpage = -1 WHERE name = 'events'");
    text("a text for a tree", "rootpage = 'x' WHERE name = 'events'");
    text("another type", "type = 'index' WHERE name = 'events'");
    text("no type", "type = NULL WHERE name = 'events'");
}

void HostileTablesTest::refusesOtherTables()
{
    QFETCH(QByteArray, sql);
    changed(sql); // SQLite may stumble over its own schema at the end, with the change done
    const WholeSession read = readWhole(m_path);
    QVERIFY2(!read.error.isEmpty(), "it was taken for a session");
    QCOMPARE(unclearIn(read.error, m_path), QString());
    QVERIFY(!read.head);
}

void HostileTablesTest::readsWhatWasOnlyPackedAnew_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("as it is") << QByteArray();
    QTest::newRow("small pages") << QByteArray("PRAGMA journal_mode = DELETE;PRAGMA page_size = 512;VACUUM");
    QTest::newRow("large pages") << QByteArray("PRAGMA journal_mode = DELETE;PRAGMA page_size = 65536;VACUUM");
    QTest::newRow("with pages to spare") << QByteArray("CREATE TABLE more AS SELECT zeroblob(50000);DROP TABLE more");
    QTest::newRow("moved by itself") << QByteArray("PRAGMA journal_mode = DELETE;PRAGMA auto_vacuum = FULL;VACUUM");
}

void HostileTablesTest::readsWhatWasOnlyPackedAnew()
{
    QFETCH(QByteArray, sql);
    QCOMPARE(changed(sql), QString());
    const WholeSession read = readWhole(m_path);
    QCOMPARE(read.error, QString());
    QCOMPARE(differenceOf(read, m_whole), QString());
}

void HostileTablesTest::takesNoLieOfAColumn_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QByteArray>("type");
    for (const Column &column : m_columns)
        QTest::addRow("%s.%s", column.table.constData(), column.name.constData()) << column.table << column.name << column.type;
}

void HostileTablesTest::takesNoLieOfAColumn()
{
    // Usually one lie of a column, by its name; then all. In all rows, and in one.
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, column);
    QFETCH(QByteArray, type);
    const std::vector<QByteArray> lies = liesFor(type);
    const std::uint64_t first = qHash(table + column, 1) % lies.size();
    for (std::size_t i = 0; i < (isLong() ? lies.size() : 1); ++i) {
        const QByteArray set = "UPDATE " + table + " SET " + column + " = " + lies[(first + i) % lies.size()];
        if (!set.contains("zeroblob")) // gigabytes otherwise
            QCOMPARE(wrongAfter(set), QString());
        QCOMPARE(wrongAfter(set + " WHERE " + column + " = (SELECT max(" + column + ") FROM " + table + ")"), QString());
    }
}

void HostileTablesTest::takesNoValueOfAnotherType_data() { takesNoLieOfAColumn_data(); }

void HostileTablesTest::takesNoValueOfAnotherType()
{
    // The table is made loose, gets the value, and says again that it is strict.
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, column);
    QFETCH(QByteArray, type);
    const QByteArray value = type == "TEXT" ? "x'41'" : "CAST('41x' AS TEXT)";
    const QByteArray loosen = "PRAGMA writable_schema = ON;UPDATE sqlite_schema SET sql = replace(sql, ' STRICT, ', ' ')"
                              " WHERE name = '" + table + "';UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '') WHERE name = '" + table
        + "';PRAGMA writable_schema = RESET;UPDATE " + table + " SET " + column + " = ";
    QByteArray sql = std::ranges::find(m_columns, table, &Column::table)->tableSql;
    const QByteArray restore = ";PRAGMA writable_schema = ON;UPDATE sqlite_schema SET sql = '" + sql.replace('\'', "''") + "' WHERE name = '" + table + "';PRAGMA writable_schema = RESET";
    QCOMPARE(wrongAfter(loosen + value + restore), QString());
    if (isLong())
        QCOMPARE(wrongAfter(loosen + "NULL" + restore), QString());
}

void HostileTablesTest::takesNoOtherRows_data()
{
    QTest::addColumn<QByteArray>("table");
    for (const QByteArray &table : tablesOf(m_columns))
        QTest::newRow(table.constData()) << table;
}

void HostileTablesTest::takesNoOtherRows()
{
    QFETCH(QByteArray, table);
    const QByteArray key = std::ranges::find(m_columns, table, &Column::table)->name;
    QCOMPARE(wrongAfter("DELETE FROM " + table), QString());
    for (const char *which : {"min", "max"})
        QCOMPARE(wrongAfter("DELETE FROM " + table + " WHERE " + key + " = (SELECT " + which + "(" + key + ") FROM " + table + ")"), QString());
    QCOMPARE(wrongAfter("INSERT INTO " + table + " SELECT * FROM " + table), QString());
    QCOMPARE(wrongAfter("CREATE TEMP TABLE more AS SELECT * FROM " + table + ";UPDATE more SET " + key + " = " + key + " + 1000000;INSERT INTO " + table
                        + " SELECT * FROM more"),
             QString());
    QCOMPARE(wrongAfter("UPDATE " + table + " SET rowid = -rowid"), QString());
}

void HostileTablesTest::takesNoLyingBlob_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("column");
    for (const Column &column : m_columns)
        if (column.type == "BLOB")
            QTest::addRow("%s.%s", column.table.constData(), column.name.constData()) << column.table << column.name;
}

void HostileTablesTest::takesNoLyingBlob()
{
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, column);
    const QByteArray set = "UPDATE " + table + " SET " + column + " = ";
    const QByteArray some = " WHERE length(" + column + ") > 8";
    QCOMPARE(wrongAfter(set + "substr(" + column + ", 1, length(" + column + ") / 2)" + some), QString());
    QCOMPARE(wrongAfter(set + "substr(" + column + ", 1, length(" + column + ") - 1)" + some), QString());
    QCOMPARE(wrongAfter(set + "CAST(" + column + " || x'00' AS BLOB)" + some), QString());
    for (int byte = 1; byte <= 48; byte += isLong() ? 1 : 5) // in its heads: numbers, lengths, counts
        QCOMPARE(wrongAfter(set + "CAST(substr(" + column + ", 1, " + QByteArray::number(byte - 1) + ") || x'ff' || substr(" + column + ", "
                            + QByteArray::number(byte + 1) + ") AS BLOB)" + some),
                 QString());
    constexpr quint64 kGibi = 1u << 30;
    const QByteArray bomb = histogramBomb(4 << 20); // a histogram of ours takes 300 KiB
    for (const QByteArray &lie : {zstdBomb(kGibi, kGibi), zstdBomb(kGibi, 1000), zstdBomb(1000, quint64(1) << 62), zstdBomb(0, ~quint64(0)),
                                  bomb, hugeHistogram(), bomb.first(60)})
        QCOMPARE(wrongAfter(set + hex(lie)), QString());
}

void HostileTablesTest::takesNoLyingHistogramOfAWriter_data()
{
    QTest::addColumn<QByteArray>("lie");
    QTest::addColumn<bool>("isTrue");
    QTest::newRow("grows to 64 MiB") << histogramBomb(64 << 20) << false;
    QTest::newRow("cut") << histogramBomb(64 << 20).first(60) << false;
    QTest::newRow("another compression") << zstdBomb(1 << 30, 1 << 30) << false;
    QTest::newRow("no histogram") << QByteArray("Hdr1") << false;
    QTest::newRow("a huge count") << hugeHistogram() << true;
}

void HostileTablesTest::takesNoLyingHistogramOfAWriter()
{
    // The writer does not look into histograms, so these stand in the file with the right digests.
    QFETCH(QByteArray, lie);
    QFETCH(bool, isTrue);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("lies"));
    const auto writer = SessionWriter::create(path, scribbledHead(kSeed));
    QVERIFY(writer.has_value());
    for (int second = 0; second < 3; ++second) {
        MetricsFrame frame = scribbledFrame(kSeed, second);
        frame.steps[1].histograms[0] = lie;
        QVERIFY((*writer)->append(frame).has_value());
    }
    QVERIFY((*writer)->finish({}, kScribbledEndedAtMs).has_value());
    const WholeSession read = readWhole(path);
    QCOMPARE(read.frames.size(), isTrue ? 3U : 0U);
    if (!read.error.isEmpty() || !isTrue)
        QCOMPARE(unclearIn(read.error, path), QString());
}

void HostileTablesTest::needsNoMoreMemoryForLies()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("a sanitizer's memory is its own");
#endif
    // 170 MiB: a second of 2^20 raw samples, packed out and taken apart, is the most that any reading holds.
    constexpr qint64 kRoom = 256 * 1024 * 1024;
    constexpr quint64 kMuch = quint64(90) << 20;
    const std::vector<QByteArray> lies{zstdBomb(quint64(1) << 30, quint64(1) << 30), zstdBomb(kMuch, kMuch), histogramBomb(4 << 20)};
    QVERIFY(resetPeak());
    const qint64 before = peakMemory();
    for (const Column &column : m_columns) {
        if (column.type != "BLOB")
            continue;
        for (const QByteArray &lie : lies)
            QCOMPARE(wrongAfter("UPDATE " + column.table + " SET " + column.name + " = " + hex(lie)), QString());
    }
    for (const Column &column : m_columns)
        if (column.type == "INTEGER")
            QCOMPARE(wrongAfter("UPDATE " + column.table + " SET " + column.name + " = 1048576"), QString());
    QCOMPARE_LT(peakMemory() - before, kRoom);
}

QTEST_GUILESS_MAIN(HostileTablesTest)
#include "tst_hostiletables.moc"
