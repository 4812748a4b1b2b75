// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/csvprobe.h"
#include "core/probes/sqliteprobe.h"
#include "tests/core/probes/probelistener.h"
#include "tests/support/manualclock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace Headroom;

namespace {

std::vector<std::optional<double>> sums(const QStringList &columns, const QByteArrayList &pieces)
{
    CsvSum sum(columns);
    for (const QByteArray &piece : pieces)
        sum.take(piece);
    return sum.sums();
}

/// A bill that grows, and a probe of its cost.
struct Bill
{
    explicit Bill(const QByteArray &before)
    {
        write(before, QIODevice::WriteOnly);
        probe.read();
    }
    void write(const QByteArray &text, QIODevice::OpenMode mode) const
    {
        QFile file(path);
        QVERIFY(file.open(mode));
        file.write(text);
    }
    std::optional<double> read(const QByteArray &more)
    {
        write(more, QIODevice::Append);
        probe.read();
        return listener.values.front();
    }

    QTemporaryDir folder;
    QString path = folder.filePath("usage.csv");
    CsvProbe probe{"bill", {path, {""}, {"cost"}}};
    ProbeListener listener{probe};
};

void execute(const QString &path, const QByteArray &sql)
{
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(path.toUtf8().constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
}

} // namespace

/// Cost figures out of files that something else writes.
class FileProbesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addsUpColumns_data();
    void addsUpColumns();
    void leavesOutWhatIsNoNumber();
    void doesNotKeepAnEndlessRecord();
    void addsUpWhatComesAfterItsBeginning();
    void readsARowThatWasBegunBefore();
    void waitsForItsHead();
    void followsARotatedFile();
    void followsAFileThatWasCut();
    void saysWhichColumnsThereAre();
    void readsMuchOverSeveralLooks();
    void asksADatabase();
    void asksWhileSomebodyWrites();
    void refusesQueries_data();
    void refusesQueries();
    void interruptsAnEndlessQuery();
    void isAGapWithoutADatabase_data();
    void isAGapWithoutADatabase();
};

void FileProbesTest::addsUpColumns_data()
{
    QTest::addColumn<QByteArrayList>("pieces");
    QTest::newRow("at once") << QByteArrayList{"at,cost,tokens\n1,0.5,10\n2,0.25,20\n"};
    QTest::newRow("in pieces") << QByteArrayList{"at,co", "st,tokens\r\n1,0", ".5,10\r\n2,0.25,2", "0\r\n"};
    QTest::newRow("semicolons") << QByteArrayList{"at;cost;tokens\n1;0.5;10\n2;0.25;20\n"};
    QTest::newRow("quotes around line ends and separators")
        << QByteArrayList{"at,cost,tokens\n\"a,\nb\",0.5,10\n\"say \"\"x\"\"\",\"0.25\",20\n"};
    QTest::newRow("byte order mark") << QByteArrayList{"\xEF\xBB\xBF"
                                                       "cost,tokens\n0.5,10\n0.25,20\n"};
    QTest::newRow("a row that has not ended") << QByteArrayList{"cost,tokens\n0.5,10\n0.25,20\n0.125,40"};
    QTest::newRow("empty lines") << QByteArrayList{"cost,tokens\n\n0.5,10\n\n\n0.25,20\n"};
}

void FileProbesTest::addsUpColumns()
{
    QFETCH(QByteArrayList, pieces);
    QCOMPARE(sums({"cost", "tokens"}, pieces), (std::vector<std::optional<double>>{0.75, 30.0}));
}

void FileProbesTest::leavesOutWhatIsNoNumber()
{
    CsvSum sum({"cost"});
    sum.take("cost,x\nnan,1\ninf,1\n1e400,1\nfree,1\n,1\n0x10,1\n 2.5 ,1\n\"a\"b,1\n");
    QCOMPARE(sum.sums().front(), 2.5);
    QCOMPARE(sum.leftOut(), 7u); // six cells and a record against the rules

    // What no number can hold is missing instead of infinite.
    CsvSum large({"cost"});
    large.take("cost\n1e308\n1e308\n");
    QCOMPARE(large.sums().front(), std::nullopt);
}

