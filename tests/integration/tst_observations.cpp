// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/targetprocess.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace Headroom;

namespace {

QByteArray scenarioFor(const QUrl &target)
{
    return "headroom: 1\ntarget: { url: '" + target.toEncoded()
        + "', server_time: header X-Request-Latency-Ms }\n"
          "observe:\n"
          "  cache: { hit: header X-Cache == HIT }\n"
          "  total: { value: server-timing total, unit: ms }\n"
          "  model: { part: server-timing model }\n"
          "  db: { part: server-timing db }\n"
          "  render: { part: server-timing render }\n"
          "  tokens: { value: $.usage.tokens, of: /retrieve }\n"
          "  nothing: { value: header X-Absent, of: /retrieve }\n"
          "flows: [ { steps: [ { post: /retrieve, json: {} }, { get: /documents/1 } ] } ]\n"
          "load: { stages: [ { rate: 100/s, for: 2 s }, { rate: 0/s, for: 1 s } ] }\n" // the last answers are measured too
          "rules: [ 'hit_rate(cache) between 20 % and 40 %', 'value(tokens, max) < 300', 'value(server_time) < 10 s' "
          "]\n";
}

/// What the target wrote of the requests of the load.
struct Truth
{
    int answers = 0;
    int hits = 0;
    double sum = 0.0; // ms
    double longest = 0.0;
};

Truth truthOf(const QStringList &rows)
{
    Truth truth;
    for (const QString &row : rows) {
        const QStringList columns = row.split(u',');
        const double latency = columns.value(8).toDouble();
        ++truth.answers;
        truth.hits += columns.value(9) == u"HIT";
        truth.sum += latency;
        truth.longest = std::max(truth.longest, latency);
    }
    return truth;
}

QJsonObject readJson(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QJsonObject named(const QJsonObject &report, const QString &name)
{
    for (const auto &row : report[QStringLiteral("observations")].toArray()) {
        if (row.toObject()[QStringLiteral("name")].toString() == name)
            return row.toObject();
    }
    return {};
}

double number(const QJsonObject &row, const char *key) { return row[QLatin1String(key)].toDouble(NAN); }

} // namespace

/// What headroom says that answers said is what the target wrote down that it told.
class ObservationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheTargetsLog_data();
    void agreesWithTheTargetsLog();
};

void ObservationsTest::agreesWithTheTargetsLog_data()
{
    QTest::addColumn<QString>("workers");
    QTest::newRow("one worker") << QStringLiteral("1");
    QTest::newRow("two workers") << QStringLiteral("2");
}

void ObservationsTest::agreesWithTheTargetsLog()
{
    QFETCH(QString, workers);
    const QTemporaryDir folder;
    TargetProcess target;
    QVERIFY(target.start({QStringLiteral("--service-time"), QStringLiteral("retrieve=3ms, documents=1ms"),
                          QStringLiteral("--cache-hits"), QStringLiteral("30%"), QStringLiteral("--seed"),
                          QStringLiteral("9")}));
    const auto run =
        runHeadroom({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--workers"), workers,
                     QStringLiteral("--out"), QStringLiteral("s.headroom"), QStringLiteral("--report"),
                     QStringLiteral("json=r.json"), QStringLiteral("--report"), QStringLiteral("html=r.html")},
                    folder.path(), scenarioFor(target.url()));
    QVERIFY2(run.exitCode == 0 || run.exitCode == 5, qPrintable(run.err + run.out)); // 5: the machine was busy
    const Truth truth = truthOf(target.stopAndReadLog(QStringLiteral("headroom")));
    QCOMPARE(truth.answers, 400);
    const QJsonObject report = readJson(folder.filePath(QStringLiteral("r.json")));

    const QJsonObject cache = named(report, QStringLiteral("cache"));
    QCOMPARE(int(number(cache, "count")), truth.answers);
    QCOMPARE(int(number(cache, "hits")), truth.hits);
    QVERIFY(truth.hits > 0);

    // The target tells times to two decimals, and logs what it told: nothing is lost but the last bits of the sum.
    for (const char *name : {"server_time", "total"}) {
        const QJsonObject time = named(report, QLatin1String(name));
        QCOMPARE(int(number(time, "count")), truth.answers);
        QVERIFY(std::abs(number(time, "mean") * truth.answers - truth.sum) < 0.001 * truth.answers);
        QVERIFY(std::abs(number(time, "max") - truth.longest) < 0.001);
    }

    // Of each answer 60 %, 25 % and 10 %, each rounded to 0.01 ms.
    const QJsonObject parts = report[QStringLiteral("server")][QStringLiteral("parts")].toObject();
    const double mean = truth.sum / truth.answers;
    QCOMPARE(parts[QStringLiteral("dominant")].toString(), QStringLiteral("model"));
    const std::vector<double> shares{0.60, 0.25, 0.10};
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const QJsonObject part = parts[QStringLiteral("parts")][qsizetype(i)].toObject();
        QVERIFY2(std::abs(number(part, "mean_ms") - shares[i] * mean) <= 0.006, qPrintable(QString::number(i)));
    }
    QVERIFY(std::abs(number(parts, "uncovered_ms") - 0.05 * mean) <= 0.018);

    const QJsonObject tokens = named(report, QStringLiteral("tokens"));
    QCOMPARE(int(number(tokens, "count")), 200);
    QVERIFY(number(tokens, "min") >= 100.0 && number(tokens, "max") <= 299.0);
    QCOMPARE(int(number(named(report, QStringLiteral("nothing")), "missing")), 200);

    // What the client measured holds the server's time and more.
    const QJsonObject against =
        report[QStringLiteral("server")][QStringLiteral("against_client")][QStringLiteral("mean")].toObject();
    QVERIFY(number(against, "difference_ms") > 0.0);

    // The session alone gives the same.
    const auto again =
        runHeadroom({QStringLiteral("report"), QStringLiteral("s.headroom"), QStringLiteral("--report"),
                     QStringLiteral("json=again.json"), QStringLiteral("--report"), QStringLiteral("html=again.html")},
                    folder.path());
    QCOMPARE(again.exitCode, 0);
    QCOMPARE(readJson(folder.filePath(QStringLiteral("again.json"))), report);
    QVERIFY(run.out.contains(QStringLiteral("model is the longest part"))
            || run.err.contains(QStringLiteral("model is the longest part")));
}

QTEST_GUILESS_MAIN(ObservationsTest)
#include "tst_observations.moc"
