// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/redisquestion.h"

#include <QTest>

using namespace Headroom;

class RedisQuestionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAQuestion_data();
    void readsAQuestion();
    void refusesAQuestion_data();
    void refusesAQuestion();
    void findsANumberInInfo_data();
    void findsANumberInInfo();
};

void RedisQuestionTest::readsAQuestion_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArrayList>("command");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("list") << "LLEN jobs" << QByteArrayList{"LLEN", "jobs"} << QByteArray();
    QTest::newRow("any case") << "llen Jobs" << QByteArrayList{"LLEN", "Jobs"} << QByteArray();
    QTest::newRow("stream") << "XLEN s:1" << QByteArrayList{"XLEN", "s:1"} << QByteArray();
    QTest::newRow("set") << "SCARD s" << QByteArrayList{"SCARD", "s"} << QByteArray();
    QTest::newRow("key with a blank") << "LLEN \"my jobs\"" << QByteArrayList{"LLEN", "my jobs"} << QByteArray();
    QTest::newRow("pending") << "XPENDING s workers" << QByteArrayList{"XPENDING", "s", "workers"} << QByteArray();
    QTest::newRow("of the server") << "INFO used_memory" << QByteArrayList{"INFO"} << QByteArray("used_memory");
}

void RedisQuestionTest::readsAQuestion()
{
    QFETCH(QString, text);
    const auto question = parseRedisQuestion(text);
    QVERIFY(question);
    QTEST(question->command, "command");
    QTEST(question->infoField, "field");
}

void RedisQuestionTest::refusesAQuestion_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "LLEN", "LLEN a b", "XPENDING s", "INFO", "DEL jobs", "FLUSHALL", "KEYS *", "$.jobs"})
        QTest::addRow("'%s'", text) << QString::fromUtf8(text);
}

void RedisQuestionTest::refusesAQuestion()
{
    QFETCH(QString, text);
    const auto question = parseRedisQuestion(text);
    QVERIFY(!question);
    QVERIFY(question.error().message.startsWith(
        QStringLiteral("'%1' is nothing to ask Redis; write LLEN key, ").arg(text)));
}

void RedisQuestionTest::findsANumberInInfo_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<std::optional<double>>("number");
    QTest::newRow("whole") << QByteArray("used_memory") << std::optional(1024.0);
    QTest::newRow("fraction") << QByteArray("mem_fragmentation_ratio") << std::optional(1.5);
    QTest::newRow("part") << QByteArray("db0.expires") << std::optional(2.0);
    QTest::newRow("with a unit") << QByteArray("used_memory_human") << std::optional<double>();
    QTest::newRow("beginning of another") << QByteArray("used_mem") << std::optional<double>();
    QTest::newRow("not there") << QByteArray("clients") << std::optional<double>();
    QTest::newRow("part that is not there") << QByteArray("db0.age") << std::optional<double>();
    QTest::newRow("infinite") << QByteArray("odd") << std::optional<double>();
}

void RedisQuestionTest::findsANumberInInfo()
{
    QFETCH(QByteArray, field);
    QTEST(redisInfoNumber("# Memory\r\nused_memory_human:1K\r\nused_memory:1024\r\nmem_fragmentation_ratio:1.5\r\n"
                          "db0:keys=5,expires=2,avg_ttl=0\r\nodd:inf\r\n",
                          field),
          "number");
}

QTEST_GUILESS_MAIN(RedisQuestionTest)
#include "tst_redisquestion.moc"
