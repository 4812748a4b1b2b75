// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/nginxserver.h"
#include "tests/support/prometheusserver.h"
#include "tests/support/redisserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace Headroom;

/// Probes of every kind beside a real load, at real servers.
class WatchingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void watchesRealServers();
    void showsTheTargetsHeadersToTheTargetAlone();
    void agreesWithTheTargetsOwnClock();
    void looksAtTheMemoryWhenARuleStopsTheRun();
    void isAGapWhereNobodyIs();
    void asksBeforeItReadsALogOrStartsACommand();

private:
    QByteArray scenario(const QByteArray &probes, int seconds = 4) const;
    QJsonObject reportOf(const QByteArray &scenario, QString &errors, int exitCode = 0);
    double numberOf(const QJsonObject &report, const char *series, const char *which) const;

    QTemporaryDir m_folder;
    NginxServer m_nginx;
    RedisServer m_redis;
    PrometheusServer m_prometheus;
};

void WatchingTest::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_folder.filePath("state").toUtf8());
    qputenv("REDIS_PASSWORD", "hunter2-of-the-queue");
    QVERIFY(m_nginx.start());
    QVERIFY(m_redis.start("hunter2-of-the-queue"));
    QVERIFY(m_prometheus.start());
    QCOMPARE(m_redis.command({"RPUSH", "jobs", "a", "b", "c"}), ":3");
    QFile pay(m_folder.filePath("pay.sh"));
    QVERIFY(pay.open(QIODevice::WriteOnly));
    pay.write("#!/bin/sh\necho 2,2.5 >> usage.csv\n");
    pay.close();
    QVERIFY(pay.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
}

QByteArray WatchingTest::scenario(const QByteArray &probes, int seconds) const
{
    return "headroom: 1\nname: w\ntarget: { url: '" + m_nginx.url("").toEncoded()
        + "' }\nflows: [ { steps: [ { get: /, name: a } ] } ]\nload: { rate: 50/s, for: "
        + QByteArray::number(seconds) + " s }\n" + probes;
}

QJsonObject WatchingTest::reportOf(const QByteArray &text, QString &errors, int exitCode)
{
    QFile file(m_folder.filePath("w.yaml"));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(text);
    file.close();
    const ProcessResult result = runHeadroom(
        {"run", "w.yaml", "--allow-commands", "--progress", "none", "--report", "json=r.json"}, m_folder.path());
    errors = result.err;
    QFile report(m_folder.filePath("r.json"));
    const bool isAsExpected = result.exitCode == exitCode || (exitCode == 0 && result.exitCode == 5); // on a busy machine
    return isAsExpected && report.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(report.readAll()).object()
                                                                    : QJsonObject();
}

double WatchingTest::numberOf(const QJsonObject &report, const char *series, const char *which) const
{
    return report["probes"][QString::fromUtf8(series)][QString::fromUtf8(which)].toDouble(-1.0);
}

void WatchingTest::watchesRealServers()
{
    QFile bill(m_folder.filePath("usage.csv"));
    QVERIFY(bill.open(QIODevice::WriteOnly));
    bill.write("at,cost\n1,100\n");
    bill.close();
    QProcess sqlite;
    sqlite.start("sqlite3", {m_folder.filePath("usage.db"),
                             "CREATE TABLE usage (cost); INSERT INTO usage VALUES (0.5), (0.25)"});
    QVERIFY(sqlite.waitForFinished() && sqlite.exitCode() == 0);
    QString errors;
    const QJsonObject report = reportOf(
        scenario(
            "secrets: [REDIS_PASSWORD]\n"
            "probes:\n"
            "  web: { process: { port: "
            + QByteArray::number(m_nginx.url().port())
            + " } }\n"
              "  hits: { log: '"
            + m_nginx.accessLogPath().toUtf8()
            + "', pattern: ' 200 \\d+ headroom$' }\n"
              "  host: { host: true }\n"
              "  jobs: { redis: '127.0.0.1:"
            + QByteArray::number(m_redis.port())
            + "', values: { waiting: LLEN jobs, memory: INFO used_memory }, password: '${secret.REDIS_PASSWORD}' }\n"
              "  own: { prometheus: '"
            + m_prometheus.url("/metrics").toEncoded()
            + "', metrics: { memory: { metric: process_resident_memory_bytes }, "
              "asked: { metric: prometheus_http_requests_total, labels: { handler: /metrics }, as: rate } } }\n"
              "  query: { promql: 'vector(41) + 1', url: '"
            + m_prometheus.url("").toEncoded()
            + "' }\n"
              "  command: { command: echo took 17 ms, pattern: 'took (\\d+) ms' }\n"
              "  bill: { csv: usage.csv, value: cost }\n"
              "  spent: { sqlite: usage.db, query: SELECT sum(cost) FROM usage }\n"
              "  card: { gpu: 200 }\n" // no machine of ours has so many
              "actions: [ { name: pay, command: ./pay.sh, at: 2 s } ]\n"),
        errors);
    QVERIFY2(!report.isEmpty(), qPrintable(errors));
    QVERIFY(numberOf(report, "web.rss", "max") > 1e6);
    // 50 a second, though a look may see some lines of the second before or after.
    const double hits = numberOf(report, "hits", "mean");
    QVERIFY2(hits > 25.0 && hits < 75.0, qPrintable(QString::number(hits)));
    QVERIFY(numberOf(report, "host.memory_share", "max") > 0.0);
    QCOMPARE(numberOf(report, "jobs.waiting", "last"), 3.0);
    QVERIFY(numberOf(report, "jobs.memory", "last") > 1e5);
    QVERIFY(numberOf(report, "own.memory", "last") > 1e6);
    QVERIFY(numberOf(report, "own.asked", "max") > 0.0);
    QCOMPARE(numberOf(report, "query", "last"), 42.0);
    QCOMPARE(numberOf(report, "command", "last"), 17.0);
    QCOMPARE(numberOf(report, "bill", "min"), 0.0); // what was there before does not count
    QCOMPARE(numberOf(report, "bill", "last"), 2.5);
    QCOMPARE(numberOf(report, "spent", "last"), 0.75);
    QVERIFY(report["probes"]["card.use"]["last"].isNull());
    QVERIFY(!QJsonDocument(report).toJson().contains("hunter2"));
}

