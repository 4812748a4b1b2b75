// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/freeport.h"
#include "tests/support/headroomprocess.h"
#include "tests/support/scriptedserver.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Headroom;

namespace {

/// Every kind of character that some escape has to do with; the letters between them look the same in all escapes, so
/// that a leak of any part is seen.
const QByteArray kCanary = "C4nary/\"s3cr&t\"+%7e<k3yx>=\\w0rdz z9tail";
const QList<QByteArray> kPlainParts{"C4nary", "s3cr", "k3yx", "w0rdz", "z9tail"};
const QByteArray kMark = "***CANARY***";

/// What is the same in the base64 of everything that holds some bytes, wherever they stand in it.
QList<QByteArray> base64Parts(const QByteArray &bytes)
{
    QList<QByteArray> parts;
    for (int shift = 0; shift < 3; ++shift) {
        for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
            const QByteArray text =
                (QByteArray(shift, 'x') + bytes).toBase64(alphabet | QByteArray::OmitTrailingEquals);
            parts.append(text.sliced(4, text.size() - 6));
        }
    }
    return parts;
}

/// What must be nowhere. Also of parts, in base64 within base64: a report may keep its data so.
QList<QByteArray> traces()
{
    QList<QByteArray> all = kPlainParts;
    all += base64Parts(kCanary);
    for (const QByteArray &escaped :
         {kCanary.toPercentEncoding(), QByteArray("C4nary\\/\\\"s3cr"), QByteArray("C4nary/\\\"s3cr"),
          QByteArray("C4nary/&quot;s3cr&amp;t"), kCanary.toBase64()})
        all += base64Parts(escaped);
    all += kCanary.toHex();
    return all;
}

QByteArray json(const QByteArray &text)
{
    return '"' + QByteArray(text).replace('\\', "\\\\").replace('"', "\\\"") + '"';
}

/// "%2F" as "%2f".
QByteArray withLowerEscapes(QByteArray text)
{
    for (qsizetype at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1))
        text.replace(at, 3, text.mid(at, 3).toLower());
    return text;
}

/// The canary as servers, libraries and pages write it.
QByteArray everyForm()
{
    return kCanary + "\n" + kCanary.toPercentEncoding() + "\n" + withLowerEscapes(kCanary.toPercentEncoding()) + "\n"
        + kCanary.toBase64() + "\n" + ("user:" + kCanary).toBase64(QByteArray::Base64UrlEncoding) + "\n" + json(kCanary)
        + "\n" + json(kCanary).replace('/', "\\/") + "\n" + QString::fromUtf8(kCanary).toHtmlEscaped().toUtf8() + "\n"
        + kCanary.toHex() + "\n" + kCanary.toPercentEncoding().toPercentEncoding() + "\n";
}

QByteArray textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class Case
{
public:
    QTemporaryDir folder;

    QString path(const QString &name) const { return folder.filePath(name); }
    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    /// Runs headroom while the servers of the test go on; its output becomes a file beside the others.
    int run(const QStringList &arguments, const QByteArray &canary = kCanary) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *place : {"CONFIG", "CACHE", "STATE", "DATA"})
            environment.insert(QStringLiteral("XDG_%1_HOME").arg(QLatin1String(place)), path(QLatin1String(place)));
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nowhere"));
        environment.remove(QStringLiteral("CANARY"));
        if (!canary.isEmpty())
            environment.insert(QStringLiteral("CANARY"), QString::fromUtf8(canary));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(folder.path());
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setStandardOutputFile(path(QStringLiteral("terminal-%1.txt").arg(++m_runs)));
        process.start(headroomProgram(), arguments);
        const bool isOver = QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 50'000);
        return isOver && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }
    QByteArray terminal() const { return textOf(path(QStringLiteral("terminal-%1.txt").arg(m_runs))); }

    /// "file: trace" of every place that a part of the canary has reached.
    QStringList leaks() const
    {
        QStringList found;
        QDirIterator files(folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QByteArray text = textOf(files.next());
            for (const QByteArray &trace : traces()) {
                if (const qsizetype at = text.indexOf(trace); at >= 0)
                    found.append(QStringLiteral("%1: %2").arg(
                        files.fileName(), QString::fromUtf8(text.mid(std::max<qsizetype>(0, at - 40), 120))));
            }
        }
        return found;
    }

