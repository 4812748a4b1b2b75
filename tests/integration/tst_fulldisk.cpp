// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"
#include "tests/core/session/wholesession.h"
#include "tests/support/freeport.h"
#include "tests/support/headroomprocess.h"
#include "tests/support/smalldisk.h"
#include "tests/support/targetprocess.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Headroom;

namespace {

constexpr qint64 kRoom = 8 * 1024 * 1024; // far more than these sessions take
constexpr int kLimitMs = 30'000;

/// Takes from a child what lets root read and write everywhere.
void withoutRootsRights(QProcess &process)
{
    process.setChildProcessModifier([] {
        for (const int right : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH})
            prctl(PR_CAPBSET_DROP, right, 0, 0, 0); // whoever is not root has neither
    });
}

/// A pipe with a name; a shell on its other end never waits to open it.
class NamedPipe
{
public:
    explicit NamedPipe(const QString &path)
    {
        const QByteArray name = QFile::encodeName(path);
        m_isMade = mkfifo(name.constData(), 0600) == 0;
        m_file = open(name.constData(), O_RDWR | O_CLOEXEC);
    }
    ~NamedPipe() { close(m_file); }
    NamedPipe(const NamedPipe &) = delete;
    NamedPipe &operator=(const NamedPipe &) = delete;

    bool isMade() const { return m_isMade && m_file >= 0; }
    bool waitForWord() const
    {
        pollfd watched{m_file, POLLIN, 0};
        char word[100];
        return poll(&watched, 1, kLimitMs) > 0 && read(m_file, word, sizeof word) > 0;
    }
    bool say(const QByteArray &line) const { return write(m_file, line.constData(), std::size_t(line.size())) == line.size(); }

private:
    bool m_isMade = false;
    int m_file = -1;
};

} // namespace

/// Sessions and reports that cannot be written, through the real program: one sentence that says what, where and what to
/// do, exit code 1, and what was committed can be read.
class FullDiskTest : public QObject
{
    Q_OBJECT
public:
    static inline QString s_whyNot; ///< Why there can be no small disk; empty: there can.

private Q_SLOTS:
    void initTestCase();
    void init();
    void fullAtTheStartSendsNothing_data();
    void fullAtTheStartSendsNothing();
    void fullInTheMiddleEndsTheRunAndKeepsWhatWasStored();
    void fullAtTheEndIsNoSuccess();
    void theThreadThatShowsARunGoesOn();
    void aReportOnAFullDiskIsOne();
    void aReportToAFullTerminalIsOne();
    void placesThatTakeNoSession_data();
    void placesThatTakeNoSession();
    void aSessionThatIsTakenAwayEndsTheRun_data();
    void aSessionThatIsTakenAwayEndsTheRun();
    void twoRunsOfOneNameLoseNothing();
    void aKilledRunIsReadWhereNothingCanBeWritten();
    void aSessionWithoutLeaveToReadItIsTwo();

private:
    QStringList run(const QString &session, const char *duration = "60s") const;
    bool startRun(QProcess &process, const QString &session);
    QString wrongWith(const QProcess &process, const QString &subject, const char *words);
    QByteArray lastSaid(QProcess &process);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SmallDisk> m_disk;
    std::unique_ptr<TargetProcess> m_target;
    QByteArray m_said; ///< On standard error by the last run.
};

void FullDiskTest::initTestCase()
{
    if (!s_whyNot.isEmpty())
        QSKIP(qPrintable(s_whyNot));
}

void FullDiskTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_disk = std::make_unique<SmallDisk>(kRoom);
    QVERIFY(m_disk->isMounted());
    m_target = std::make_unique<TargetProcess>();
    QVERIFY(m_target->start({QStringLiteral("--service-time"), QStringLiteral("*=1ms")}));
    m_said.clear();
}

QStringList FullDiskTest::run(const QString &session, const char *duration) const
{
    return {QStringLiteral("run"), m_target->url().toString() + QStringLiteral("/documents/1"), QStringLiteral("--rate"), QStringLiteral("50/s"),
            QStringLiteral("--duration"), QString::fromLatin1(duration), QStringLiteral("--out"), session};
}

