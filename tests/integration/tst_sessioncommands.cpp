// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/histogramlogprocessor.h"
#include "tests/support/schemaproblems.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>

using namespace Headroom;

namespace {

const QByteArray kScenario = "headroom: 1\nname: sessions\ntarget: { practice: { service_time: '*=5 ms' } }\n"
                             "flows: [ { steps: [ { get: '/documents/${body}', name: 'get, one' } ] } ]\n"
                             "vars: { body: 1 }\nload: { rate: 5/s, for: 1 s }\nrules: [ errors < 1 % ]\n";

const QByteArray kWithFiles = "headroom: 1\nname: files\ntarget: { practice: {} }\ndata: { rows: { file: rows.csv } }\n"
                              "flows: [ { steps: [ { post: '/retrieve/${rows.id}', file: body.txt } ] } ]\nload: { rate: 5/s, for: 1 s }\nrules: [ errors < 1 % ]\n";

/// Of a report, what is fixed about its run.
QJsonObject planOf(const QJsonObject &report)
{
    QJsonObject load = report[QStringLiteral("load")].toObject();
    load.remove(QStringLiteral("target")); // the practice target has another port each time
    return {{QStringLiteral("load"), load}, {QStringLiteral("scenario"), report[QStringLiteral("scenario")]}};
}

} // namespace

/// What the command line does with session files, all of it on one run of the real program.
class SessionCommandsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void listsTheCommands();
    void verifies();
    void replaysTheLinesOfTheRun();
    void replaysAPart();
    void aReplayEndsWhenItIsInterrupted();
    void exportsAll();
    void exportsToStandardOutput();
    void replacesFilesOnlyWhenAskedTo();
    void writesNothingOverWhatItReads_data();
    void writesNothingOverWhatItReads();
    void reportsReplaceReportsAndNothingElse();
    void writesIntoWhatIsNoFile();
    void writesAllOrNothing();
    void trims();
    void merges();
    void runsASessionAgain();
    void runsItWithOptionsOnTop();
    void saysThatACutSessionRunsWhole();
    void runsOfOneSecondGetNamesOfTheirOwn();
    void attachmentsAreReported();
    void refusesBadUsage_data();
    void refusesBadUsage();
    void saysWhatCannotBeAttached();

private:
    ProcessResult headroom(const QStringList &arguments) const { return runHeadroom(arguments, m_folder.path()); }
    ProcessResult headroom(const char *arguments) const { return headroom(QString::fromLatin1(arguments).split(u' ')); }
    QByteArray bytesOf(const char *name) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QJsonObject jsonOf(const char *name) const { return QJsonDocument::fromJson(bytesOf(name)).object(); }
    QTemporaryDir m_folder;
    QString m_lines; ///< Of the run, as JSON.
};