private:
    mutable int m_runs = 0;
};

/// What the k-th kind of path answers.
ServerScript echo(const QByteArray &request)
{
    const QByteArray path = request.split(' ').value(1);
    if (path.startsWith("/redirect"))
        return ServerScript::answer("302 Found", everyForm(),
                                    "Location: /else?key=" + kCanary.toPercentEncoding() + "\r\n");
    if (path.startsWith("/type"))
        return ServerScript::answer("400 Bad " + kCanary, everyForm(),
                                    "Content-Type: text/" + kCanary + "\r\nSet-Cookie: sid=" + kCanary
                                        + "\r\nServer-Timing: " + kCanary + ";dur=3, db;desc=" + json(kCanary)
                                        + ";dur=1\r\n");
    if (path.startsWith("/cut")) // the head of the body that is kept ends within the canary
        return ServerScript::answer("500 No", QByteArray(4096 - 12, '.') + kCanary + everyForm());
    if (path.startsWith("/nonsense"))
        return ServerScript().send("HTTP/1.1 " + kCanary + "\r\n\r\n").close();
    if (path.startsWith("/error") || path.startsWith("/act"))
        return ServerScript::answer("500 " + kCanary, everyForm());
    if (path.startsWith("/stats"))
        return ServerScript::ok("{ \"depth\": " + json(kCanary) + " }");
    return ServerScript::answer(
        "200 OK", "{\"token\":" + json(kCanary) + ",\"all\":" + json(everyForm().replace('\n', ' ')) + "}",
        "Content-Type: application/json\r\nX-Echo: " + kCanary + "\r\n");
}

const QByteArray kScenario = R"(headroom: 1
name: Canary
secrets: [CANARY]
target:
  url: %URL%
  headers: { Authorization: "Bearer ${secret.CANARY}", X-Token: "${secret.CANARY}" }
  query: { key: "${secret.CANARY}" }
observe: { db: { part: server-timing db } }
flows:
  - name: echo
    steps:
      - post: /echo/${secret.CANARY}
        json: { token: "${secret.CANARY}" }
        check: [ "$.token == nothing" ]
        extract: { token: "$.token", header: header X-Echo }
      - { get: "/echo/${token}/${header}", check: [ "header X-Echo == nothing" ] }
      - { post: /echo, text: "${secret.CANARY}", check: [ "body contains nothing-of-it" ] }
      - { post: /echo, form: { a: "${secret.CANARY}" }, check: [ "body matches /^nothing/" ] }
      - get: /error
      - { get: /redirect, expect: 200 }
      - get: /type
      - get: /cut
      - get: /nonsense
      - { get: /missing, if: "${token} != ${secret.CANARY}", check: [ "$.token == '${secret.CANARY}x'" ] }
actions:
  - { name: knock, at: 200 ms, post: /act, headers: { X-Token: "${secret.CANARY}" }, text: "${secret.CANARY}" }
probes:
  stats: { json: /stats, value: $.depth, every: 200 ms }
load: { users: 1, for: 1500 ms }
rules: [ errors < 1 % ]
)";

} // namespace

/// The value of a secret reaches what it is meant for, and nothing else, however it comes back.
class SecretCanaryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isNowhereAfterARun();
    void isNowhereWhenATargetDies();
    void isMissedBeforeAnythingStarts();
};