/// Returns when two seconds of it were reported.
bool FullDiskTest::startRun(QProcess &process, const QString &session)
{
    process.setWorkingDirectory(m_folder->path());
    process.setReadChannel(QProcess::StandardError);
    process.start(headroomProgram(), run(session));
    while (!m_said.contains("0:02") && process.waitForReadyRead(kLimitMs))
        m_said += process.readAllStandardError();
    return m_said.contains("0:02");
}

/// The last line on standard error.
QByteArray FullDiskTest::lastSaid(QProcess &process)
{
    m_said += process.readAllStandardError();
    const QByteArray lines = m_said.trimmed();
    return lines.sliced(lines.lastIndexOf('\n') + 1);
}

/// Empty when a process has ended with 1 and one sentence about `subject`; else what is wrong.
QString FullDiskTest::wrongWith(const QProcess &process, const QString &subject, const char *words)
{
    const QString said = QString::fromUtf8(lastSaid(const_cast<QProcess &>(process)));
    if (process.state() != QProcess::NotRunning || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 1)
        return QStringLiteral("exit code %1: %2").arg(process.exitCode()).arg(said);
    const QString prefix = QStringLiteral("headroom: ");
    if (!said.startsWith(prefix) || !said.contains(QLatin1String(words)))
        return said;
    return unclearIn(said.sliced(prefix.size()), subject);
}

void FullDiskTest::fullAtTheStartSendsNothing_data()
{
    QTest::addColumn<qint64>("left");
    QTest::addColumn<int>("files");
    QTest::newRow("no byte") << qint64(0) << 100;
    QTest::newRow("a page") << qint64(4096) << 100;
    QTest::newRow("in the tables") << qint64(100'000) << 100;
    QTest::newRow("no name") << kRoom << 1; // which the folder itself takes
    QTest::newRow("no name for the log") << kRoom << 2;
}

void FullDiskTest::fullAtTheStartSendsNothing()
{
    QFETCH(qint64, left);
    QFETCH(int, files);
    m_disk = std::make_unique<SmallDisk>(kRoom, files);
    if (left < kRoom)
        QVERIFY(m_disk->fill(left));
    const QStringList before = QDir(m_disk->path()).entryList(QDir::Files);
    QProcess process;
    process.start(headroomProgram(), run(m_disk->filePath(QStringLiteral("s.headroom"))));
    QVERIFY(process.waitForFinished(kLimitMs));
    const QString said = QString::fromUtf8(lastSaid(process));
    QCOMPARE(process.exitCode(), 1);
    QVERIFY2(said.startsWith(QStringLiteral("headroom: ") + m_disk->filePath(QStringLiteral("s.headroom"))), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("the disk is full; ")), qPrintable(said));
    QCOMPARE(process.readAllStandardOutput(), QByteArray());
    QCOMPARE(QDir(m_disk->path()).entryList(QDir::Files), before); // nothing half written
    QCOMPARE(m_target->stopAndReadLog(QStringLiteral("headroom")).size(), 0);
}

void FullDiskTest::fullInTheMiddleEndsTheRunAndKeepsWhatWasStored()
{
    const QString session = m_disk->filePath(QStringLiteral("s.headroom"));
    const QString part = session + QStringLiteral(".part");
    QProcess process;
    QVERIFY2(startRun(process, session), m_said.constData());
    QVERIFY(m_disk->fill());
    QVERIFY(process.waitForFinished(kLimitMs)); // not its whole minute
    QCOMPARE(wrongWith(process, part, "the disk is full; "), QString());
    QVERIFY2(!process.readAllStandardOutput().contains("Session:"), "it spoke of a session as if there was one");
    QVERIFY(!QFile::exists(session));

    // On the very disk, and after it has room again.
    for (int i = 0; i < 2; ++i) {
        const WholeSession read = readWhole(part);
        QCOMPARE(read.error, QString());
        QVERIFY(!read.wasClosedCleanly);
        QCOMPARE_GE(read.frameCount, 1);
        QCOMPARE(int(read.frames.size()), read.frameCount);
        m_disk->clear();
    }
    const ProcessResult report = runHeadroom({QStringLiteral("report"), part}, m_folder->path());
    QVERIFY2(report.out.contains(QStringLiteral("interrupted at 0:0")), qPrintable(report.out + report.err));
}

