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
