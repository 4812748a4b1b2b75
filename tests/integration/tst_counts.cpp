// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonreport.h"
#include "core/session/sessionreader.h"
#include "tests/support/headroomprocess.h"
#include "tests/support/nginxserver.h"
#include "tests/support/targetprocess.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

/// What headroom counts is what the server's own log says, exactly; and the same session gives the same bytes.
class CountsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void equalThePracticeTargetsLog_data() { loads(); }
    void equalThePracticeTargetsLog();
    void equalNginxsLog_data() { loads(); }
    void equalNginxsLog();
    void auxiliaryRequestsAreCountedApart();
    void theReportIsTheSameFromRunAndFromSession();

private:
    static void loads();
    QJsonObject runAgainst(const QUrl &url, const QStringList &load);
    std::unique_ptr<QTemporaryDir> m_folder;
};

void CountsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void CountsTest::loads()
{
    QTest::addColumn<QString>("load");
    QTest::addColumn<int>("expected"); // requests; 0: as many as there was time for
    for (const char *transport : {"qnam", "direct"}) {
        const auto row = [transport](const char *name, const char *load, int expected) {
            QTest::addRow("%s, %s", transport, name) << QStringLiteral("--transport %1 %2").arg(QLatin1String(transport), QLatin1String(load))
                                                     << expected;
        };
        row("open, 200/s for 3 s", "--rate 200/s --duration 3s", 600);
        row("open, a fixed count", "--rate 500/s --iterations 700", 700);
        row("open, at the cap", "--rate 1000/s --users 3 --duration 2s", 2000);
        row("closed, 20 users for 3 s", "--users 20 --duration 3s", 0);
        row("closed, a fixed count", "--users 7 --iterations 1000", 1000);
        row("closed, two workers", "--users 9 --iterations 1000 --workers 2", 1000);
        row("open, two workers", "--rate 200/s --duration 2s --workers 2", 400);
    }
}

QJsonObject CountsTest::runAgainst(const QUrl &url, const QStringList &load)
{
    const auto result = runHeadroom(QStringList{QStringLiteral("run"), url.toString(), QStringLiteral("--out"), QStringLiteral("s.headroom"),
                                                QStringLiteral("--report"), QStringLiteral("json=r.json")} + load, m_folder->path());
    if (result.exitCode < 0)
        qWarning().noquote() << result.err;
    QFile file(m_folder->filePath(QStringLiteral("r.json")));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

void CountsTest::equalThePracticeTargetsLog()
{
    QFETCH(QString, load);
    QFETCH(int, expected);
    TargetProcess target;
    QVERIFY(target.start({QStringLiteral("--service-time"), QStringLiteral("*=2ms")}));
    QUrl url = target.url();
    url.setPath(QStringLiteral("/documents/17"));
    const QJsonObject totals = runAgainst(url, load.split(QLatin1Char(' ')))[QStringLiteral("totals")].toObject();
    const auto rows = target.stopAndReadLog(QStringLiteral("headroom"));
    const int sent = totals[QStringLiteral("requests")].toInt() + totals[QStringLiteral("resends")].toInt();
    QVERIFY(sent > 0);
    QCOMPARE(sent, int(rows.size()));
    QCOMPARE(totals[QStringLiteral("status")][QStringLiteral("200")].toInt(), int(rows.filter(QRegularExpression(QStringLiteral(",200,[^,]*,[^,]*$"))).size()));
    if (expected > 0)
        QCOMPARE(totals[QStringLiteral("iterations")].toInt(), expected);
}

void CountsTest::equalNginxsLog()
{
    QFETCH(QString, load);
    QFETCH(int, expected);
    NginxServer nginx;
    QVERIFY(nginx.start());
    const QJsonObject totals = runAgainst(nginx.url(), load.split(QLatin1Char(' ')))[QStringLiteral("totals")].toObject();
    nginx.stop();
    const int sent = totals[QStringLiteral("requests")].toInt() + totals[QStringLiteral("resends")].toInt();
    QVERIFY(sent > 0);
    QCOMPARE(sent, int(nginx.accessLog().size()));
    if (load.contains(QLatin1String("direct")))
        QCOMPARE(totals[QStringLiteral("resends")].toInt(), 0);
    if (expected > 0)
        QCOMPARE(totals[QStringLiteral("iterations")].toInt(), expected);
}

void CountsTest::auxiliaryRequestsAreCountedApart()
{
    TargetProcess target;
    QVERIFY(target.start());
    const QByteArray scenario = "headroom: 1\ntarget: { url: '" + target.url().toEncoded()
        + "', ready: { url: /health/ready, within: 5 s } }\nflows: [ { steps: [ { get: /documents/1 } ] } ]\n"
          "load: { stages: [ { rate: 20/s, for: 2 s } ] }\nprobes: { q: { json: /stats, value: $.queue_depth } }\n";
    const auto result = runHeadroom({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--report"), QStringLiteral("json=r.json")},
                                    m_folder->path(), scenario);
    QVERIFY2(result.exitCode == 0, qPrintable(result.err));
    QFile file(m_folder->filePath(QStringLiteral("r.json")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject report = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(report[QStringLiteral("totals")][QStringLiteral("requests")].toInt(), 40);
    QCOMPARE(report[QStringLiteral("auxiliary")][QStringLiteral("requests")].toInt(),
             int(target.stopAndReadLog(QStringLiteral("headroom-aux")).size()));
    QVERIFY(report[QStringLiteral("auxiliary")][QStringLiteral("requests")].toInt() >= 2);
}

void CountsTest::theReportIsTheSameFromRunAndFromSession()
{
    TargetProcess target;
    QVERIFY(target.start());
    QUrl url = target.url();
    url.setPath(QStringLiteral("/documents/17"));
    runAgainst(url, {QStringLiteral("--rate"), QStringLiteral("100/s"), QStringLiteral("--duration"), QStringLiteral("2s")});
    const auto again = runHeadroom({QStringLiteral("report"), QStringLiteral("s.headroom"), QStringLiteral("--report"), QStringLiteral("json=again.json")},
                                   m_folder->path());
    QCOMPARE(again.exitCode, 0);
    QFile first(m_folder->filePath(QStringLiteral("r.json")));
    QFile second(m_folder->filePath(QStringLiteral("again.json")));
    QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
    const QByteArray bytes = first.readAll();
    QVERIFY(bytes.size() > 1000);
    QCOMPARE(second.readAll(), bytes);
    // And from the library, as the window will make it.
    const auto session = SessionReader::open(m_folder->filePath(QStringLiteral("s.headroom")));
    QVERIFY(session);
    const auto model = buildReport(**session);
    QVERIFY(model);
    QVERIFY(jsonReport(*model) == bytes);
}

QTEST_GUILESS_MAIN(CountsTest)
#include "tst_counts.moc"