void FullDiskTest::fullAtTheEndIsNoSuccess()
{
    // The target is the run's own and takes its time to end; the disk is filled meanwhile. All seconds are committed by
    // then, or all but the last; what is still to come is the ending and the merge of the log into the file.
    const NamedPipe told(m_folder->filePath(QStringLiteral("told")));
    const NamedPipe go(m_folder->filePath(QStringLiteral("go")));
    QVERIFY(told.isMade() && go.isMade());
    const int port = freePort();
    QFile script(m_folder->filePath(QStringLiteral("serve.sh")));
    QVERIFY(script.open(QFile::WriteOnly));
    script.write("trap 'echo ending > told; read answer < go; exit 0' TERM\n'" + targetProgram().toUtf8() + "' --port " + QByteArray::number(port)
                 + " &\nwait $!\n");
    script.close();
    QFile scenario(m_folder->filePath(QStringLiteral("s.yaml")));
    QVERIFY(scenario.open(QFile::WriteOnly));
    scenario.write("headroom: 1\ntarget: { url: 'http://127.0.0.1:" + QByteArray::number(port)
                   + "', start: { command: 'sh serve.sh', stop_within: 60 s } }\n"
                     "flows: [ { steps: [ { get: /documents/1 } ] } ]\nload: { stages: [ { rate: 20/s, for: 2 s } ] }\n");
    scenario.close();
    const QString session = m_disk->filePath(QStringLiteral("s.headroom"));
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    process.start(headroomProgram(), {QStringLiteral("run"), QStringLiteral("s.yaml"), QStringLiteral("--allow-commands"), QStringLiteral("--out"), session,
                                      QStringLiteral("--report"), QStringLiteral("json=r.json")});
    QVERIFY2(told.waitForWord(), process.readAllStandardError().constData());
    QVERIFY(m_disk->fill());
    QVERIFY(go.say("go\n"));
    QVERIFY(process.waitForFinished(kLimitMs));
    QCOMPARE(wrongWith(process, session + QStringLiteral(".part"), "the disk is full; "), QString());
    QVERIFY(!QFile::exists(session));
    const WholeSession read = readWhole(session + QStringLiteral(".part"));
    QCOMPARE(read.error, QString());
    QCOMPARE_GE(read.frameCount, 1);
}

void FullDiskTest::theThreadThatShowsARunGoesOn()
{
    // As the window uses it: in the thread with the event loop, which must never wait for the disk.
    RunRequest request;
    request.scenarioText = "headroom: 1\ntarget: { url: '" + m_target->url().toEncoded()
        + "' }\nflows: [ { steps: [ { get: /documents/1 } ] } ]\nload: { stages: [ { rate: 50/s, for: 60 s } ] }\n";
    request.sessionPath = m_disk->filePath(QStringLiteral("s.headroom"));
    auto preparation = prepare(request.scenarioText);
    QVERIFY(preparation.has_value());
    Run live(std::move(request), std::move(*preparation));
    QSignalSpy frames(&live, &MetricsSource::frameReady);
    QSignalSpy finished(&live, &Run::finished);
    live.start();
    QTRY_VERIFY_WITH_TIMEOUT(frames.size() >= 1, kLimitMs);
    QVERIFY(m_disk->fill());
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, kLimitMs);
    const auto error = finished.front()[0].value<std::optional<Error>>();
    QVERIFY(error.has_value());
    QCOMPARE(error->code, Error::Code::Unwritable);
    QVERIFY2(error->message.startsWith(QStringLiteral("the disk is full; ")), qPrintable(error->message));
    QCOMPARE_LT(frames.size(), 60);
}

