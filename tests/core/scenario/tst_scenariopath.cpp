// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenariofiles.h"
#include "core/scenario/scenariopath.h"
#include "tests/core/scenario/scenariotext.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Headroom;

namespace {

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

/// Files that a scenario names are regular ones in its folder or below it.
class ScenarioPathTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsFilesInTheFolderAndBelowIt();
    void refusesWhatLeavesTheFolder_data();
    void refusesWhatLeavesTheFolder();
    void refusesASymbolicLinkThatLeadsOut();
    void takesASymbolicLinkThatStaysInside();
    void refusesAFolderWhoseNameOnlyBeginsLikeThis();
    void refusesAPipeWithoutOpeningIt();
    void refusesAFolder();
    void saysWhenNothingIsThere();
    void needsToKnowTheFolder();
    void readsNoMoreThanIsAllowed();
    void namesTheFilesThatARunReads();

private:
    QString at(const QString &name) const { return m_root->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_root;
    QString m_folder;
};

void ScenarioPathTest::init()
{
    m_root = std::make_unique<QTemporaryDir>();
    m_folder = at(QStringLiteral("scenario"));
    QVERIFY(QDir().mkpath(m_folder + QStringLiteral("/docs")));
    writeFile(m_folder + QStringLiteral("/docs/a.txt"), "inside");
    writeFile(at(QStringLiteral("secret.txt")), "outside");
}

void ScenarioPathTest::findsFilesInTheFolderAndBelowIt()
{
    for (const QString &file :
         {QStringLiteral("docs/a.txt"), QStringLiteral("./docs/a.txt"), QStringLiteral("docs/../docs/a.txt")}) {
        const auto path = pathInside(m_folder, file);
        QVERIFY2(path, qPrintable(file));
        QCOMPARE(*path, QFileInfo(m_folder + QStringLiteral("/docs/a.txt")).canonicalFilePath());
    }
}

void ScenarioPathTest::refusesWhatLeavesTheFolder_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("absolute") << at(QStringLiteral("secret.txt"));
    QTest::newRow("up") << QStringLiteral("../secret.txt");
    QTest::newRow("down and further up") << QStringLiteral("docs/../../secret.txt");
    QTest::newRow("only up") << QStringLiteral("..");
    QTest::newRow("absolute, inside") << m_folder + QStringLiteral("/docs/a.txt");
}

void ScenarioPathTest::refusesWhatLeavesTheFolder()
{
    QFETCH(QString, file);
    const auto path = pathInside(m_folder, file);
    QVERIFY(!path);
    QCOMPARE(path.error().code, Error::Code::InvalidInput);
    QVERIFY2(path.error().message.contains(QStringLiteral("leaves the scenario's folder")),
             qPrintable(path.error().message));
    QCOMPARE(pathProblem(file), path.error().message);
}

void ScenarioPathTest::refusesASymbolicLinkThatLeadsOut()
{
    QVERIFY(QFile::link(at(QStringLiteral("secret.txt")), m_folder + QStringLiteral("/link.txt")));
    QVERIFY(QFile::link(m_root->path(), m_folder + QStringLiteral("/up")));
    for (const QString &file : {QStringLiteral("link.txt"), QStringLiteral("up/secret.txt")}) {
        const auto path = pathInside(m_folder, file);
        QVERIFY(!path);
        QVERIFY2(path.error().message.contains(QStringLiteral("symbolic link")), qPrintable(path.error().message));
    }
}

void ScenarioPathTest::takesASymbolicLinkThatStaysInside()
{
    QVERIFY(QFile::link(QStringLiteral("docs/a.txt"), m_folder + QStringLiteral("/b.txt")));
    QCOMPARE(readFileInside(m_folder, QStringLiteral("b.txt"), 100).value_or(QByteArray()), QByteArray("inside"));
    QVERIFY(QFile::link(m_folder, at(QStringLiteral("other")))); // the folder itself behind a link
    QCOMPARE(readFileInside(at(QStringLiteral("other")), QStringLiteral("docs/a.txt"), 100).value_or(QByteArray()),
             QByteArray("inside"));
}