void WatchingTest::showsTheTargetsHeadersToTheTargetAlone()
{
    qputenv("KEY_OF_THE_SHOP", "open-sesame-17");
    const QString depth = QStringLiteral("location = /depth { if ($http_x_key %1) { return 403; } "
                                         "default_type application/json; return 200 '{\"depth\":7}'; }");
    NginxServer shop; // lets in who has the key ...
    NginxServer other; // ... and this one only who does not show it
    QVERIFY(shop.start(depth.arg(QStringLiteral("!= open-sesame-17"))));
    QVERIFY(other.start(depth.arg(QStringLiteral("!= ''"))));
    QString errors;
    const QJsonObject report = reportOf(
        "headroom: 1\nname: w\nsecrets: [KEY_OF_THE_SHOP]\ntarget:\n  url: '" + shop.url("").toEncoded()
            + "'\n  headers: { X-Key: '${secret.KEY_OF_THE_SHOP}' }\n"
              "flows: [ { steps: [ { get: /, name: a } ] } ]\nload: { rate: 20/s, for: 3 s }\nprobes:\n"
              "  own: { json: /depth, values: { depth: $.depth } }\n"
              "  foreign: { json: '"
            + other.url("/depth").toEncoded() + "', values: { depth: $.depth } }\n",
        errors);
    QVERIFY2(!report.isEmpty(), qPrintable(errors));
    QCOMPARE(numberOf(report, "own.depth", "min"), 7.0);
    QCOMPARE(numberOf(report, "foreign.depth", "min"), 7.0);
    QVERIFY(!QJsonDocument(report).toJson().contains("open-sesame"));
}

void WatchingTest::agreesWithTheTargetsOwnClock()
{
    // 4 s x 120/s x 4 ms are 1.9 s of processor time, which the kernel tells in steps of 10 ms, twice. Nearly nothing
    // goes on before and after it, so that it does not matter which second a reading falls into.
    QString errors;
    const QJsonObject report =
        reportOf("headroom: 1\nname: w\ntarget: { practice: { workers: 4, service_time: '*=1ms', cpu_time: 4 ms } }\n"
                 "flows: [ { steps: [ { post: /retrieve, json: { q: a }, name: a } ] } ]\n"
                 "load: { stages: [ { rate: 1/s, for: 1500 ms }, { rate: 120/s, for: 4 s }, { rate: 1/s, for: 1500 ms } ] }\n"
                 "probes:\n"
                 "  target: { process: { practice: true }, heap: /stats }\n"
                 "  own: { json: /stats, values: { cpu: $.cpu_seconds, rss: $.rss_bytes } }\n"
                 "rules: [ cost(cpu) < 1 s ]\n",
                 errors);
    QVERIFY2(!report.isEmpty(), qPrintable(errors));
    const auto grown = [&report](const char *series) {
        std::vector<double> known;
        for (const QJsonValue value : report["probes"][QString::fromUtf8(series)]["values"].toArray()) {
            if (value.isDouble())
                known.push_back(value.toDouble());
        }
        return known.empty() ? 0.0 : known.back() - known.front();
    };
    const auto isNear = [](double a, double b, double share) {
        const bool isIt = std::abs(a / b - 1.0) < share;
        if (!isIt)
            qWarning("%f is not near %f", a, b);
        return isIt;
    };
    const double own = grown("own.cpu");
    QVERIFY2(own > 1.5, qPrintable(QString::number(own)));
    QVERIFY(isNear(grown("target.cpu_seconds"), own, 0.02));
    QVERIFY(isNear(numberOf(report, "target.rss", "last"), numberOf(report, "own.rss", "last"), 0.02));
    const QJsonValue cost = report["rules"][0];
    QVERIFY(isNear(cost["value"].toDouble(), 1000.0 * own / cost["samples"].toDouble(), 0.03));
    QVERIFY(isNear(cost["samples"].toDouble(), report["totals"]["requests"].toDouble(), 0.01));

    // What held its memory, before and after; and what it said of its heap.
    const QJsonValue mappings = report["memory_mappings"][0];
    QCOMPARE(mappings["probe"].toString(), "target");
    QCOMPARE(mappings["top"].toArray().size(), 10);
    QVERIFY(isNear(mappings["end_bytes"].toDouble(), numberOf(report, "own.rss", "last"), 0.02));
    QVERIFY(mappings["start_bytes"].toDouble() > 1e6);
    QStringList files;
    for (const QJsonValue file : report["attachments"].toArray())
        files.append(file["name"].toString().section(u'.', 0, 0));
    QCOMPARE(files,
             (QStringList{"mappings-target-start", "heap-target-1", "mappings-target-end", "heap-target-2"}));
    const QString last = report["events"].toArray().last()["text"].toString();
    QVERIFY2(last.startsWith("watching took ") && last.contains(" of a core: "), qPrintable(last));
}