void FullDiskTest::aReportOnAFullDiskIsOne()
{
    QVERIFY(m_disk->fill());
    const QString session = m_folder->filePath(QStringLiteral("s.headroom"));
    const QString report = m_disk->filePath(QStringLiteral("r.html"));
    QProcess process;
    process.start(headroomProgram(), run(session, "1s") + QStringList{QStringLiteral("--report"), QStringLiteral("html=") + report});
    QVERIFY(process.waitForFinished(kLimitMs));
    QCOMPARE(wrongWith(process, report, "No space left on device; choose another place"), QString());
    QCOMPARE(readWhole(session).error, QString()); // the session is not its report
    process.start(headroomProgram(), {QStringLiteral("report"), session, QStringLiteral("--report"), QStringLiteral("json=") + report});
    QVERIFY(process.waitForFinished(kLimitMs));
    QCOMPARE(wrongWith(process, report, "No space left on device; choose another place"), QString());
    QCOMPARE(QDir(m_disk->path()).entryList(QDir::Files), QStringList{QStringLiteral("filler")});
}

void FullDiskTest::aReportToAFullTerminalIsOne()
{
    const QString session = m_folder->filePath(QStringLiteral("s.headroom"));
    for (const QStringList &arguments : {run(session, "1s"), QStringList{QStringLiteral("report"), session},
                                         QStringList{QStringLiteral("report"), session, QStringLiteral("--report"), QStringLiteral("json=-")}}) {
        QProcess process;
        process.setStandardOutputFile(QStringLiteral("/dev/full"));
        process.start(headroomProgram(), arguments);
        QVERIFY(process.waitForFinished(kLimitMs));
        m_said.clear();
        QCOMPARE(wrongWith(process, QStringLiteral("standard output"), "cannot be written"), QString());
    }
}

void FullDiskTest::placesThatTakeNoSession_data()
{
    QTest::addColumn<QString>("option"); // with DISK and FOLDER for the two
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const char *option, const char *subject, const char *words) {
        QTest::newRow(name) << QString::fromLatin1(option) << QString::fromLatin1(subject) << QByteArray(words);
    };
    row("a read-only disk", "--out=DISK/s.headroom", "DISK/s.headroom", "Read-only file system; choose another place");
    row("a folder without leave", "--out=FOLDER/locked/s.headroom", "FOLDER/locked/s.headroom", "Permission denied; choose another place");
    row("a folder", "--out=FOLDER", "FOLDER", "this is a folder; name a file in it");
    row("a folder with a slash", "--out=FOLDER/", "FOLDER/", "this is a folder; name a file in it");
    row("below a file", "--out=FOLDER/file/s.headroom", "FOLDER/file/s.headroom", "does not exist; ");
    row("a file", "--out=FOLDER/file", "FOLDER/file", "this file exists already; choose another name");
    row("a link to nowhere", "--out=FOLDER/link", "FOLDER/link", "exists already; choose another name");
    row("a report on a read-only disk", "--report=json=DISK/r.json", "DISK/r.json", "Read-only file system; choose another place");
    row("a folder as a report", "--report=json=FOLDER", "FOLDER", "this is a folder; name a file in it");
}

void FullDiskTest::placesThatTakeNoSession()
{
    QFETCH(QString, option);
    QFETCH(QString, subject);
    QFETCH(QByteArray, words);
    QVERIFY(m_disk->makeReadOnly());
    const QDir folder(m_folder->path());
    QVERIFY(folder.mkdir(QStringLiteral("locked"), QFile::ReadOwner | QFile::ExeOwner));
    QFile file(folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QFile::WriteOnly) && file.write("precious") == 8);
    file.close();
    QCOMPARE(symlink("nowhere", QFile::encodeName(folder.filePath(QStringLiteral("link"))).constData()), 0);
    for (QString *text : {&option, &subject})
        text->replace(QStringLiteral("DISK"), m_disk->path()).replace(QStringLiteral("FOLDER"), m_folder->path());
    QStringList arguments = run(folder.filePath(QStringLiteral("good.headroom")), "1s");
    if (option.startsWith(QStringLiteral("--out")))
        arguments.resize(arguments.size() - 2);
    QProcess process;
    withoutRootsRights(process);
    process.start(headroomProgram(), arguments + QStringList{option});
    QVERIFY(process.waitForFinished(kLimitMs));
    QCOMPARE(wrongWith(process, subject, words.constData()), QString());
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll(), "precious");
}

void FullDiskTest::aSessionThatIsTakenAwayEndsTheRun_data()
{
    QTest::addColumn<bool>("isReplaced");
    QTest::newRow("deleted") << false;
    QTest::newRow("replaced") << true;
}