void SessionCommandsTest::initTestCase()
{
    for (const auto &[name, text] :
         {std::pair("s.yaml", kScenario), std::pair("notes.txt", QByteArray("=what was tried\n")),
          std::pair("files.yaml", kWithFiles), std::pair("rows.csv", QByteArray("id\n1\n")), std::pair("body.txt", QByteArray("a body")),
          std::pair("night.yaml", QByteArray("headroom: 1\nname: night\nsuite: [ { name: one, scenario: files.yaml } ]\n"))}) {
        QFile file(m_folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QProcess other; // another generator at the same time, that keeps no samples
    other.setWorkingDirectory(m_folder.path());
    other.start(headroomProgram(),
                QStringLiteral("run s.yaml --out b.headroom --rate 20/s --duration 3s --set vars.body=2 --samples off "
                               "--progress none --report json=b.json")
                    .split(u' '));
    const ProcessResult run =
        headroom("run s.yaml --out a.headroom --rate 20/s --duration 3s --seed 77 --set vars.body=2 --samples all "
                 "--attach notes.txt --progress json --report json=a.json");
    QVERIFY2(run.exitCode == 0 || run.exitCode == 5, qPrintable(run.err));
    QVERIFY(other.waitForFinished(60'000));
    QVERIFY2(other.exitCode() == 0 || other.exitCode() == 5, other.readAllStandardError().constData());
    m_lines = run.out;
    QVERIFY(m_lines.count(u'\n') >= 3);
}

void SessionCommandsTest::listsTheCommands()
{
    const QString help = headroom("--help").out;
    for (const char *command : {"replay SESSION", "export SESSION", "merge SESSION", "trim SESSION", "verify SESSION"})
        QVERIFY2(help.contains(QLatin1String(command)), command);
    for (const char *command : {"replay", "export", "merge", "trim", "verify"}) {
        const ProcessResult own = headroom({QLatin1String(command), QStringLiteral("--help")});
        QCOMPARE(own.exitCode, 0);
        QVERIFY(own.out.startsWith(QStringLiteral("Usage: headroom ") + QLatin1String(command)));
    }
    QVERIFY(headroom("help session-files").out.startsWith(QStringLiteral("# Session files")));
    QVERIFY2(help.contains(QStringLiteral("Pages of the help: load-models, language, templates, rules, watching, actions, "
                                          "profiles, session-files, how-we-measure.")),
             qPrintable(help));
}

void SessionCommandsTest::verifies()
{
    QFile broken(m_folder.filePath(QStringLiteral("broken.headroom")));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write(bytesOf("a.headroom").chopped(5000));
    broken.close();
    const ProcessResult good = headroom("verify a.headroom");
    QCOMPARE(good.exitCode, 0);
    QVERIFY2(good.out.startsWith(QStringLiteral("a.headroom: whole; "))
                 && good.out.contains(QStringLiteral(" raw samples, 1 attachment, closed at ")),
             qPrintable(good.out));
    const ProcessResult both = headroom("verify broken.headroom a.headroom");
    QCOMPARE(both.exitCode, 2);
    QCOMPARE(both.out.count(u'\n'), 2);
    QVERIFY2(both.out.startsWith(QStringLiteral("broken.headroom: ")), qPrintable(both.out));
}

void SessionCommandsTest::replaysTheLinesOfTheRun()
{
    const ProcessResult replay = headroom("replay a.headroom --speed 120 --progress json");
    QCOMPARE(replay.exitCode, 0);
    QCOMPARE(replay.out, m_lines);
    const ProcessResult plain = headroom("replay a.headroom --speed 120");
    QCOMPARE(plain.exitCode, 0);
    QVERIFY2(plain.err.contains(QStringLiteral("offered")), qPrintable(plain.err));
    QCOMPARE(plain.out, headroom("report a.headroom").out);
    QVERIFY(plain.out.contains(QStringLiteral("changed by options: --rate 20/s, --duration 3.00 s, ")));
    QVERIFY2(plain.out.contains(QStringLiteral("Verdict: ")) && !plain.out.contains(QStringLiteral("exit code")),
             qPrintable(plain.out)); // that of a run, which this is none
}

void SessionCommandsTest::replaysAPart()
{
    const QStringList lines = m_lines.split(u'\n');
    const ProcessResult part = headroom("replay a.headroom --speed 120 --progress json --from 0:01 --to 2s");
    QCOMPARE(part.exitCode, 0);
    QCOMPARE(part.out.count(u'\n'), 1);
    const QJsonObject line = QJsonDocument::fromJson(part.out.toUtf8()).object();
    const QJsonObject live = QJsonDocument::fromJson(lines[1].toUtf8()).object();
    QCOMPARE(line[QStringLiteral("t_s")], live[QStringLiteral("t_s")]);
    QCOMPARE(line[QStringLiteral("achieved_per_s")], live[QStringLiteral("achieved_per_s")]);
    // The summary is of more than was shown, and says so.
    const ProcessResult plain = headroom("replay a.headroom --speed 120 --from 0:01 --to 2s");
    QVERIFY2(
        plain.out.startsWith(QStringLiteral("Shown: 0:01 to 0:02 of 0:03. What follows is of the whole session.\n\n")),
        qPrintable(plain.out));
    QVERIFY(plain.out.endsWith(headroom("report a.headroom").out));
}

void SessionCommandsTest::aReplayEndsWhenItIsInterrupted()
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(
        headroomProgram(),
        {QStringLiteral("replay"), QStringLiteral("a.headroom"), QStringLiteral("--speed"), QStringLiteral("0.25")});
    QVERIFY(process.waitForStarted());
    // Its first line comes after 4 s; the first event at once.
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT(!said.append(process.readAllStandardError()).isEmpty(), 30'000);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(process.readAllStandardOutput().contains("sessions"));
}

void SessionCommandsTest::exportsAll()
{
    const ProcessResult done =
        headroom("export a.headroom --csv s.csv --samples q.csv --json s.json --hlog s.hlog --attachments files");
    QVERIFY2(done.exitCode == 0, qPrintable(done.err));
    QCOMPARE(bytesOf("files/notes.txt"), QByteArray("=what was tried\n"));
    const QJsonObject totals = jsonOf("a.json")[QStringLiteral("totals")].toObject();
    const int requests = totals[QStringLiteral("requests")].toInt();
    QVERIFY(requests >= 55);
    QCOMPARE(bytesOf("q.csv").count('\n'), 1 + requests);
    QCOMPARE(bytesOf("s.csv").count('\n'), 1 + m_lines.count(u'\n')); // a line for each second
    QVERIFY(bytesOf("s.csv").contains("\"get, one\""));
    const QByteArray schema = headroom("schema export").out.toUtf8();
    QCOMPARE(schemaProblems(schema, bytesOf("s.json")), QStringList());
    const PrintedLog printed = printedByJava(m_folder.filePath(QStringLiteral("s.hlog")),
                                             {QStringLiteral("-tag"), QStringLiteral("get__one")});
    QVERIFY2(printed.problem.isEmpty() && !printed.rows.empty(), qPrintable(printed.problem + printed.text));
    const QJsonObject response = totals[QStringLiteral("response_ms")].toObject();
    QCOMPARE(int(printed.rows.back().count), response[QStringLiteral("count")].toInt());
    const auto median = std::ranges::find(printed.rows, 0.5, &PrintedRow::quantile);
    QVERIFY(median != printed.rows.end());
    QCOMPARE(median->microseconds / 1000.0, response[QStringLiteral("p50")].toDouble());
}

void SessionCommandsTest::exportsToStandardOutput()
{
    const ProcessResult done = headroom("export a.headroom --csv -");
    QCOMPARE(done.exitCode, 0);
    QVERIFY(done.out.startsWith(QStringLiteral("second,time,stage,")));
    QCOMPARE(headroom("export a.headroom --csv - --json -").exitCode, 2);
}

void SessionCommandsTest::replacesFilesOnlyWhenAskedTo()
{
    QCOMPARE(headroom("export a.headroom --csv again.csv").exitCode, 0);
    const QByteArray before = bytesOf("again.csv");
    const ProcessResult refused = headroom("export a.headroom --samples again.csv");
    QCOMPARE(refused.exitCode, 1);
    QCOMPARE(refused.err,
             QStringLiteral("headroom: again.csv: this file exists already; choose another name, or add --force\n"));
    QCOMPARE(bytesOf("again.csv"), before);
    QCOMPARE(headroom("export a.headroom --samples again.csv --force").exitCode, 0);
    QVERIFY(bytesOf("again.csv") != before);
    QVERIFY(QFile::copy(m_folder.filePath(QStringLiteral("a.headroom")),
                        m_folder.filePath(QStringLiteral("own.headroom"))));
    QCOMPARE(headroom("trim a.headroom --to 0:02 --out own.headroom").exitCode, 1);
    QCOMPARE(headroom("trim a.headroom --to 0:02 --out own.headroom --force").exitCode, 0);
    QVERIFY(headroom("verify own.headroom").out.contains(QStringLiteral("whole; 0:02 long, ")));
    QVERIFY(QDir(m_folder.path()).entryList({QStringLiteral("own.headroom.*")}).isEmpty());
    QCOMPARE(headroom("export a.headroom --csv nowhere/s.csv").exitCode, 1);
    QCOMPARE(headroom("export a.headroom --attachments files").exitCode, 1); // they are there by now
    QCOMPARE(headroom("export a.headroom --attachments files --force").exitCode, 0);
    // What lies beside a new session would be read as its log; also beside one that takes the place of another.
    for (const char *words : {"trim a.headroom --out stale.headroom", "trim a.headroom --out own.headroom --force"}) {
        const QString log = m_folder.filePath(QString::fromLatin1(words).split(u' ')[3] + QStringLiteral("-wal"));
        QVERIFY(QFile(log).open(QIODevice::WriteOnly));
        const ProcessResult stale = headroom(words);
        QCOMPARE(stale.exitCode, 1);
        QVERIFY2(stale.err.contains(QStringLiteral("-wal lies there and would be taken for a part of it; ")),
                 qPrintable(stale.err));
        QVERIFY(QFile::remove(log));
    }
}

void SessionCommandsTest::writesNothingOverWhatItReads_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *arguments, const char *words) {
        QTest::newRow(arguments) << QString::fromLatin1(arguments) << QString::fromLatin1(words);
    };
    row("report a.headroom --report json=a.headroom", "a.headroom: the same command reads this file; ");
    row("report link --report html=a.headroom", "a.headroom: the same command reads this file; ");
    row("run s.yaml --report json=s.yaml", "s.yaml: the same command reads this file; ");
    row("run s.yaml --out s.yaml", "s.yaml: the same command reads this file; ");
    row("run a.headroom --report json=a.headroom", "a.headroom: the same command reads this file; ");
    row("run s.yaml --attach notes.txt --report json=notes.txt", "notes.txt: the same command reads this file; ");
    row("run files.yaml --report json=rows.csv", "rows.csv: the same command reads this file; ");
    row("run files.yaml --out body.txt", "body.txt: the same command reads this file; ");
    row("run files.yaml --sweep users=1,2 --report json=body.txt", "body.txt: the same command reads this file; ");
    row("run night.yaml --report html=rows.csv", "rows.csv: the same command reads this file; ");
    row("run s.yaml --out same.headroom --report json=same.headroom",
        "same.headroom: two outputs would be this one file; ");
    row("run s.yaml --out same.headroom --report json=same.headroom.part", "same.headroom.part: two outputs would be ");
    row("run s.yaml --report json=same --report html=./same", "./same: two outputs would be this one file; ");
    row("run s.yaml --sweep users=1,2 --out same --report json=same-users-1.headroom",
        "same-users-1.headroom: two outputs would be this one file; ");
    row("run s.yaml --out -", "-: a session is a file of its own; name one");
    row("export a.headroom --csv a.headroom --force", "a.headroom: the same command reads this file; ");
    row("export a.headroom --csv link --force", "link: the same command reads this file; ");
    row("export a.headroom --csv same --samples same", "same: two outputs would be this one file; ");
    row("export a.headroom --csv - --json -", "standard output: only one file can go there; ");
    row("export a.headroom --csv - --json /dev/stdout", "/dev/stdout: only one file can go there; ");
    row("export a.headroom --csv files2/notes.txt --attachments files2", "files2/notes.txt: two outputs would be ");
    row("trim a.headroom --to 0:02 --out a.headroom --force", "a.headroom: the same command reads this file; ");
    row("merge a.headroom b.headroom --out b.headroom --force", "b.headroom: the same command reads this file; ");
}

void SessionCommandsTest::writesNothingOverWhatItReads()
{
    QFETCH(QString, arguments);
    QFETCH(QString, words);
    QFile::link(QStringLiteral("a.headroom"), m_folder.filePath(QStringLiteral("link"))); // once
    const QByteArray session = bytesOf("a.headroom");
    const ProcessResult refused = headroom(arguments.split(u' '));
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.err.startsWith(QStringLiteral("headroom: ") + words), qPrintable(refused.err));
    QCOMPARE(bytesOf("a.headroom"), session);
    QCOMPARE(bytesOf("s.yaml"), kScenario);
    QCOMPARE(bytesOf("notes.txt"), QByteArray("=what was tried\n"));
    QCOMPARE(bytesOf("rows.csv") + bytesOf("body.txt"), QByteArray("id\n1\na body"));
    QVERIFY(QDir(m_folder.path()).entryList({QStringLiteral("same*"), QStringLiteral("*.part")}).isEmpty());
}

void SessionCommandsTest::reportsReplaceReportsAndNothingElse()
{
    for (int times = 0; times < 2; ++times) { // as of every night
        QCOMPARE(headroom("report a.headroom --report json=night.json --report html=night.html").exitCode, 0);
    }
    QCOMPARE(bytesOf("night.json"), bytesOf("a.json"));
    QVERIFY(QFile::copy(m_folder.filePath(QStringLiteral("s.yaml")), m_folder.filePath(QStringLiteral("plan"))));
    QFile log(m_folder.filePath(QStringLiteral("killed.headroom.part-wal")));
    QVERIFY(log.open(QIODevice::WriteOnly) && log.write("\x37\x7f\x06\x82 and so on") > 0);
    log.close();
    for (const auto &[name, what] : {std::pair("b.headroom", "session"), std::pair("s.yaml", "scenario"),
                                     std::pair("plan", "scenario"), std::pair("killed.headroom.part-wal", "session")}) {
        const QByteArray before = bytesOf(name);
        const ProcessResult refused =
            headroom({QStringLiteral("report"), QStringLiteral("a.headroom"), QStringLiteral("--report"),
                      QStringLiteral("json=") + QLatin1String(name)});
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(refused.err,
                 QStringLiteral("headroom: %1: this is a %2, which no report replaces; choose another name\n")
                     .arg(QLatin1String(name), QLatin1String(what)));
        QCOMPARE(bytesOf(name), before);
    }
}

void SessionCommandsTest::writesIntoWhatIsNoFile()
{
    const QString pipe = m_folder.filePath(QStringLiteral("pipe"));
    QCOMPARE(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    QProcess reader;
    reader.start(QStringLiteral("cat"), {pipe});
    QVERIFY(reader.waitForStarted());
    const ProcessResult piped = headroom("export a.headroom --csv pipe");
    QVERIFY2(piped.exitCode == 0, qPrintable(piped.err));
    QVERIFY(reader.waitForFinished(30'000));
    const QString csv = headroom("export a.headroom --csv -").out;
    QVERIFY(csv.startsWith(QStringLiteral("second,time,stage,")));
    QCOMPARE(QString::fromUtf8(reader.readAllStandardOutput()), csv);
    QVERIFY(!QFileInfo(pipe).isFile()); // still a pipe
    QCOMPARE(headroom("trim a.headroom --out pipe --force").exitCode, 1);
    QCOMPARE(headroom("export a.headroom --csv /dev/stdout").out, csv);
    QCOMPARE(headroom("report a.headroom --report json=/dev/stdout").out.toUtf8(), bytesOf("a.json"));
    QCOMPARE(headroom("export a.headroom --csv /dev/null --json /dev/null --force").exitCode, 0);
    const ProcessResult full = headroom("export a.headroom --csv /dev/full --force");
    QCOMPARE(full.exitCode, 1);
    QVERIFY2(full.err.startsWith(QStringLiteral("headroom: /dev/full: cannot be written: ")), qPrintable(full.err));
    QVERIFY(!QFileInfo(QStringLiteral("/dev/full")).isFile());
    QVERIFY(!QFileInfo(QStringLiteral("/dev/null")).isFile());
}

void SessionCommandsTest::writesAllOrNothing()
{
    const ProcessResult refused = headroom("export b.headroom --csv half.csv --samples half-samples.csv");
    QCOMPARE(refused.exitCode, 2);
    QCOMPARE(refused.err,
             QStringLiteral("headroom: the session holds no raw samples; a run keeps them with --samples all\n"));
    QCOMPARE(headroom("export b.headroom --csv half.csv --attachments half").exitCode, 2); // it has none
    QCOMPARE(headroom("export a.headroom --csv half.csv --json /dev/full").exitCode, 1);
    QVERIFY(QDir(m_folder.path()).entryList({QStringLiteral("half*")}).isEmpty());
}

void SessionCommandsTest::trims()
{
    const ProcessResult done = headroom("trim a.headroom --from 1s --to 0:03 --out t.headroom");
    QVERIFY2(done.exitCode == 0, qPrintable(done.err));
    QCOMPARE(done.out, QStringLiteral("Session: t.headroom, 0:01 to 0:03\n"));
    QVERIFY(headroom("verify t.headroom").out.startsWith(QStringLiteral("t.headroom: whole; 0:02 long, ")));
    QVERIFY(headroom("report t.headroom --report json=t.json").exitCode == 0);
    const QJsonObject report = jsonOf("t.json");
    QCOMPARE(report[QStringLiteral("session")][QStringLiteral("duration_s")].toDouble(), 2.0);
    QCOMPARE(report[QStringLiteral("load")][QStringLiteral("stages")][0][QStringLiteral("length_s")].toDouble(), 2.0);
    QVERIFY(QJsonDocument(report).toJson().contains("cut from a.headroom: 0:01 to 0:03 of "));
    QVERIFY(headroom("report t.headroom").out.contains(QStringLiteral("\ncut from a.headroom: 0:01 to 0:03 of ")));
}

void SessionCommandsTest::merges()
{
    const ProcessResult done = headroom("merge a.headroom b.headroom --out m.headroom");
    QVERIFY2(done.exitCode == 0, qPrintable(done.err));
    QCOMPARE(done.err,
             QStringLiteral("headroom: raw samples were left out, as the sessions keep different kinds of them\n"));
    const QStringList lines = done.out.split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3); // which of them began first nobody knows
    QVERIFY2(done.out.contains(QStringLiteral(": its seconds stand as they are\n")), qPrintable(done.out));
    QCOMPARE(lines.back(), QStringLiteral("Session: m.headroom"));
    QVERIFY(headroom("verify m.headroom").out.startsWith(QStringLiteral("m.headroom: whole; ")));
    QCOMPARE(headroom("report m.headroom --report json=m.json").exitCode, 0);
    QVERIFY(headroom("report m.headroom").out.contains(QStringLiteral("\nmerged from a.headroom, ")));
    const QJsonObject one = jsonOf("a.json");
    const QJsonObject both = jsonOf("m.json");
    QCOMPARE(both[QStringLiteral("totals")][QStringLiteral("requests")].toInt(),
             one[QStringLiteral("totals")][QStringLiteral("requests")].toInt()
                 + jsonOf("b.json")[QStringLiteral("totals")][QStringLiteral("requests")].toInt());
    QCOMPARE(both[QStringLiteral("load")][QStringLiteral("stages")][0][QStringLiteral("from")].toDouble(), 40.0);
    const ProcessResult again = headroom("run m.headroom");
    QCOMPARE(again.exitCode, 2);
    QCOMPARE(again.err,
             QStringLiteral("headroom: m.headroom: it cannot be run again: it was merged of several sessions; run each "
                            "of those again\n"));
    QCOMPARE(headroom("merge a.headroom a.headroom --out n.headroom").exitCode, 2);
    const ProcessResult twice = headroom("merge m.headroom b.headroom --out n.headroom");
    QCOMPARE(twice.exitCode, 2);
    QCOMPARE(
        twice.err,
        QStringLiteral("headroom: b.headroom: it holds seconds of the same recording as m.headroom, which would be "
                       "counted twice\n"));
}

void SessionCommandsTest::runsASessionAgain()
{
    const ProcessResult run = headroom("run a.headroom --out again.headroom --report json=again.json");
    QVERIFY2(run.exitCode == 0 || run.exitCode == 5, qPrintable(run.err));
    const QJsonObject first = jsonOf("a.json");
    const QJsonObject again = jsonOf("again.json");
    QCOMPARE(planOf(again), planOf(first));
    QCOMPARE(again[QStringLiteral("load")][QStringLiteral("seed")].toInt(), 77);
    QCOMPARE(again[QStringLiteral("flows")][0][QStringLiteral("planned")],
             first[QStringLiteral("flows")][0][QStringLiteral("planned")]);
    QVERIFY(again[QStringLiteral("attachments")].toArray().isEmpty());
}

void SessionCommandsTest::runsItWithOptionsOnTop()
{
    const ProcessResult run = headroom(
        "run a.headroom --out faster.headroom --duration 1s --seed 5 --set vars.body=3 --report json=faster.json");
    QVERIFY2(run.exitCode == 0 || run.exitCode == 5, qPrintable(run.err));
    const QJsonObject report = jsonOf("faster.json");
    QCOMPARE(report[QStringLiteral("load")][QStringLiteral("planned_length_s")].toDouble(), 1.0);
    QCOMPARE(report[QStringLiteral("load")][QStringLiteral("stages")][0][QStringLiteral("from")].toDouble(), 20.0);
    QCOMPARE(report[QStringLiteral("load")][QStringLiteral("seed")].toInt(), 5);
    // A session whose text alone says how long its load is: another rate is sent for as long.
    const ProcessResult plain = headroom("run s.yaml --out plain.headroom");
    QVERIFY2(plain.out.contains(QStringLiteral("(exit code %1)\n").arg(plain.exitCode)), qPrintable(plain.out));
    QVERIFY2(headroom("run plain.headroom --rate 9/s --report json=plain.json").exitCode != 2, "it is refused");
    QCOMPARE(jsonOf("plain.json")[QStringLiteral("load")][QStringLiteral("planned_length_s")].toDouble(), 1.0);
    // A session has no lines, the scenario in it has.
    const ProcessResult unfit = headroom("run plain.headroom --set load.rate=much");
    QCOMPARE(unfit.exitCode, 2);
    QVERIFY2(unfit.err.startsWith(QStringLiteral("the scenario of plain.headroom, line ")), qPrintable(unfit.err));
    const ProcessResult elsewhere = headroom("run a.headroom --out none.headroom --target http://127.0.0.1:1");
    QCOMPARE(elsewhere.exitCode, 3);
    QVERIFY2(elsewhere.err.contains(QStringLiteral("127.0.0.1")), qPrintable(elsewhere.err));
}

void SessionCommandsTest::saysThatACutSessionRunsWhole()
{
    QCOMPARE(headroom("trim a.headroom --from 1s --out cut.headroom").exitCode, 0);
    const ProcessResult run = headroom("run cut.headroom --out none.headroom --target http://127.0.0.1:1");
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.err.startsWith(QStringLiteral("headroom: cut.headroom was cut from another session; what runs is the "
                                               "whole run that it was cut from\n")),
             qPrintable(run.err));
}

void SessionCommandsTest::runsOfOneSecondGetNamesOfTheirOwn()
{
    const QDir folder(m_folder.filePath(QStringLiteral("runs")));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    QProcess runs[2];
    for (QProcess &run : runs) {
        run.setWorkingDirectory(folder.path());
        run.start(headroomProgram(), QStringLiteral("run ../s.yaml --duration 1s --progress none").split(u' '));
    }
    for (QProcess &run : runs) {
        QVERIFY(run.waitForFinished(60'000));
        const QByteArray said = run.readAllStandardOutput();
        QVERIFY2(run.exitCode() == 0 || run.exitCode() == 5, run.readAllStandardError().constData());
        const QByteArray named = said.sliced(said.lastIndexOf("Session: ") + 9).trimmed();
        QVERIFY2(QFile::exists(folder.filePath(QString::fromUtf8(named))), said.constData());
    }
    QCOMPARE(folder.entryList(QDir::Files).size(), 2); // and no part file
}

void SessionCommandsTest::attachmentsAreReported()
{
    const QJsonArray attachments = jsonOf("a.json")[QStringLiteral("attachments")].toArray();
    QCOMPARE(attachments.size(), 1);
    QCOMPARE(attachments[0][QStringLiteral("name")].toString(), QStringLiteral("notes.txt"));
    QCOMPARE(attachments[0][QStringLiteral("bytes")].toInt(), 16);
    QCOMPARE(headroom("report a.headroom --report html=a.html").exitCode, 0);
    QVERIFY(bytesOf("a.html").contains("attachments-table"));
    QVERIFY(bytesOf("a.html").contains("notes.txt"));
}

void SessionCommandsTest::refusesBadUsage_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *arguments, const char *words) {
        QTest::newRow(arguments) << QString::fromLatin1(arguments) << QString::fromLatin1(words);
    };
    row("export a.headroom", "name what to write: --csv, --samples, --json, --hlog or --attachments");
    row("export", "name one session: headroom export SESSION --csv FILE");
    row("export none.headroom --csv x.csv", "none.headroom: there is no such file");
    row("export s.yaml --csv x.csv", "s.yaml: ");
    row("export a.headroom --hlog x.hlog --hlog-kind all",
        "--hlog-kind: 'all' is not response, service, rejected or failed");
    row("export a.headroom --csv x.csv --hlog-kind service",
        "--hlog-kind: belongs to a log; write --hlog FILE as well");
    row("export a.headroom --attachments -", "--attachments: they go into a folder; name one");
    row("replay", "name one session: headroom replay SESSION");
    row("replay a.headroom --speed 121", "--speed: '121' is no factor from 0.25 to 120");
    row("replay a.headroom --from 1:99", "--from: '1:99' is no whole second of a run; write it as in 1:30, or 90 s");
    row("replay a.headroom --from 1:00", "a.headroom: --from: the session ends at 0:0");
    row("replay a.headroom --from 2s --to 1s", "--to: the end is not behind the beginning; let it be later");
    row("trim a.headroom", "name one session and where to save: headroom trim SESSION --from 0:10 --out FILE.headroom");
    row("trim a.headroom --from 1:00 --out x.headroom", "a.headroom: it ends at 0:0");
    row("trim a.headroom --to 1.5s --out x.headroom",
        "--to: '1.5s' is no whole second of a run; write it as in 1:30, or 90 s");
    row("merge a.headroom --out x.headroom",
        "name two sessions or more and where to save: headroom merge A B --out FILE.headroom");
    row("verify", "name at least one session: headroom verify SESSION...");
    row("run .", ".: this is a folder; choose a file in it");
    row("run none.headroom", "none.headroom: there is no such file");
    row("trim a.headroom --form 1s --out x.headroom", "'headroom trim' has no option --form, did you mean 'from'?");
}

void SessionCommandsTest::refusesBadUsage()
{
    QFETCH(QString, arguments);
    QFETCH(QString, words);
    const ProcessResult refused = headroom(arguments.split(u' '));
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.err.startsWith(QStringLiteral("headroom: ") + words.left(words.indexOf(u','))),
             qPrintable(refused.err));
    QCOMPARE(refused.err.count(u'\n'), 1);
    QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("x.headroom"))));
    QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("x.csv"))));
}

void SessionCommandsTest::saysWhatCannotBeAttached()
{
    const ProcessResult refused = headroom("run s.yaml --out never.headroom --attach none.txt");
    QCOMPARE(refused.exitCode, 2);
    QCOMPARE(refused.err, QStringLiteral("headroom: none.txt: there is no such file; check the path\n"));
    QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("never.headroom"))));
}

QTEST_GUILESS_MAIN(SessionCommandsTest)
#include "tst_sessioncommands.moc"
