// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/database.h"

#include <QTest>

using namespace Headroom;

class DatabaseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void takesColumnsFromLeftToRight();
    void rollsBackWhatWasNotCommitted();
    void doesNothingAfterAFailureUntilItWasTaken();
    void callsAValueOfTheWrongKindDamage_data();
    void callsAValueOfTheWrongKindDamage();

private:
    std::unique_ptr<Database> m_database;
};

void DatabaseTest::init()
{
    auto database = Database::open({}, Database::Mode::Memory);
    QVERIFY(database.has_value());
    m_database = std::move(*database);
    m_database->execute("CREATE TABLE t (a ANY, b ANY, c ANY, d ANY) STRICT");
}

void DatabaseTest::takesColumnsFromLeftToRight()
{
    Statement insert(*m_database, "INSERT INTO t VALUES (?, ?, ?, ?)");
    insert.run(-5, QStringLiteral("ä\0b"), QByteArray(), std::optional<double>(0.1));
    insert.run(std::uint64_t(7), QString(), QByteArray("\0x", 2), std::optional<double>());
    Statement select(*m_database, "SELECT * FROM t ORDER BY rowid");
    QVERIFY(select.next());
    QCOMPARE(select.takeInt(), -5);
    QCOMPARE(select.takeText(), QStringLiteral("ä\0b"));
    QCOMPARE(select.takeBlob(), QByteArray());
    QCOMPARE(select.takeOptionalReal(), std::optional<double>(0.1));
    QVERIFY(select.next());
    QCOMPARE(select.takeCount(), 7u);
    QCOMPARE(select.takeText(), QString());
    QCOMPARE(select.takeBlob(), QByteArray("\0x", 2));
    QCOMPARE(select.takeOptionalReal(), std::optional<double>());
    QVERIFY(!select.next());
    QVERIFY(!select.next()); // SQLite would begin anew, which once gave every row twice
    QVERIFY(m_database->takeResult().has_value());
}

void DatabaseTest::rollsBackWhatWasNotCommitted()
{
    {
        Transaction transaction(*m_database);
        m_database->execute("INSERT INTO t VALUES (1, 2, 3, 4)");
    }
    {
        Transaction transaction(*m_database);
        m_database->execute("INSERT INTO t VALUES (5, 6, 7, 8)");
        m_database->execute("INSERT INTO nothing VALUES (1)");
        QVERIFY(!transaction.commit().has_value());
    }
    {
        Transaction transaction(*m_database);
        m_database->execute("INSERT INTO t VALUES (9, 10, 11, 12)");
        QVERIFY(transaction.commit().has_value());
    }
    QCOMPARE(m_database->integerOf("SELECT sum(a) FROM t"), 9);
}

void DatabaseTest::doesNothingAfterAFailureUntilItWasTaken()
{
    m_database->execute("no SQL");
    m_database->execute("INSERT INTO t VALUES (1, 2, 3, 4)");
    QVERIFY(!m_database->isOk());
    const auto failed = m_database->takeResult();
    QVERIFY(!failed.has_value());
    QVERIFY(failed.error().message.contains(QLatin1String("syntax error")));
    QVERIFY(m_database->takeResult().has_value());
    QCOMPARE(m_database->integerOf("SELECT count(*) FROM t"), 0);
}

void DatabaseTest::callsAValueOfTheWrongKindDamage_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("wanted");
    QTest::newRow("text for a number") << QByteArray("'1'") << 0;
    QTest::newRow("nothing for a number") << QByteArray("NULL") << 0;
    QTest::newRow("too large for an int") << QByteArray("2147483648") << 1;
    QTest::newRow("negative count") << QByteArray("-1") << 2;
    QTest::newRow("two as a yes or no") << QByteArray("2") << 3;
    QTest::newRow("number for a text") << QByteArray("1") << 4;
    QTest::newRow("text that is not UTF-8") << QByteArray("CAST(x'ff41' AS TEXT)") << 4;
    QTest::newRow("text for bytes") << QByteArray("'1'") << 5;
    QTest::newRow("integer for a real") << QByteArray("1") << 6;
    QTest::newRow("text for an optional real") << QByteArray("'1'") << 7;
}

void DatabaseTest::callsAValueOfTheWrongKindDamage()
{
    QFETCH(QByteArray, value);
    QFETCH(int, wanted);
    Statement select(*m_database, "SELECT " + value);
    QVERIFY(select.next());
    switch (wanted) {
    case 0:
        select.takeInteger();
        break;
    case 1:
        select.takeInt();
        break;
    case 2:
        select.takeCount();
        break;
    case 3:
        select.takeBool();
        break;
    case 4:
        select.takeText();
        break;
    case 5:
        select.takeBlob();
        break;
    case 6:
        select.takeReal();
        break;
    case 7:
        select.takeOptionalReal();
        break;
    }
    const auto failed = m_database->takeResult();
    QVERIFY(!failed.has_value());
    QCOMPARE(failed.error().code, Error::Code::InvalidInput);
}

QTEST_GUILESS_MAIN(DatabaseTest)
#include "tst_database.moc"