void FileProbesTest::doesNotKeepAnEndlessRecord()
{
    CsvSum sum({"cost"});
    sum.take("cost\n1\n\"");
    for (int i = 0; i < 100; ++i)
        sum.take(QByteArray(10'000, 'x') + '\n');
    sum.take("2\n3\n");
    // The quote was never closed: from 64 KiB on, lines count again.
    QCOMPARE(sum.sums().front(), 6.0);
    QVERIFY(sum.leftOut() > 0);
}

void FileProbesTest::addsUpWhatComesAfterItsBeginning()
{
    Bill bill("at,cost\n1,100\n");
    QCOMPARE(bill.listener.values, ProbeValues{0.0});
    QCOMPARE(bill.read("2,0.5\n3,0.25\n"), 0.75);
    QCOMPARE(bill.read("4,1"), 0.75);
    QCOMPARE(bill.read("0\n"), 10.75);
    QCOMPARE(bill.read(""), 10.75);
    QCOMPARE(bill.listener.said, QStringList());
}

void FileProbesTest::readsARowThatWasBegunBefore()
{
    Bill bill("at,cost\n1,100\n2,0.");
    QCOMPARE(bill.listener.values, ProbeValues{0.0});
    QCOMPARE(bill.read("5\n"), 0.5);
}

void FileProbesTest::waitsForItsHead()
{
    Bill bill("at,co");
    QCOMPARE(bill.listener.values, ProbeValues(1));
    QCOMPARE(bill.read("st\n1,2\n"), 2.0);
    Bill empty("");
    QCOMPARE(empty.listener.values, ProbeValues(1));
    QCOMPARE(empty.read("cost\n3\n"), 3.0);
}

void FileProbesTest::followsARotatedFile()
{
    Bill bill("cost\n");
    QCOMPARE(bill.read("1\n"), 1.0);
    bill.write("2\n", QIODevice::Append);
    QVERIFY(QFile::rename(bill.path, bill.path + ".1"));
    bill.write("tokens,cost\n7,4\n", QIODevice::WriteOnly);
    QCOMPARE(bill.read(""), 7.0); // 1 + 2 of the old one, 4 of the new one, whose columns stand otherwise
    QCOMPARE(bill.listener.said,
             QStringList(QStringLiteral("noted: CSV file %1 was replaced; the new one is added up from its beginning")
                             .arg(bill.path)));
}

void FileProbesTest::followsAFileThatWasCut()
{
    Bill bill("cost\n100\n100\n");
    QCOMPARE(bill.read("1\n"), 1.0);
    bill.write("cost\n2\n", QIODevice::WriteOnly | QIODevice::Truncate);
    QCOMPARE(bill.read(""), 3.0);
}

void FileProbesTest::saysWhichColumnsThereAre()
{
    Bill bill("at,price\n");
    QCOMPARE(bill.read("1,2\n"), std::nullopt);
    QCOMPARE(bill.listener.said,
             QStringList(QStringLiteral("failed: CSV file %1 has no column 'cost'; it has at, price").arg(bill.path)));
    QVERIFY(QFile::remove(bill.path));
    QCOMPARE(bill.read("cost\n5\n"), 5.0); // another file
    QCOMPARE(bill.listener.said.last(), "recovered: delivers values now");
}

void FileProbesTest::readsMuchOverSeveralLooks()
{
    // 200,000 rows of two bytes: more than one look reads, and nothing of it is lost.
    Bill bill("cost\n");
    std::optional<double> sum = bill.read(QByteArray("1\n").repeated(200'000));
    QVERIFY(sum && *sum < 200'000.0);
    sum = bill.read("");
    QCOMPARE(sum, 200'000.0);
}

void FileProbesTest::asksADatabase()
{
    QTemporaryDir folder;
    const QString path = folder.filePath("usage.db");
    execute(path, "CREATE TABLE usage (cost REAL)");
    ManualClock clock;
    SqliteProbe probe("bill", {path, "SELECT sum(cost) FROM usage;"}, clock);
    ProbeListener listener(probe);
    const auto read = [&] {
        const int before = listener.readings;
        probe.look();
        return QTest::qWaitFor([&] { return listener.readings > before; }, 30'000) ? listener.values.front()
                                                                                   : std::nullopt;
    };
    QCOMPARE(read(), std::nullopt); // the sum of no rows is nothing, and no failure
    execute(path, "INSERT INTO usage VALUES (0.5), (0.25)");
    QCOMPARE(read(), 0.75);
    QCOMPARE(listener.said, QStringList());
    QVERIFY(probe.spent() > 0ns); // what its thread took
    QVERIFY(QFile::remove(path));
    QCOMPARE(read(), std::nullopt);
    QCOMPARE(read(), std::nullopt);
    QCOMPARE(listener.said,
             QStringList(QStringLiteral("failed: SQLite file %1 cannot be read: there is no such file").arg(path)));
}

void FileProbesTest::asksWhileSomebodyWrites()
{
    QTemporaryDir folder;
    const QString path = folder.filePath("usage.db");
    execute(path, "PRAGMA journal_mode = WAL; CREATE TABLE usage (cost REAL); INSERT INTO usage VALUES (3)");
    sqlite3 *writer = nullptr;
    QCOMPARE(sqlite3_open(path.toUtf8().constData(), &writer), SQLITE_OK);
    QCOMPARE(sqlite3_exec(writer, "BEGIN IMMEDIATE; INSERT INTO usage VALUES (4)", nullptr, nullptr, nullptr),
             SQLITE_OK);
    QCOMPARE(*askSqlite({path, "SELECT sum(cost) FROM usage"}), 3.0);
    QCOMPARE(sqlite3_exec(writer, "COMMIT", nullptr, nullptr, nullptr), SQLITE_OK);
    QCOMPARE(*askSqlite({path, "SELECT sum(cost) FROM usage"}), 7.0);
    sqlite3_close(writer);
}

void FileProbesTest::refusesQueries_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("saying");
    const QString reads = "is asked with a query that does more than read; write one SELECT";
    const QString one = "is asked with a query that does not give one number; write one SELECT of one column";
    QTest::newRow("change") << "DELETE FROM usage" << reads;
    QTest::newRow("another file") << "ATTACH '/etc/passwd' AS other" << reads;
    QTest::newRow("setting") << "PRAGMA journal_mode" << reads;
    QTest::newRow("extension") << "SELECT load_extension('x')" << "not authorized";
    QTest::newRow("two") << "SELECT 1; SELECT 2" << one;
    QTest::newRow("two columns") << "SELECT 1, 2" << one;
    QTest::newRow("nothing") << " -- nothing" << one;
    QTest::newRow("no such table") << "SELECT cost FROM bill" << "cannot be asked: no such table: bill";
    QTest::newRow("nonsense") << "what?" << "cannot be asked: near \"what\": syntax error";
    QTest::newRow("two rows") << "SELECT cost FROM usage"
                              << "answers the query with several rows; ask for one, as with sum() or LIMIT 1";
    QTest::newRow("no row") << "SELECT cost FROM usage WHERE cost > 9" << "has no row that answers the query";
    QTest::newRow("text") << "SELECT 'much'" << "answers the query with something that is no number";
    QTest::newRow("infinite") << "SELECT 9e999" << "answers the query with something that is no number";
}

void FileProbesTest::refusesQueries()
{
    QFETCH(QString, query);
    QFETCH(QString, saying);
    QTemporaryDir folder;
    const QString path = folder.filePath("usage.db");
    execute(path, "CREATE TABLE usage (cost REAL); INSERT INTO usage VALUES (1), (2)");
    const auto asked = askSqlite({path, query});
    QVERIFY(!asked);
    QVERIFY2(asked.error().message.contains(saying), qPrintable(asked.error().message));
    QCOMPARE(*askSqlite({path, "SELECT count(*) FROM usage"}), 2.0);
}

void FileProbesTest::interruptsAnEndlessQuery()
{
    QTemporaryDir folder;
    const QString path = folder.filePath("usage.db");
    execute(path, "CREATE TABLE usage (cost REAL)");
    const auto asked =
        askSqlite({path, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n", 20ms});
    QVERIFY(!asked);
    QCOMPARE(asked.error().message, "took too long for the query and was interrupted; make the query simpler");
}

void FileProbesTest::isAGapWithoutADatabase_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("cost\n1\n").repeated(1000);
    QTest::newRow("half a file") << QByteArray("SQLite format 3\0", 16) + QByteArray(1000, '\xff');
}

void FileProbesTest::isAGapWithoutADatabase()
{
    QFETCH(QByteArray, bytes);
    QTemporaryDir folder;
    QFile file(folder.filePath("usage.db"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    const auto asked = askSqlite({file.fileName(), "SELECT count(*) FROM usage"});
    QVERIFY(!asked);
    QVERIFY2(asked.error().message.startsWith("cannot be asked: "), qPrintable(asked.error().message));
    QVERIFY(!askSqlite({folder.path(), "SELECT 1"})); // a folder
}

QTEST_GUILESS_MAIN(FileProbesTest)
#include "tst_fileprobes.moc"
