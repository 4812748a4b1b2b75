// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeprofilers.h"
#include "tests/support/headroomprocess.h"
#include "tests/support/targetprocess.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSemaphore>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <future>
#include <map>
#include <vector>

using namespace Headroom;

namespace {

QDir bundled() { return QDir(QStringLiteral(HEADROOM_SOURCE_DIR "/resources/scenarios")); }

/// What is added to the call, so that nobody waits long and all is there that a scenario needs.
const QHash<QString, QStringList> kArguments = {
    {QStringLiteral("back-pressure"), {QStringLiteral("--duration"), QStringLiteral("12s")}},
    {QStringLiteral("first-run"), {QStringLiteral("--duration"), QStringLiteral("5s")}},
    {QStringLiteral("signed-off"), {QStringLiteral("--duration"), QStringLiteral("6s")}},
};

bool copyFolder(const QString &from, const QString &to)
{
    bool isCopied = QDir().mkpath(to);
    for (const QFileInfo &entry : QDir(from).entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString target = to + u'/' + entry.fileName();
        isCopied &= entry.isDir() ? copyFolder(entry.filePath(), target) : QFile::copy(entry.filePath(), target);
    }
    return isCopied;
}

} // namespace

/// Every bundled scenario runs as it stands, with each of its profiles; the long ones only for some seconds. Most of that
/// time passes by itself, so several are under way at once.
class BundledRunsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void run_data();
    void run();
    void cleanupTestCase();

private:
    struct Row
    {
        QString tag;
        QString name;
        QStringList arguments;
    };
    struct Outcome
    {
        ProcessResult result;
        QJsonObject report;
    };
    std::vector<Row> rows() const;
    Outcome outcomeOf(const Row &row);

    TargetProcess m_service;
    QProcess m_pipeline;
    QTemporaryDir m_folder;
    QSemaphore m_places{3};
    std::map<QString, std::future<Outcome>> m_outcomes; // by tag
};

void BundledRunsTest::initTestCase()
{
    qputenv("PATH", HEADROOM_BIN_DIR ":" + qgetenv("PATH")); // one starts headroom-target
    qputenv("API_KEY", "practice");
    qputenv("XDG_STATE_HOME", m_folder.filePath(QStringLiteral("state")).toUtf8());
    QVERIFY(copyFolder(bundled().path(), m_folder.filePath(QStringLiteral("scenarios"))));
    if (QStandardPaths::findExecutable(QStringLiteral("perf")).isEmpty()) { // else the real one is tried
        QVERIFY(makeFakeProfilers(m_folder.path()));
        qputenv("PATH", m_folder.path().toUtf8() + ':' + qgetenv("PATH"));
    }
    QVERIFY(m_service.start({}));
    const QString socket = m_folder.filePath(QStringLiteral("scenarios/pipeline.sock"));
    m_pipeline.start(QStringLiteral(HEADROOM_BIN_DIR "/tests-lineworker"), {QStringLiteral("--socket"), socket});
    QTRY_VERIFY(QFile::exists(socket));
    for (const Row &row : rows())
        m_outcomes.emplace(row.tag, std::async(std::launch::async, [this, row] { return outcomeOf(row); }));
}

void BundledRunsTest::cleanupTestCase()
{
    m_pipeline.kill();
    m_pipeline.waitForFinished();
}

std::vector<BundledRunsTest::Row> BundledRunsTest::rows() const
{
    std::vector<Row> rows;
    for (const QFileInfo &file : bundled().entryInfoList({QStringLiteral("*.yaml")})) {
        const QString name = file.baseName();
        rows.push_back({name, name, kArguments.value(name)});
        if (name == QLatin1String("services")) {
            const QString service = m_service.url().authority();
            rows.back().arguments += {QStringLiteral("--set"), QStringLiteral("services.cache.tcp=") + service,
                                      QStringLiteral("--set"),
                                      QStringLiteral("services.search.http=http://%1/health/live").arg(service)};
        }
    }
    const auto add = [&rows](const char *name, const QStringList &profiles) {
        Row row{QLatin1String(name) + QStringLiteral(", ") + profiles.join(u' '), QLatin1String(name), {}};
        for (const QString &profile : profiles)
            row.arguments += {QStringLiteral("--profile"), profile};
        rows.push_back(std::move(row));
    };
    for (const char *profile : {"restart", "look", "put", "patch", "delete", "upload", "form"})
        add("cold-batches", {QStringLiteral("between=") + QLatin1String(profile)});
    add("questions", {QStringLiteral("in_turn")});
    for (const char *way : {"fresh", "spread"})
        add("direct", {QStringLiteral("way=") + QLatin1String(way)});
    add("stub-or-real", {QStringLiteral("real"), QStringLiteral("general")});
    add("stub-or-real", {}); // the practice target of this test is the staging host
    rows.back().tag += QStringLiteral("staging");
    rows.back().arguments = {QStringLiteral("--environment"), QStringLiteral("staging"), QStringLiteral("--target"),
                             m_service.url().toString()};
    return rows;
}

BundledRunsTest::Outcome BundledRunsTest::outcomeOf(const Row &row)
{
    const QSemaphoreReleaser place((m_places.acquire(), m_places));
    const QTemporaryDir folder;
    Outcome outcome;
    outcome.result = runHeadroom(
        QStringList{QStringLiteral("run"), m_folder.filePath(QStringLiteral("scenarios/%1.yaml").arg(row.name)),
                    QStringLiteral("--allow-commands"), QStringLiteral("--progress"), QStringLiteral("none"),
                    QStringLiteral("--report"), QStringLiteral("json=r.json")}
            + row.arguments,
        folder.path());
    QFile file(folder.filePath(QStringLiteral("r.json")));
    if (file.open(QIODevice::ReadOnly))
        outcome.report = QJsonDocument::fromJson(file.readAll()).object();
    return outcome;
}

void BundledRunsTest::run_data()
{
    QTest::addColumn<QString>("tag");
    for (const Row &row : rows())
        QTest::newRow(qPrintable(row.tag)) << row.tag;
}

void BundledRunsTest::run()
{
    QFETCH(QString, tag);
    const auto [result, report] = m_outcomes.at(tag).get();
    // A busy machine may be too slow for the bounds (4) or to make the load in time (5); all else would be our fault.
    QVERIFY2(result.exitCode == 0 || result.exitCode == 4 || result.exitCode == 5,
             qPrintable(QString::number(result.exitCode) + u' ' + result.err));
    QVERIFY(!report.isEmpty());
    if (!report.contains(QLatin1String("totals")))
        return; // of a suite: its members are bundled scenarios
    QVERIFY(report[QStringLiteral("totals")][QStringLiteral("requests")].toInt() > 0);
    // A target that is told to end refuses what comes then.
    const QString window = tag == QLatin1String("ready-and-drain") ? QStringLiteral("measured") : QStringLiteral("totals");
    QVERIFY2(report[window][QStringLiteral("errors")].toInt() == 0, qPrintable(result.out));
}

QTEST_GUILESS_MAIN(BundledRunsTest)
#include "tst_bundledruns.moc"
