// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/commandline.h"
#include "core/run/lastwords.h"
#include "core/run/neededtrust.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

class CommandLineTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsAProgramInTheScenariosFolder();
    void findsAProgramInTheSearchPath();
    void keepsQuotedArgumentsTogether();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void keepsOnlyTheLastWords();
    void showsLastWordsAsOneCleanLine();
    void listsEveryCommandOfAScenarioOnce();
    void listsWhatProbesStartAndRead();

private:
    QString makeFile(const QString &name, bool isExecutable)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.setPermissions(isExecutable ? QFile::ReadOwner | QFile::ExeOwner : QFile::ReadOwner);
        return file.fileName();
    }
    QTemporaryDir m_folder;
};

void CommandLineTest::findsAProgramInTheScenariosFolder()
{
    const QString path = makeFile(QStringLiteral("server"), true);
    const auto found = findCommand(QStringLiteral("./server --port 80"), m_folder.path());
    QVERIFY(found);
    QCOMPARE(found->program, QDir::cleanPath(path));
    QCOMPARE(found->arguments, (QStringList{QStringLiteral("--port"), QStringLiteral("80")}));
    QVERIFY(findCommand(path, QStringLiteral("/nowhere"))); // absolute: wherever the scenario is
}

void CommandLineTest::findsAProgramInTheSearchPath()
{
    const auto found = findCommand(QStringLiteral("sh -c true"), m_folder.path());
    QVERIFY(found);
    QVERIFY(found->program.endsWith(QStringLiteral("/sh")));
}

void CommandLineTest::keepsQuotedArgumentsTogether()
{
    const auto found = findCommand(QStringLiteral("sh -c \"echo $HOME; true\" > x"), m_folder.path());
    QVERIFY(found);
    QCOMPARE(found->arguments,
             (QStringList{QStringLiteral("-c"), QStringLiteral("echo $HOME; true"), QStringLiteral(">"),
                          QStringLiteral("x")}));
}

void CommandLineTest::saysWhatIsWrong_data()
{
    makeFile(QStringLiteral("text"), false);
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("said");
    QTest::newRow("empty") << QStringLiteral("  ") << QStringLiteral("the command is empty");
    QTest::newRow("not in the search path")
        << QStringLiteral("no-such-program-here x") << QStringLiteral("as in ./no-such-program-here");
    QTest::newRow("not in the folder") << QStringLiteral("./nothing")
                                       << QStringLiteral("there is no program './nothing'");
    QTest::newRow("a folder") << QStringLiteral("./") << QStringLiteral("there is no program './'");
    QTest::newRow("not executable") << QStringLiteral("./text") << QStringLiteral("chmod +x");
}

void CommandLineTest::saysWhatIsWrong()
{
    QFETCH(QString, command);
    QFETCH(QString, said);
    const auto found = findCommand(command, m_folder.path());
    QVERIFY(!found);
    QVERIFY2(found.error().message.contains(said), qPrintable(found.error().message));
}

void CommandLineTest::keepsOnlyTheLastWords()
{
    LastWords words;
    for (int i = 0; i < 1000; ++i)
        words.hear(QByteArray(100, 'x') + '\n');
    QCOMPARE(words.heard().size(), LastWords::kMaxBytes);
    QVERIFY(words.text().size() <= LastWords::kMaxShown + 2); // and "… "
}

void CommandLineTest::showsLastWordsAsOneCleanLine()
{
    LastWords words;
    QVERIFY(words.text().isEmpty());
    words.hear("starting\n\n\x1b[31mno such\tport\x1b[0m\r\n");
    QCOMPARE(words.text(), QStringLiteral("starting | [31mno such port [0m"));
}

void CommandLineTest::listsEveryCommandOfAScenarioOnce()
{
    Scenario scenario;
    QVERIFY(neededCommands(scenario).isEmpty());
    scenario.target.practice.emplace();
    QVERIFY(neededCommands(scenario).isEmpty()); // our own
    scenario.target.start = Scenario::Start{.command = QStringLiteral("./server"), .range = {}};
    scenario.target.lines = Scenario::Lines{.command = {}, .socket = QStringLiteral("/run/s"), .range = {}};
    QCOMPARE(neededCommands(scenario), QStringList{QStringLiteral("./server")});
    scenario.target.lines = Scenario::Lines{.command = QStringLiteral("./pipeline"), .socket = {}, .range = {}};
    QCOMPARE(neededCommands(scenario), (QStringList{QStringLiteral("./server"), QStringLiteral("./pipeline")}));
}

void CommandLineTest::listsWhatProbesStartAndRead()
{
    QTemporaryDir folder;
    Scenario scenario;
    scenario.target.folder = folder.path();
    Scenario::Probe probe;
    probe.kind = Scenario::Probe::Kind::Command;
    probe.command = QStringLiteral("nvidia-smi -q");
    scenario.probes.push_back(probe);
    probe.command.clear();
    probe.kind = Scenario::Probe::Kind::Log;
    QVERIFY(QFile::link(QStringLiteral("/etc/passwd"), folder.filePath(QStringLiteral("link.log"))));
    for (const char *file : {"own.log", "logs/own.log", "/var/log/other.log", "../other.log", "link.log"}) {
        probe.file = QString::fromUtf8(file);
        scenario.probes.push_back(probe);
    }
    probe.kind = Scenario::Probe::Kind::Sqlite;
    for (const char *file : {"own.db", "/var/other.db"}) {
        probe.file = QString::fromUtf8(file);
        scenario.probes.push_back(probe);
    }
    QCOMPARE(neededCommands(scenario),
             (QStringList{QStringLiteral("nvidia-smi -q"), QStringLiteral("tail -F /var/log/other.log"),
                          QStringLiteral("tail -F ../other.log"), QStringLiteral("tail -F link.log"),
                          QStringLiteral("sqlite3 /var/other.db")}));
    scenario.target.folder.clear(); // not known: nothing is its own
    QVERIFY(neededCommands(scenario).contains(QStringLiteral("tail -F own.log")));
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "tst_commandline.moc"
