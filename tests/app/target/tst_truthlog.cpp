// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/truthlog.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

class TruthLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void escapesHostileText_data();
    void escapesHostileText();
    void writesARowPerRequest();
    void writesOnlyWhenFlushed();
    void tellsThatTheFileCannotBeMade();
    void tellsThatTheDiskIsFull();
};

void TruthLogTest::escapesHostileText_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("plain") << QByteArray("curl/8.5.0") << QByteArray("curl/8.5.0");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("blank inside") << QByteArray("a b") << QByteArray("a b");
    QTest::newRow("blank outside") << QByteArray(" a") << QByteArray("\" a\"");
    QTest::newRow("comma") << QByteArray("a,b") << QByteArray("\"a,b\"");
    QTest::newRow("quote") << QByteArray("a\"b") << QByteArray("\"a\"\"b\"");
    QTest::newRow("line break") << QByteArray("a\r\n1,b") << QByteArray("\"a??1,b\"");
    QTest::newRow("zero byte") << QByteArray("a\0b", 3) << QByteArray("a?b");
    QTest::newRow("not UTF-8") << QByteArray("a\xff") << QByteArray("a\xef\xbf\xbd"); // U+FFFD
    QTest::newRow("UTF-8") << QByteArray("ä€😀") << QByteArray("ä€😀");
    QTest::newRow("long") << QByteArray(201, 'x') << QByteArray(200, 'x');
    QTest::newRow("long and wide") << QByteArray("ä").repeated(201) << QByteArray("ä").repeated(200);
    QTest::newRow("long with quotes") << QByteArray(300, '"') << QByteArray(402, '"'); // 200 doubled, and two around
}

void TruthLogTest::escapesHostileText()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, field);
    QCOMPARE(csvField(sent), field);
}

namespace {

constexpr const char *kHeader = "id,method,path,user_agent,arrival_ns,start_ns,end_ns,status,latency_ms,cache\n";

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(unreadable)");
}

TruthRow exampleRow()
{
    return {.id = "r,1",
            .method = "POST",
            .path = "/retrieve",
            .userAgent = "headroom",
            .arrival = SteadyTime(1s),
            .start = SteadyTime(1s + 5ns),
            .end = SteadyTime(2s),
            .latencyMs = "999.99",
            .cache = "HIT",
            .status = 200};
}

} // namespace

void TruthLogTest::writesARowPerRequest()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("truth.csv"));
    const auto log = *TruthLog::create(path);
    log->append(exampleRow());
    QVERIFY(log->flush());
    QCOMPARE(contentsOf(path),
             QByteArray(kHeader) + "\"r,1\",POST,/retrieve,headroom,1000000000,1000000005,2000000000,200,999.99,HIT\n");
}

void TruthLogTest::writesOnlyWhenFlushed()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("truth.csv"));
    const auto log = *TruthLog::create(path);
    log->append(exampleRow());
    QCOMPARE(contentsOf(path), QByteArray(kHeader));
}

void TruthLogTest::tellsThatTheFileCannotBeMade()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("absent/truth.csv"));
    const auto log = TruthLog::create(path);
    QVERIFY(!log);
    QCOMPARE(log.error().code, Error::Code::Unwritable);
    QCOMPARE(log.error().subject, path);
}

void TruthLogTest::tellsThatTheDiskIsFull()
{
    // Nothing can be written to /dev/full, not even the header (full(4)).
    const auto log = TruthLog::create(QStringLiteral("/dev/full"));
    QVERIFY(!log);
    QCOMPARE(log.error().code, Error::Code::Unwritable);
}

QTEST_GUILESS_MAIN(TruthLogTest)
#include "tst_truthlog.moc"
