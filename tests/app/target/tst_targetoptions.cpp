// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/targetoptions.h"

#include <QTest>

using namespace Headroom;

class TargetOptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void haveDefaults();
    void areRead();
    void areReadOfCacheAndTroubles();
    void giveInformation();
    void refuse_data();
    void refuse();
};

namespace {

Result<TargetOptions> parse(const QStringList &arguments)
{
    return parseTargetOptions(QStringList{QStringLiteral("headroom-target")} + arguments, QStringLiteral("1.2.3"));
}

} // namespace

void TargetOptionsTest::haveDefaults()
{
    const auto options = parse({});
    QVERIFY(options);
    QCOMPARE(options->address, QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(options->port, 0);
    QCOMPARE(options->workers, 8);
    QCOMPARE(options->queue, 64);
    QCOMPARE(options->truthLog, QString());
    QVERIFY(!options->exitsWithStdin);
}

void TargetOptionsTest::areRead()
{
    const auto options =
        parse(QStringLiteral("--address ::1 --port 8080 --workers 2 --queue 0 --seed 18446744073709551615 "
                             "--service-time retrieve=5ms --service-time facets=6ms,*=7ms "
                             "--truth-log truth.csv --exit-with-stdin")
                  .split(u' '));
    QVERIFY(options);
    QCOMPARE(options->address, QHostAddress(QHostAddress::LocalHostIPv6));
    QCOMPARE(options->port, 8080);
    QCOMPARE(options->workers, 2);
    QCOMPARE(options->queue, 0);
    QCOMPARE(options->seed, 18446744073709551615u);
    QCOMPARE(options->serviceTimes.of(Endpoint::Retrieve).sample(1, 0), 5ms);
    QCOMPARE(options->serviceTimes.of(Endpoint::Facets).sample(1, 0), 6ms);
    QCOMPARE(options->serviceTimes.of(Endpoint::Extract).sample(1, 0), 7ms);
    QCOMPARE(options->truthLog, QStringLiteral("truth.csv"));
    QVERIFY(options->exitsWithStdin);
}

void TargetOptionsTest::areReadOfCacheAndTroubles()
{
    const auto options =
        parse(QStringLiteral("--cache-entries 100 --cache-ttl 30s --cache-time 1ms --timing all --parts db=60% --cpu-time 2ms "
                             "--leak-bytes 10KB --leak-limit 1MiB --freeze 3s@10s,1s@1min --ready-after 5s --until-ready closed "
                             "--drain answer --drain-within 30s --degraded-time 25% --admin-token sesame")
                  .split(u' '));
    QVERIFY(options);
    QCOMPARE(options->answers.cacheEntries, 100);
    QCOMPARE(options->answers.cacheTtl, 30s);
    QCOMPARE(options->answers.cacheTime, std::optional<Nanoseconds>(1ms));
    QVERIFY(options->answers.timing == AnswerOptions::Timing::All);
    QCOMPARE(options->answers.parts.of(10.0), ", db;dur=6.00");
    QCOMPARE(options->troubles.cpuTime, 2ms);
    QCOMPARE(options->troubles.leakBytes, 10'000);
    QCOMPARE(options->troubles.leakLimit, 1 << 20);
    QCOMPARE(options->troubles.freezes.size(), 2u);
    QCOMPARE(options->troubles.freezes[1].lasts, 1s);
    QCOMPARE(options->troubles.freezes[1].at, 1min);
    QCOMPARE(options->troubles.readyAfter, 5s);
    QVERIFY(options->troubles.untilReady == TroubleOptions::UntilReady::Closed);
    QVERIFY(options->troubles.drain == TroubleOptions::Drain::Answer);
    QCOMPARE(options->troubles.drainWithin, 30s);
    QCOMPARE(options->troubles.degradedTime, 0.25);
    QCOMPARE(options->adminToken, "sesame");
}

void TargetOptionsTest::giveInformation()
{
    QCOMPARE(parse({QStringLiteral("--version")})->information, QStringLiteral("headroom-target 1.2.3\n"));
    QVERIFY(parse({QStringLiteral("--help")})->information.contains(QLatin1String("--service-time")));
}

void TargetOptionsTest::refuse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");
    QTest::newRow("unknown option") << QStringList{"--wokers"} << "Unknown option 'wokers'; see --help";
    QTest::newRow("word") << QStringList{"start"} << "'start' is not an option; see --help";
    QTest::newRow("port too high") << QStringList{"--port", "65536"}
                                   << "--port: '65536' is not a whole number from 0 to 65535";
    QTest::newRow("port negative") << QStringList{"--port=-1"} << "--port: '-1' is not a whole number from 0 to 65535";
    QTest::newRow("no workers") << QStringList{"--workers", "0"}
                                << "--workers: '0' is not a whole number from 1 to 100000";
    QTest::newRow("queue as text") << QStringList{"--queue", "many"}
                                   << "--queue: 'many' is not a whole number from 0 to 1000000";
    QTest::newRow("host name") << QStringList{"--address", "example.org"}
                               << "--address: 'example.org' is not an IP address; write one such as 127.0.0.1";
    QTest::newRow("service time") << QStringList{"--service-time", "retrieve"}
                                  << "--service-time: 'retrieve' has no '='; write endpoint=time, as in retrieve=5ms";
    QTest::newRow("share") << QStringList{"--cache-hits", "101%"} << "--cache-hits: '101%' is not a share from 0% to 100%";
    QTest::newRow("two caches") << QStringList{"--cache-hits", "10%", "--cache-entries", "5"}
                                << "--cache-entries: a cache with entries has no --cache-hits; leave one out";
    QTest::newRow("age of nothing") << QStringList{"--cache-ttl", "1s"}
                                    << "--cache-ttl: only entries grow old; add --cache-entries";
    QTest::newRow("time") << QStringList{"--cpu-time", "11s"}
                          << "--cpu-time: '11s' is not a time from 0 s to 10 s, such as 500ms";
    QTest::newRow("size") << QStringList{"--leak-bytes", "much"}
                          << "--leak-bytes: 'much' is not a size from 0 to 67108864 bytes, such as 10KB";
    QTest::newRow("no such word") << QStringList{"--drain", "answers"}
                          << "--drain: 'answers' is not one of close, answer (did you mean 'answer'?)";
    QTest::newRow("parts above the whole")
        << QStringList{"--parts", "db=60%,cpu=41%"} << "--parts: the parts are more than 100 % together; make some smaller";
    QTest::newRow("part without a share") << QStringList{"--parts", "db"}
                                          << "--parts: 'db' is not a part; write name=share, as in db=60%";
    QTest::newRow("part of another") << QStringList{"--parts", "queue=5%"}
                                     << "--parts: 'queue' is the name of another part; choose one of its own";
    QTest::newRow("freeze without a moment") << QStringList{"--freeze", "3s"}
                                             << "--freeze: '3s' has no '@'; write for how long and when, as in 3s@10s";
    QTest::newRow("freeze too long") << QStringList{"--freeze", "11min@1s"}
                                     << "--freeze: '11min' is not a time from 0 s to 10 min, such as 3s";
    QTest::newRow("freeze too late") << QStringList{"--freeze", "1s@2d"}
                                     << "--freeze: '2d' is not a moment from 0 s to 1 d, such as 10s";
    QTest::newRow("two tokens") << QStringList{"--admin-token", "sesame", "--admin-token-env", "T"}
                                << "--admin-token: there is one token; leave the other option out";
    QTest::newRow("no such variable")
        << QStringList{"--admin-token-env", "HEADROOM_TEST_NO_SUCH_VARIABLE"}
        << "--admin-token-env: the token is empty, longer than 4096 characters or not of plain letters, digits and signs; "
           "set another";
    QTest::newRow("no such file") << QStringList{"--admin-token-file", "/no/such/file"}
                                  << "/no/such/file: --admin-token-file: cannot be read (No such file or directory); name a "
                                     "file with the token alone";
    QTest::newRow("log without a name") << QStringList{"--truth-log", ""} << "--truth-log: name a file";
}

void TargetOptionsTest::refuse()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);
    const auto options = parse(arguments);
    QVERIFY(!options);
    QCOMPARE(options.error().text(), message);
}

QTEST_GUILESS_MAIN(TargetOptionsTest)
#include "tst_targetoptions.moc"
