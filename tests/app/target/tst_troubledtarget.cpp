// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/target/targetclient.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

/// Runs the real program with what makes it like a service in trouble, and asks it what it did.
class TroubledTargetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsMetricsThatPrometheusReads();
    void hitsWhatItAnsweredLately();
    void tellsItsTimesOnTheAnswersThatItIsTold_data();
    void tellsItsTimesOnTheAnswersThatItIsTold();
    void leaksWhatItSays();
    void stopsLeakingAtItsLimit();
    void burnsTheCpuTimeThatItSays();
    void answers503UntilItIsReady();
    void becomesReady();
    void refusesConnectionsUntilItListens();
    void freezesWhenItIsTold();
    void freezesAtAMoment();
    void drainsOnSigterm();
    void cutsWhatBurnsAtTheLimitOfTheDrain();
    void reloadsForWhoKnowsTheToken_data();
    void reloadsForWhoKnowsTheToken();
};

namespace {

QStringList words(const char *options) { return QString::fromLatin1(options).split(u' '); }

QJsonObject statsOf(Client &client) { return client.exchange("GET", "/stats").json(); }

double number(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toDouble(-1.0); }

double latencyOf(const Reply &reply) { return reply.headers.value("x-request-latency-ms").toDouble(); }

/// What promtool has to say against the metrics: nothing of what is fine.
QByteArray objectionsTo(const QByteArray &metrics)
{
    QProcess promtool;
    promtool.setProcessChannelMode(QProcess::MergedChannels);
    promtool.start(QStringLiteral("promtool"), {QStringLiteral("check"), QStringLiteral("metrics")});
    if (!promtool.waitForStarted(kPatience))
        return "promtool is not installed";
    promtool.write(metrics);
    promtool.closeWriteChannel();
    promtool.waitForFinished(kPatience);
    return promtool.readAll()
        + (promtool.exitCode() == 0 ? "" : "exit code " + QByteArray::number(promtool.exitCode()));
}

} // namespace