void SecretCanaryTest::isNowhereAfterARun()
{
    ScriptedServer server;
    server.answerWith([&server](int request) { return echo(server.requests().at(request)); });
    const Case files;
    files.write(QStringLiteral("canary.yaml"), QByteArray(kScenario).replace("%URL%", server.url().toEncoded()));
    const int exitCode =
        files.run({QStringLiteral("run"), QStringLiteral("canary.yaml"), QStringLiteral("--out"),
                   QStringLiteral("canary.headroom"), QStringLiteral("--report"), QStringLiteral("json=live.json"),
                   QStringLiteral("--report"), QStringLiteral("html=live.html")});
    QVERIFY2(exitCode == 4, files.terminal()); // its errors are many
    QVERIFY(!server.requests().isEmpty());
    const QByteArray all = server.requests().join(); // a probe's may come before those of the flow
    QVERIFY2(all.toLower().contains("authorization: bearer " + kCanary.toLower() + "\r\n"), all.left(4000)); // it did go out
    QCOMPARE(files.run({QStringLiteral("run"), QStringLiteral("canary.yaml"), QStringLiteral("--out"),
                        QStringLiteral("b.headroom"), QStringLiteral("--progress"), QStringLiteral("json")}),
             4);
    const int sweepCode =
        files.run({QStringLiteral("run"), QStringLiteral("canary.yaml"), QStringLiteral("--sweep"),
                   QStringLiteral("users=1,2"), QStringLiteral("--duration"), QStringLiteral("1s"),
                   QStringLiteral("--report"), QStringLiteral("json=sweep.json"), QStringLiteral("--report"),
                   QStringLiteral("html=sweep.html")});
    QVERIFY2(sweepCode == 4 || sweepCode == 5, files.terminal()); // 5: so short a run, and the machine was busy
    // What is compressed in the session is decoded for this.
    QCOMPARE(
        files.run({QStringLiteral("report"), QStringLiteral("canary.headroom"), QStringLiteral("--report"),
                   QStringLiteral("json=again.json"), QStringLiteral("--report"), QStringLiteral("html=again.html")}),
        0);
    const QByteArray report = textOf(files.path(QStringLiteral("again.json")));
    QVERIFY2(report.count(kMark) >= 15, report); // it was there to be hidden: in bodies, addresses, checks, types
    QVERIFY2(files.leaks().isEmpty(), qPrintable(files.leaks().join(u'\n')));
}

void SecretCanaryTest::isNowhereWhenATargetDies()
{
    const Case files;
    const QByteArray port = QByteArray::number(freePort());
    files.write(QStringLiteral("dies.yaml"),
                "headroom: 1\nsecrets: [CANARY]\ntarget:\n  url: http://127.0.0.1:" + port
                    + "\n  start:\n    command: " HEADROOM_BIN_DIR "/tests-wilfulserver --port " + port
                    + " --die-after-ms 700\n    environment: { HEADROOM_TEST_SECRET: \"${secret.CANARY}\" }\n"
                      "flows: [ { steps: [ { get: /, headers: { X-T: \"${secret.CANARY}\" } } ] } ]\nload: { users: 1, "
                      "for: 5 s }\n");
    files.run({QStringLiteral("run"), QStringLiteral("dies.yaml"), QStringLiteral("--allow-commands"),
               QStringLiteral("--out"), QStringLiteral("dies.headroom"), QStringLiteral("--report"),
               QStringLiteral("json=dies.json")});
    QVERIFY2(files.terminal().contains("the secret is " + kMark), files.terminal()); // its last words, without it
    QVERIFY(textOf(files.path(QStringLiteral("dies.json"))).contains(kMark));
    QVERIFY2(files.leaks().isEmpty(), qPrintable(files.leaks().join(u'\n')));
}

void SecretCanaryTest::isMissedBeforeAnythingStarts()
{
    ScriptedServer server;
    server.answerWith(ServerScript::ok());
    const Case files;
    files.write(QStringLiteral("canary.yaml"), QByteArray(kScenario).replace("%URL%", server.url().toEncoded()));
    QCOMPARE(files.run({QStringLiteral("run"), QStringLiteral("canary.yaml")}, {}), 2);
    QVERIFY2(files.terminal().contains(
                 "secret 'CANARY': the environment has no variable CANARY, and there is no keyring here"),
             files.terminal());
    QVERIFY2(files.terminal().contains("secret-tool store --label=Headroom service headroom username CANARY"),
             files.terminal());
    QCOMPARE(files.run({QStringLiteral("run"), QStringLiteral("canary.yaml")}, "abc"), 2); // nobody could hide that
    QVERIFY2(files.terminal().contains("shorter than 4 characters"), files.terminal());
    QCOMPARE(server.accepted(), 0);
    QVERIFY(QDir(files.folder.path()).entryList({QStringLiteral("*.headroom")}).isEmpty());
    QCOMPARE(files.run({QStringLiteral("validate"), QStringLiteral("canary.yaml")}, {}), 0);
}

QTEST_GUILESS_MAIN(SecretCanaryTest)
#include "tst_secretcanary.moc"
