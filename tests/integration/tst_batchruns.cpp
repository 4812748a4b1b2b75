// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/targetprocess.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

using namespace Headroom;

namespace {

/// One row of the truth log, times in ns.
struct Served
{
    QString path;
    qint64 arrival = 0;
    qint64 end = 0;
};

std::vector<Served> served(const QStringList &rows)
{
    std::vector<Served> all;
    for (const QString &row : rows) {
        const QStringList fields = row.split(QLatin1Char(','));
        all.push_back({fields.at(2), fields.at(4).toLongLong(), fields.at(6).toLongLong()});
    }
    std::ranges::sort(all, {}, &Served::arrival);
    return all;
}

/// The most that were at the target at a time.
int mostAtATime(const std::vector<Served> &all)
{
    std::vector<std::pair<qint64, int>> changes;
    for (const Served &one : all) {
        changes.emplace_back(one.arrival, 1);
        changes.emplace_back(one.end, -1);
    }
    std::ranges::sort(changes); // an end before an arrival of the same instant
    int now = 0;
    int most = 0;
    for (const auto &[time, change] : changes)
        most = std::max(most, now += change);
    return most;
}

} // namespace

/// Batches as the target's own log has seen them.
class BatchRunsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void keepTheBarrier_data();
    void keepTheBarrier();
    void makeTheCallBetweenOnceLessThanBatches();
    void endWhenTheCallBetweenFails();
    void restartThePracticeTargetBetween();
    void repeatASingleIteration();
    void needATargetOfTheirOwnToRestart();
    void endOnAnInterruptWithTheirFigures();

private:
    QByteArray scenario(const QUrl &url, const QByteArray &load) const;
    QJsonObject run(const QByteArray &scenario, const QStringList &options = {});
    std::unique_ptr<QTemporaryDir> m_folder;
    ProcessResult m_result;
};

QByteArray BatchRunsTest::scenario(const QUrl &url, const QByteArray &load) const
{
    return "headroom: 1\ntarget: { url: '" + url.toEncoded()
        + "' }\nflows: [ { steps: [ { get: /documents/17 } ] } ]\n"
          "probes: { q: { json: /stats, value: $.queue_depth } }\nload: "
        + load + '\n';
}