void TroubledTargetTest::tellsMetricsThatPrometheusReads()
{
    Target target(words("--workers 3 --service-time *=0ms --cache-hits 100% --leak-bytes 1000"));
    Client client(target.port());
    for (int i = 0; i < 3; ++i)
        QCOMPARE(client.exchange("POST", "/retrieve").status, 200);
    QCOMPARE(client.exchange("GET", "/documents/17").status, 200);
    QCOMPARE(client.exchange("GET", "/nothing").status, 404);
    const Reply reply = client.exchange("GET", "/metrics");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.headers.value("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    QCOMPARE(objectionsTo(reply.body), "");
    // The request for the metrics itself is not over yet.
    for (const char *line :
         {"headroom_target_requests_total{method=\"POST\",path=\"/retrieve\",status=\"200\"} 3",
          "headroom_target_requests_total{method=\"GET\",path=\"/documents/*\",status=\"200\"} 1",
          "headroom_target_requests_total{method=\"GET\",path=\"none\",status=\"404\"} 1",
          "headroom_target_errors_total 0", "headroom_target_requests_in_flight 0", "headroom_target_queue_depth 0",
          "headroom_target_workers 3", "headroom_target_cache_hits_total 4", "headroom_target_cache_misses_total 0",
          "headroom_target_leaked_bytes_total 4000", "headroom_target_ready 1",
          "headroom_target_request_duration_seconds_count{path=\"/retrieve\"} 3",
          "headroom_target_request_duration_seconds_bucket{path=\"/retrieve\",le=\"+Inf\"} 3"})
        QVERIFY2(reply.body.contains('\n' + QByteArray(line) + '\n'), line);
    const auto value = [&reply](const QByteArray &name) {
        const qsizetype at = reply.body.indexOf('\n' + name + ' ') + name.size() + 2;
        return reply.body.sliced(at, reply.body.indexOf('\n', at) - at).toDouble();
    };
    QVERIFY(value("process_resident_memory_bytes") > 1e6);
    QVERIFY(value("process_cpu_seconds_total") > 0.0);
    const double age = double(QDateTime::currentMSecsSinceEpoch()) / 1e3 - value("process_start_time_seconds");
    QVERIFY(age > 0.0 && age < 60.0);
}

void TroubledTargetTest::hitsWhatItAnsweredLately()
{
    // Two entries: a is still there at its second request, and made room for c before its third. The same document by
    // another address, or another body, is another entry.
    Target target(words("--cache-entries 2 --cache-time 0ms --service-time *=200ms"));
    Client client(target.port());
    QList<QByteArray> told;
    for (const char *path :
         {"/documents/a", "/documents/a", "/documents/b", "/documents/c", "/documents/a", "/documents/a?x=1"}) {
        const Reply reply = client.exchange("GET", path);
        told.append(reply.headers.value("x-cache"));
        QCOMPARE(latencyOf(reply) < 200.0, told.constLast() == "HIT");
        QVERIFY(reply.headers.value("server-timing").endsWith(", cache;desc=" + told.constLast()));
    }
    QCOMPARE(told, (QList<QByteArray>{"MISS", "HIT", "MISS", "MISS", "MISS", "MISS"}));
    QCOMPARE(client.exchange("POST", "/retrieve", {}, "one").headers.value("x-cache"), "MISS");
    QCOMPARE(client.exchange("POST", "/retrieve", {}, "two").headers.value("x-cache"), "MISS");
    QCOMPARE(client.exchange("POST", "/retrieve", {}, "one").headers.value("x-cache"), "HIT");
    const QJsonObject cache{{QStringLiteral("hits"), 2}, {QStringLiteral("misses"), 7}};
    QCOMPARE(statsOf(client).value(QLatin1String("cache")).toObject(), cache);
}

void TroubledTargetTest::tellsItsTimesOnTheAnswersThatItIsTold_data()
{
    QTest::addColumn<QString>("which");
    QTest::addColumn<bool>("ofWork");
    QTest::addColumn<bool>("ofOthers");
    QTest::newRow("worked") << QStringLiteral("worked") << true << false;
    QTest::newRow("all") << QStringLiteral("all") << true << true;
    QTest::newRow("none") << QStringLiteral("none") << false << false;
}

void TroubledTargetTest::tellsItsTimesOnTheAnswersThatItIsTold()
{
    QFETCH(QString, which);
    QFETCH(bool, ofWork);
    QFETCH(bool, ofOthers);
    Target target(words("--service-time *=10ms --parts db=60%,render=30% --timing") << which);
    Client client(target.port());
    const Reply work = client.exchange("POST", "/retrieve");
    QCOMPARE(work.headers.contains("x-request-latency-ms"), ofWork);
    QCOMPARE(work.headers.contains("server-timing"), ofWork);
    QVERIFY(work.headers.contains("x-cache"));
    if (ofWork) {
        QVERIFY(latencyOf(work) >= 10.0);
        const QByteArray timing = work.headers.value("server-timing");
        const QByteArray parts = ", db;dur=" + QByteArray::number(latencyOf(work) * 0.6, 'f', 2) + ", render;dur="
            + QByteArray::number(latencyOf(work) * 0.3, 'f', 2) + ", cache;desc=" + work.headers.value("x-cache");
        QVERIFY2(timing.endsWith(parts), timing);
        QVERIFY2(timing.startsWith("total;dur=" + work.headers.value("x-request-latency-ms") + ", queue;dur="), timing);
    }
    for (const char *path : {"/stats", "/nothing"}) {
        const Reply other = client.exchange("GET", path);
        QCOMPARE(other.headers.contains("x-request-latency-ms"), ofOthers);
        QCOMPARE(other.headers.contains("server-timing"), ofOthers);
        QVERIFY(!other.headers.contains("x-cache"));
    }
}

void TroubledTargetTest::leaksWhatItSays()
{
    // 50 requests of 1 MB; beside them the process keeps nearly nothing.
    Target target(words("--service-time *=0ms --leak-bytes 1MB"));
    Client client(target.port());
    QCOMPARE(number(statsOf(client), "leaked_bytes"), 0.0);
    const double before = number(statsOf(client), "rss_bytes");
    for (int i = 0; i < 50; ++i)
        QCOMPARE(client.exchange("POST", "/retrieve").status, 200);
    const QJsonObject stats = statsOf(client);
    QCOMPARE(number(stats, "leaked_bytes"), 50e6);
    const double grown = number(stats, "rss_bytes") - before;
    QVERIFY2(grown > 0.98 * 50e6 && grown < 1.1 * 50e6, qPrintable(QString::number(grown)));
}

void TroubledTargetTest::stopsLeakingAtItsLimit()
{
    Target target(words("--service-time *=0ms --leak-bytes 10KB --leak-limit 25KB"));
    Client client(target.port());
    for (int i = 0; i < 5; ++i)
        QCOMPARE(client.exchange("POST", "/retrieve").status, 200);
    QCOMPARE(number(statsOf(client), "leaked_bytes"), 25e3);
}

void TroubledTargetTest::burnsTheCpuTimeThatItSays()
{
    // 16 requests of 100 ms on two workers burn 1.6 s, by the clocks of the threads and by that of the process; all else
    // that a request takes is below 0.5 ms.
    Target target(words("--workers 2 --service-time *=0ms --cpu-time 100ms"));
    Client one(target.port());
    Client two(target.port());
    const double before = number(statsOf(one), "cpu_seconds");
    for (int i = 0; i < 8; ++i) {
        one.send("POST", "/retrieve");
        two.send("POST", "/retrieve");
        QCOMPARE(one.receive().status, 200);
        QCOMPARE(two.receive().status, 200);
    }
    const QJsonObject stats = statsOf(one);
    const double burnt = number(stats, "burnt_cpu_seconds");
    QVERIFY2(burnt >= 1.6 && burnt < 1.6 * 1.03, qPrintable(QString::number(burnt)));
    const double ratio = (number(stats, "cpu_seconds") - before) / burnt;
#ifdef __SANITIZE_THREAD__
    constexpr double kMost = 1.5; // the thread sanitizer burns besides
#else
    constexpr double kMost = 1.03;
#endif
    QVERIFY2(ratio > 0.97 && ratio < kMost, qPrintable(QString::number(ratio)));
}

void TroubledTargetTest::answers503UntilItIsReady()
{
    Target target(words("--ready-after 1h"));
    Client client(target.port());
    for (const char *path : {"/readyz", "/health/ready", "/health/startup", "/documents/17", "/jobs/1-0-0"}) {
        const Reply reply = client.exchange("GET", path);
        QCOMPARE(reply.status, 503);
        QVERIFY(reply.headers.value("retry-after").toInt() > 3'500);
    }
    QCOMPARE(client.exchange("POST", "/retrieve").status, 503);
    for (const char *path : {"/healthz", "/health/live", "/stats"})
        QCOMPARE(client.exchange("GET", path).status, 200);
    QVERIFY(client.exchange("GET", "/metrics").body.contains("\nheadroom_target_ready 0\n"));
    QCOMPARE(target.terminate(), 0);
}

void TroubledTargetTest::becomesReady()
{
    Target target(words("--ready-after 500ms"));
    Client client(target.port());
    QTRY_COMPARE(client.exchange("GET", "/readyz").status, 200);
    QCOMPARE(client.exchange("POST", "/retrieve").status, 200);
}

void TroubledTargetTest::refusesConnectionsUntilItListens()
{
    Target target(words("--ready-after 4s --until-ready closed"));
    QVERIFY2(target.line().startsWith("headroom-target: in 4.00 s listening on http://127.0.0.1:"), target.line());
    QTcpSocket early;
    early.connectToHost(QStringLiteral("127.0.0.1"), target.port());
    QVERIFY(!early.waitForConnected(kPatience));
    QCOMPARE(early.error(), QAbstractSocket::ConnectionRefusedError);
    QTRY_COMPARE_WITH_TIMEOUT(Client(target.port()).exchange("GET", "/readyz").status, 200, kPatience);
    QCOMPARE(target.terminate(), 0);
    Target never(words("--ready-after 1h --until-ready closed"));
    QCOMPARE(never.terminate(), 0);
}

void TroubledTargetTest::freezesWhenItIsTold()
{
    Target target(words("--admin-token sesame"));
    Client client(target.port());
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(client.exchange("POST", "/admin/freeze", "Authorization: Bearer sesame\r\n", "1s").status, 202);
    QCOMPARE(Client(target.port()).exchange("GET", "/health/live").status, 200); // the kernel lets it in meanwhile
    QVERIFY(timer.elapsed() >= 1'000);
}

void TroubledTargetTest::freezesAtAMoment()
{
    Target target(words("--freeze 1s@300ms"));
    Client client(target.port());
    QElapsedTimer whole;
    whole.start();
    qint64 longest = 0;
    while (longest < 800 && whole.elapsed() < kPatience) { // the freeze may begin a little before a request is sent
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(client.exchange("GET", "/health/live").status, 200);
        longest = std::max(longest, timer.elapsed());
    }
    QVERIFY(longest >= 800);
    QCOMPARE(target.terminate(), 0);
}

void TroubledTargetTest::drainsOnSigterm()
{
    Target target(words("--workers 1 --service-time retrieve=2s --drain answer --drain-within 1min"));
    Client first(target.port());
    Client second(target.port());
    Client watcher(target.port());
    first.send("POST", "/retrieve");
    second.send("POST", "/retrieve");
    QTRY_COMPARE(number(statsOf(watcher), "queue_depth"), 1.0);
    target.signal(SIGTERM);
    const auto ready = [&target] { return Client(target.port()).exchange("GET", "/readyz"); };
    QTRY_COMPARE(ready().status, 503); // the signal may come through after the request
    QCOMPARE(ready().headers.value("connection"), "close");
    QCOMPARE(Client(target.port()).exchange("GET", "/healthz").status, 200);
    const Reply late = Client(target.port()).exchange("POST", "/retrieve");
    QCOMPARE(late.status, 503);
    QCOMPARE(late.headers.value("connection"), "close");
    QCOMPARE(first.receive().status, 200);
    QCOMPARE(second.receive().status, 200);
    QCOMPARE(target.wait(), 0);
}

void TroubledTargetTest::cutsWhatBurnsAtTheLimitOfTheDrain()
{
    QTemporaryDir folder;
    const QString log = folder.filePath(QStringLiteral("truth.csv"));
    Target target(words("--service-time *=0ms --cpu-time 10s --drain-within 100ms --truth-log") << log);
    Client client(target.port());
    client.send("POST", "/retrieve");
    Client watcher(target.port());
    const auto inUse = [&watcher] {
        return number(statsOf(watcher).value(QLatin1String("pool")).toObject(), "in_use");
    };
    QTRY_COMPARE(inUse(), 1.0);
    QCOMPARE(target.terminate(), 0);
    QFile file(log);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> rows = file.readAll().trimmed().split('\n');
    QVERIFY2(rows.constLast().contains(",POST,/retrieve,"), rows.constLast());
    QCOMPARE(rows.constLast().split(',').value(7), "0"); // the service ended first
}

void TroubledTargetTest::reloadsForWhoKnowsTheToken_data()
{
    QTest::addColumn<QString>("option");
    QTest::newRow("from the environment") << QStringLiteral("--admin-token-env");
    QTest::newRow("from a file") << QStringLiteral("--admin-token-file");
}

void TroubledTargetTest::reloadsForWhoKnowsTheToken()
{
    QFETCH(QString, option);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("token")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("open-sesame\n") > 0);
    file.close();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PRACTICE_TOKEN"), QStringLiteral("open-sesame"));
    const bool isFile = option == QLatin1String("--admin-token-file");
    Target target(words("--service-time *=300ms --degraded-time 0%")
                      << option << (isFile ? file.fileName() : QStringLiteral("PRACTICE_TOKEN")),
                  environment);
    Client client(target.port());
    const QByteArray token = "Authorization: Bearer open-sesame\r\n";
    QCOMPARE(client.exchange("POST", "/admin/reload", {}, "degraded").status, 401);
    QCOMPARE(client.exchange("POST", "/admin/reload", "Authorization: Bearer open-barley\r\n", "degraded").status, 403);
    QCOMPARE(statsOf(client).value(QLatin1String("mode")).toString(), QStringLiteral("normal"));
    QCOMPARE(client.exchange("POST", "/admin/reload", token, "degraded").status, 200);
    QCOMPARE(statsOf(client).value(QLatin1String("mode")).toString(), QStringLiteral("degraded"));
    QVERIFY(latencyOf(client.exchange("POST", "/retrieve")) < 300.0);
    QCOMPARE(client.exchange("POST", "/admin/reload", token, "").status, 200);
    QVERIFY(latencyOf(client.exchange("POST", "/retrieve")) >= 300.0);
}

QTEST_GUILESS_MAIN(TroubledTargetTest)
#include "tst_troubledtarget.moc"