void WatchingTest::looksAtTheMemoryWhenARuleStopsTheRun()
{
    QString errors;
    const QJsonObject report =
        reportOf("headroom: 1\nname: w\ntarget: { practice: {} }\n"
                 "flows: [ { steps: [ { post: /retrieve, json: { q: a }, name: a } ] } ]\n"
                 "load: { rate: 20/s, for: 10 s }\n"
                 "probes: { target: { process: { practice: true } }, quiet: { process: { practice: true, mappings: false } } }\n"
                 "rules: [ max(target.rss) < 1 MB stop ]\n",
                 errors, 4);
    QVERIFY2(!report.isEmpty(), qPrintable(errors));
    QCOMPARE(report["memory_mappings"].toArray().size(), 1);
    const QJsonArray files = report["attachments"].toArray();
    QCOMPARE(files.size(), 2);
    QVERIFY(files[1]["t_s"].toDouble() < 5.0);
    QVERIFY(report["memory_mappings"][0]["end_bytes"].toDouble() > 1e6);
}

void WatchingTest::isAGapWhereNobodyIs()
{
    QString errors;
    const QJsonObject report = reportOf(scenario("probes:\n"
                                                 "  query: { promql: up, url: 'http://127.0.0.1:1' }\n"
                                                 "  jobs: { redis: '127.0.0.1:1', value: LLEN jobs }\n"
                                                 "  lines: { log: none.log, pattern: x }\n"
                                                 "  metric: { prometheus: /, metric: jobs }\n"
                                                 "  unit: { cgroup: no-such-unit.service }\n"
                                                 "  named: { process: { name: no-such-process } }\n",
                                                 2),
                                        errors);
    QVERIFY2(!report.isEmpty(), qPrintable(errors));
    for (const char *name : {"query", "jobs", "lines", "metric", "unit", "named"}) {
        int told = 0;
        for (const QJsonValue event : report["events"].toArray())
            told += event["text"].toString().startsWith(QStringLiteral("probe %1: ").arg(QLatin1String(name)));
        QCOMPARE(told, 1);
    }
    QVERIFY(report["probes"]["jobs"]["last"].isNull());
    QCOMPARE(report["totals"]["errors"].toInt(-1), 0);
}

void WatchingTest::asksBeforeItReadsALogOrStartsACommand()
{
    QFile file(m_folder.filePath("t.yaml"));
    for (const auto &[probe, named] :
         {std::pair<QByteArray, QString>{"{ command: uptime, pattern: '(x)' }", "uptime"},
          std::pair<QByteArray, QString>{"{ log: /var/log/a.log, pattern: x }", "tail -F /var/log/a.log"},
          std::pair<QByteArray, QString>{"{ csv: /var/log/a.csv, value: x }", "tail -F /var/log/a.csv"},
          std::pair<QByteArray, QString>{"{ sqlite: /var/a.db, query: SELECT 1 }", "sqlite3 /var/a.db"}}) {
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(scenario("probes: { a: " + probe + " }\n"));
        file.close();
        const ProcessResult result = runHeadroom({"run", "t.yaml", "--progress", "none"}, m_folder.path());
        QVERIFY(result.exitCode != 0);
        QVERIFY2(result.err.contains(named) && result.err.contains("--allow-commands"), qPrintable(result.err));
    }
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(scenario("probes: { a: { command: uptime, pattern: '(x)' }, b: { command: 'touch x', pattern: '(x)' } }\n"));
    file.close();
    const ProcessResult both = runHeadroom({"run", "t.yaml", "--progress", "none"}, m_folder.path());
    QVERIFY2(both.err.contains("'uptime', 'touch x'"), qPrintable(both.err));
}

QTEST_GUILESS_MAIN(WatchingTest)
#include "tst_watching.moc"