void FullDiskTest::aSessionThatIsTakenAwayEndsTheRun()
{
    QFETCH(bool, isReplaced);
    const QString session = m_folder->filePath(QStringLiteral("s.headroom"));
    const QString part = session + QStringLiteral(".part");
    QProcess process;
    QVERIFY2(startRun(process, session), m_said.constData());
    QVERIFY(QFile::remove(part));
    if (isReplaced) {
        QFile other(part);
        QVERIFY(other.open(QFile::WriteOnly) && other.write("precious") == 8);
    }
    QVERIFY(process.waitForFinished(kLimitMs));
    QCOMPARE(wrongWith(process, part, "moved or deleted while the run went on; "), QString());
    QVERIFY(!QFile::exists(session));
    QCOMPARE(QFile::exists(part), isReplaced);
}

void FullDiskTest::twoRunsOfOneNameLoseNothing()
{
    const QString session = m_folder->filePath(QStringLiteral("s.headroom"));
    const QString part = session + QStringLiteral(".part");
    QProcess first;
    QVERIFY2(startRun(first, session), m_said.constData());
    const ProcessResult second = runHeadroom(run(session, "1s"), m_folder->path());
    QCOMPARE(second.exitCode, 1); // at once, and not at its end
    QVERIFY2(second.err.contains(QStringLiteral("a run is writing it already, as ") + part), qPrintable(second.err));
    QFile precious(session); // whatever else takes the name in the meantime keeps it
    QVERIFY(precious.open(QFile::WriteOnly) && precious.write("precious") == 8);
    precious.close();
    ::kill(pid_t(first.processId()), SIGINT);
    QVERIFY(first.waitForFinished(kLimitMs));
    QCOMPARE(wrongWith(first, session, "appeared during the run; "), QString());
    QVERIFY2(m_said.contains(part.toUtf8()), m_said.constData());
    QCOMPARE(precious.size(), 8);
    const WholeSession ofFirst = readWhole(part);
    QCOMPARE(ofFirst.error, QString());
    QVERIFY(ofFirst.wasClosedCleanly);
    QCOMPARE(ofFirst.ending->reason, RunEnding::Reason::Interrupted);
}

void FullDiskTest::aKilledRunIsReadWhereNothingCanBeWritten()
{
    const QString session = m_disk->filePath(QStringLiteral("s.headroom"));
    const QString part = session + QStringLiteral(".part");
    QProcess process;
    QVERIFY2(startRun(process, session), m_said.constData());
    process.kill();
    QVERIFY(process.waitForFinished(kLimitMs));
    QVERIFY(QFile::exists(part + QStringLiteral("-wal")));
    const QStringList before = QDir(m_disk->path()).entryList(QDir::Files);
    QVERIFY(m_disk->makeReadOnly());
    const WholeSession read = readWhole(part);
    QCOMPARE(read.error, QString());
    QCOMPARE_GE(read.frameCount, 1);
    const ProcessResult report = runHeadroom({QStringLiteral("report"), part}, m_folder->path());
    QVERIFY2(report.out.contains(QStringLiteral("interrupted at 0:0")), qPrintable(report.err));
    QCOMPARE(QDir(m_disk->path()).entryList(QDir::Files), before);
}

void FullDiskTest::aSessionWithoutLeaveToReadItIsTwo()
{
    const QString session = m_folder->filePath(QStringLiteral("s.headroom"));
    QCOMPARE(runHeadroom(run(session, "1s"), m_folder->path()).exitCode, 0);
    QVERIFY(QFile::setPermissions(session, QFile::WriteOwner));
    QProcess process;
    withoutRootsRights(process);
    process.start(headroomProgram(), {QStringLiteral("report"), session});
    QVERIFY(process.waitForFinished(kLimitMs));
    QCOMPARE(process.exitCode(), 2);
    const QString said = QString::fromUtf8(lastSaid(process));
    QCOMPARE(unclearIn(said.sliced(10), session), QString());
    QVERIFY2(said.contains(QStringLiteral("no right to read")), qPrintable(said));
}

int main(int argc, char *argv[])
{
    FullDiskTest::s_whyNot = SmallDisk::makePossible();
    QCoreApplication application(argc, argv);
    FullDiskTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_fulldisk.moc"