QJsonObject BatchRunsTest::run(const QByteArray &text, const QStringList &options)
{
    m_result =
        runHeadroom(QStringList{QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--out"),
                                QStringLiteral("s.headroom"), QStringLiteral("--report"), QStringLiteral("json=r.json")}
                        + options,
                    m_folder->path(), text);
    QFile file(m_folder->filePath(QStringLiteral("r.json")));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

void BatchRunsTest::keepTheBarrier_data()
{
    QTest::addColumn<QString>("load");
    QTest::addColumn<int>("most"); // at a time
    QTest::addColumn<QString>("workers");
    QTest::newRow("all at once") << QStringLiteral("{ batches: 5 of 10 }") << 10 << QStringLiteral("1");
    QTest::newRow("two workers") << QStringLiteral("{ batches: 5 of 10 }") << 10 << QStringLiteral("2");
    QTest::newRow("capped") << QStringLiteral("{ batches: 5 of 10, users: 3 }") << 3 << QStringLiteral("2");
}

void BatchRunsTest::keepTheBarrier()
{
    QFETCH(QString, load);
    QFETCH(int, most);
    QFETCH(QString, workers);
    TargetProcess target;
    QVERIFY(target.start({QStringLiteral("--workers"), QStringLiteral("20"), QStringLiteral("--service-time"),
                          QStringLiteral("*=30ms")}));
    const QJsonObject report = run(scenario(target.url(), load.toUtf8()), {QStringLiteral("--workers"), workers});
    const std::vector<Served> all = served(target.stopAndReadLog(QStringLiteral("headroom")));

    QCOMPARE(all.size(), 50u);
    QCOMPARE_LE(mostAtATime(all), most);
    for (std::size_t batch = 1; batch < 5; ++batch) {
        const auto before = std::ranges::max(std::span(all).subspan((batch - 1) * 10, 10), {}, &Served::end);
        QVERIFY2(all[batch * 10].arrival > before.end,
                 qPrintable(QStringLiteral("batch %1 began too early").arg(batch + 1)));
    }
    const QJsonArray batches = report[QStringLiteral("batches")].toArray();
    QCOMPARE(batches.size(), 5);
    for (const QJsonValue &batch : batches) {
        QCOMPARE(batch[QStringLiteral("completed")].toInt(), 10);
        QCOMPARE(batch[QStringLiteral("probes")][QStringLiteral("q")].toInt(-1),
                 0); // read at the barrier: nothing waits
    }
    QCOMPARE(report[QStringLiteral("batch_totals")][QStringLiteral("completed")].toInt(), 50);
}

void BatchRunsTest::makeTheCallBetweenOnceLessThanBatches()
{
    TargetProcess target;
    QVERIFY(target.start({QStringLiteral("--service-time"), QStringLiteral("*=5ms")}));
    const QJsonObject report =
        run(scenario(target.url(), "{ batches: 4 of 2, between: { post: /extract/reset, json: {} } }"));
    const QStringList auxiliary = target.stopAndReadLog(QStringLiteral("headroom-aux"));
    QCOMPARE(m_result.exitCode, 0);
    QCOMPARE(auxiliary.filter(QStringLiteral("reset")).size(), 3);
    QCOMPARE(report[QStringLiteral("auxiliary")][QStringLiteral("requests")].toInt(), int(auxiliary.size()));
    QCOMPARE(report[QStringLiteral("totals")][QStringLiteral("requests")].toInt(), 8);
}

void BatchRunsTest::endWhenTheCallBetweenFails()
{
    TargetProcess target;
    QVERIFY(target.start({QStringLiteral("--service-time"), QStringLiteral("*=5ms")}));
    const QJsonObject report = run(scenario(target.url(), "{ batches: 4 of 2, between: { post: /no/such/place } }"));
    QCOMPARE(m_result.exitCode, 4);
    const QJsonObject session = report[QStringLiteral("session")].toObject();
    QCOMPARE(session[QStringLiteral("ending")].toString(), QStringLiteral("target_lost"));
    QVERIFY(session[QStringLiteral("ending_text")].toString().startsWith(
        QStringLiteral("between batch 1 and 2: POST /no/such/place answered 404")));
    QCOMPARE(report[QStringLiteral("batches")].toArray().size(), 1);
    QCOMPARE(report[QStringLiteral("totals")][QStringLiteral("requests")].toInt(), 2);
}

void BatchRunsTest::restartThePracticeTargetBetween()
{
    const QJsonObject report = run("headroom: 1\ntarget: { practice: { service_time: '*=5 ms' } }\n"
                                   "flows: [ { steps: [ { get: /documents/17 } ] } ]\n"
                                   "probes: { q: { json: /stats, value: $.requests } }\n"
                                   "load: { batches: 3 of 4, between: { restart: true } }\n");
    QCOMPARE(m_result.exitCode, 0);
    QCOMPARE(report[QStringLiteral("batches")].toArray().size(), 3);
    QCOMPARE(report[QStringLiteral("totals")][QStringLiteral("errors")].toInt(), 0);
    QCOMPARE(report[QStringLiteral("totals")][QStringLiteral("requests")].toInt(), 12);
    QCOMPARE(report[QStringLiteral("session")][QStringLiteral("ending")].toString(), QStringLiteral("completed"));
}

void BatchRunsTest::repeatASingleIteration()
{
    TargetProcess target;
    QVERIFY(target.start({QStringLiteral("--service-time"), QStringLiteral("*=1ms")}));
    const QJsonObject report = run(scenario(target.url(), "{ batches: 30 of 1 }"));
    const std::vector<Served> all = served(target.stopAndReadLog(QStringLiteral("headroom")));
    QCOMPARE(all.size(), 30u);
    QCOMPARE(mostAtATime(all), 1);
    QCOMPARE(report[QStringLiteral("batches")].toArray().size(), 30);
}

void BatchRunsTest::needATargetOfTheirOwnToRestart()
{
    const QJsonObject report =
        run(scenario(QUrl(QStringLiteral("http://127.0.0.1:9")), "{ batches: 3 of 4, between: { restart: true } }"));
    QCOMPARE(m_result.exitCode, 2);
    QVERIFY2(m_result.err.contains(QStringLiteral("write target.start or target.practice")), qPrintable(m_result.err));
    QVERIFY(report.isEmpty());
}

void BatchRunsTest::endOnAnInterruptWithTheirFigures()
{
    TargetProcess target;
    QVERIFY(target.start({QStringLiteral("--service-time"), QStringLiteral("*=100ms")}));
    QFile file(m_folder->filePath(QStringLiteral("b.yaml")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(scenario(target.url(), "{ batches: 1000 of 2 }"));
    file.close();
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(
        headroomProgram(),
        {QStringLiteral("run"), QStringLiteral("b.yaml"), QStringLiteral("--report"), QStringLiteral("json=r.json")});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += process.readAll()).contains("batch 3 of 1000"), 20'000);
    process.terminate();
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 130);
    QFile written(m_folder->filePath(QStringLiteral("r.json")));
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QJsonObject report = QJsonDocument::fromJson(written.readAll()).object();
    QCOMPARE_GE(report[QStringLiteral("batches")].toArray().size(), 3);
    QCOMPARE(report[QStringLiteral("batch_totals")][QStringLiteral("completed")].toInt(),
             report[QStringLiteral("totals")][QStringLiteral("iterations")].toInt());
}

QTEST_GUILESS_MAIN(BatchRunsTest)
#include "tst_batchruns.moc"