void ScenarioPathTest::refusesAFolderWhoseNameOnlyBeginsLikeThis()
{
    QVERIFY(QDir().mkpath(at(QStringLiteral("scenario-2"))));
    writeFile(at(QStringLiteral("scenario-2/a.txt")), "outside");
    QVERIFY(QFile::link(at(QStringLiteral("scenario-2/a.txt")), m_folder + QStringLiteral("/c.txt")));
    QVERIFY(!pathInside(m_folder, QStringLiteral("c.txt")));
}

void ScenarioPathTest::refusesAPipeWithoutOpeningIt()
{
    QCOMPARE(mkfifo(QFile::encodeName(m_folder + QStringLiteral("/pipe")).constData(), 0600), 0);
    const auto bytes = readFileInside(m_folder, QStringLiteral("pipe"), 100); // opening it would wait for ever
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().message, QStringLiteral("'pipe' is no regular file; write the path of a file"));
}

void ScenarioPathTest::refusesAFolder()
{
    QVERIFY(!pathInside(m_folder, QStringLiteral("docs")));
    QVERIFY(!pathInside(m_folder, QStringLiteral(".")));
    QVERIFY(!pathInside(m_folder, QString()));
    QVERIFY(!pathInside(m_folder, QStringLiteral("docs/a.txt") + QChar(0) + QStringLiteral(".png")));
}

void ScenarioPathTest::saysWhenNothingIsThere()
{
    const auto path = pathInside(m_folder, QStringLiteral("docs/b.txt"));
    QVERIFY(!path);
    QCOMPARE(path.error().code, Error::Code::NotFound);
    QVERIFY(path.error().message.startsWith(QStringLiteral("there is no file 'docs/b.txt'")));
}

void ScenarioPathTest::needsToKnowTheFolder()
{
    const auto path = pathInside({}, QStringLiteral("docs/a.txt"));
    QVERIFY(!path);
    QVERIFY(path.error().message.endsWith(QStringLiteral("save it first")));
}

void ScenarioPathTest::readsNoMoreThanIsAllowed()
{
    QCOMPARE(readFileInside(m_folder, QStringLiteral("docs/a.txt"), 6).value_or(QByteArray()), QByteArray("inside"));
    const auto bytes = readFileInside(m_folder, QStringLiteral("docs/a.txt"), 5);
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().message, QStringLiteral("the file 'docs/a.txt' is larger than 5 B; make it smaller"));
}

void ScenarioPathTest::namesTheFilesThatARunReads()
{
    Scenario scenario = scenarioOf(
        "headroom: 1\n"
        "target: { url: https://h:1, headers: { A: '${secret.KEY}${secret.OTHER}' }, tls: { authorities: tls/ca.pem, certificate: tls/own.pem, key: tls/own.key } }\n"
        "data: { rows: { file: rows.csv } }\n"
        "secrets: { KEY: file key.txt, OTHER: env OTHER }\n"
        "flows:\n  - steps:\n"
        "      - { post: '/${rows.a}', file: body.bin }\n"
        "      - { group: later, steps: [ { post: /b, multipart: { a: one, scan: { file: scan.pdf } } } ] }\n"
        "load: { rate: 5/s, for: 10 s }\n"
        "probes: { slow: { log: logs/../access.log, pattern: '(\\d+)' } , costs: { csv: /var/costs.csv, value: cost } }\n"
        "actions: [ { name: feed, by_hand: true, post: /feed, file: body.bin }, { name: climb, when: p95 > 1 s, ladder: [ { post: /c, file: rung.bin } ] } ]\n");
    QCOMPARE(filesOf(scenario), QStringList()); // the folder is not known
    scenario.target.folder = QStringLiteral("/home/load");
    QStringList names;
    for (const QString &file : filesOf(scenario))
        names << QString(file).remove(QStringLiteral("/home/load/"));
    names.sort();
    QCOMPARE(names, QStringList({"/var/costs.csv", "access.log", "body.bin", "key.txt", "rows.csv", "rung.bin", "scan.pdf",
                                 "tls/ca.pem", "tls/own.key", "tls/own.pem"}));
}

QTEST_GUILESS_MAIN(ScenarioPathTest)
#include "tst_scenariopath.moc"
