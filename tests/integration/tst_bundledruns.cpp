// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/targetprocess.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

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

bool replaceIn(const QString &path, const QByteArray &before, const QByteArray &after)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        return false;
    QByteArray text = file.readAll();
    const bool isThere = text.contains(before);
    text.replace(before, after);
    return isThere && file.resize(0) && file.seek(0) && file.write(text) == text.size();
}

} // namespace

/// Every bundled scenario runs as it stands, with each of its profiles; the long ones only for some seconds.
class BundledRunsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void run_data();
    void run();
    void cleanupTestCase();

private:
    TargetProcess m_service;
    QProcess m_pipeline;
    QTemporaryDir m_folder;
};

void BundledRunsTest::initTestCase()
{
    qputenv("PATH", HEADROOM_BIN_DIR ":" + qgetenv("PATH")); // one starts headroom-target
    qputenv("API_KEY", "practice");
    qputenv("XDG_STATE_HOME", m_folder.filePath(QStringLiteral("state")).toUtf8());
    QVERIFY(copyFolder(bundled().path(), m_folder.filePath(QStringLiteral("scenarios"))));
    QVERIFY(m_service.start({}));
    // The staging host is the practice target of this test.
    const QString staged = m_folder.filePath(QStringLiteral("scenarios/stub-or-real.yaml"));
    QVERIFY(replaceIn(staged, "http://127.0.0.1:9000", m_service.url().toEncoded()));
    const QString socket = m_folder.filePath(QStringLiteral("scenarios/pipeline.sock"));
    m_pipeline.start(QStringLiteral(HEADROOM_BIN_DIR "/tests-lineworker"), {QStringLiteral("--socket"), socket});
    QTRY_VERIFY(QFile::exists(socket));
}

void BundledRunsTest::cleanupTestCase()
{
    m_pipeline.kill();
    m_pipeline.waitForFinished();
}

void BundledRunsTest::run_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("arguments");
    for (const QFileInfo &file : bundled().entryInfoList({QStringLiteral("*.yaml")}))
        QTest::newRow(qPrintable(file.baseName())) << file.baseName() << kArguments.value(file.baseName());
    for (const char *profile : {"restart", "look", "put", "patch", "delete", "upload", "form"})
        QTest::addRow("cold-batches, %s", profile)
            << QStringLiteral("cold-batches")
            << QStringList{QStringLiteral("--profile"), QStringLiteral("between=") + QLatin1String(profile)};
    QTest::newRow("questions, in turn") << QStringLiteral("questions")
                                        << QStringList{QStringLiteral("--profile"), QStringLiteral("in_turn")};
    QTest::newRow("stub-or-real, real") << QStringLiteral("stub-or-real")
                                        << QStringList{QStringLiteral("--profile"), QStringLiteral("real"),
                                                       QStringLiteral("--profile"), QStringLiteral("general")};
}

void BundledRunsTest::run()
{
    QFETCH(QString, name);
    QFETCH(QStringList, arguments);
    if (name == QLatin1String("services")) {
        const QString service = m_service.url().authority();
        arguments += {QStringLiteral("--set"), QStringLiteral("services.cache.tcp=") + service, QStringLiteral("--set"),
                      QStringLiteral("services.search.http=http://%1/health/live").arg(service)};
    }
    QTemporaryDir folder;
    const ProcessResult result =
        runHeadroom(QStringList{QStringLiteral("run"), m_folder.filePath(QStringLiteral("scenarios/%1.yaml").arg(name)),
                                QStringLiteral("--allow-commands"), QStringLiteral("--progress"),
                                QStringLiteral("none"), QStringLiteral("--report"), QStringLiteral("json=r.json")}
                        + arguments,
                    folder.path());
    // A busy machine may be too slow for the bounds (4) or to make the load in time (5); all else would be our fault.
    QVERIFY2(result.exitCode == 0 || result.exitCode == 4 || result.exitCode == 5,
             qPrintable(QString::number(result.exitCode) + u' ' + result.err));
    QFile file(folder.filePath(QStringLiteral("r.json")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject report = QJsonDocument::fromJson(file.readAll()).object();
    if (!report.contains(QLatin1String("totals")))
        return; // of a suite: its members are bundled scenarios
    QVERIFY(report[QStringLiteral("totals")][QStringLiteral("requests")].toInt() > 0);
    QVERIFY2(report[QStringLiteral("totals")][QStringLiteral("errors")].toInt() == 0, qPrintable(result.out));
}

QTEST_GUILESS_MAIN(BundledRunsTest)
#include "tst_bundledruns.moc"
