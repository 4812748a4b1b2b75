// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/scriptedserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

QString word(const char *text) { return QString::fromUtf8(text); }

QStringList words(const char *text) { return word(text).split(u' ', Qt::SkipEmptyParts); }

struct Request
{
    QByteArray line;
    QHash<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;
};

/// A request as RFC 9112 has it.
Request parsed(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    QList<QByteArray> lines = bytes.first(end).replace("\r\n", "\n").split('\n');
    Request request{lines.takeFirst(), {}, bytes.sliced(end + 4)};
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
    }
    return request;
}

/// Parts of a multipart body as RFC 2046, section 5.1.1, has them: head and content. Empty when it is none.
QList<std::pair<QByteArray, QByteArray>> partsOf(const Request &request)
{
    const QByteArray type = request.headers.value("content-type");
    const QByteArray delimiter = "--" + type.sliced(type.indexOf("boundary=") + 9);
    QList<std::pair<QByteArray, QByteArray>> parts;
    if (!type.startsWith("multipart/form-data; ") || !request.body.startsWith(delimiter + "\r\n"))
        return {};
    QByteArray rest = request.body.sliced(delimiter.size() + 2);
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf("\r\n" + delimiter);
        const qsizetype blank = rest.indexOf("\r\n\r\n");
        if (end < 0 || blank < 0 || blank > end)
            return {};
        parts.append({rest.first(blank), rest.sliced(blank + 4, end - blank - 4)});
        rest = rest.sliced(end + 2 + delimiter.size());
        if (rest == "--\r\n")
            return parts;
        if (!rest.startsWith("\r\n"))
            return {};
        rest = rest.sliced(2);
    }
    return {};
}

} // namespace

/// Profiles, environments and bodies from files, as they arrive at a server.
class VariantsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void sendsWhatTheChosenProfilesSay();
    void stampsSessionAndReports();
    void refusesAnUnknownProfile();
    void validatesEveryProfile();
    void sendsFilesAndForms();
    void refusesAFileThatIsElsewhere();
    void anEnvironmentOnAForeignHostNeedsTrust();
    void givesAStartedTargetItsEnvironment();

private:
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    /// Runs the scenario s.yaml while this thread's server answers. Returns the exit code.
    int runServed(const QStringList &options);
    QJsonObject report() const
    {
        QFile file(m_folder->filePath(word("r.json")));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ScriptedServer> m_server;
    QString m_out;
};

void VariantsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<ScriptedServer>();
    m_server->answerWith(ServerScript::ok("{}"));
}

int VariantsTest::runServed(const QStringList &options)
{
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *variable : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"})
        environment.insert(QLatin1String(variable), m_folder->filePath(word("home")));
    process.setProcessEnvironment(environment);
    process.start(headroomProgram(),
                  words("run s.yaml --out s.headroom --report json=r.json --report html=r.html") + options);
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 30000))
        return -1;
    m_out = QString::fromUtf8(process.readAllStandardOutput());
    if (process.exitCode() != 0)
        qWarning().noquote() << process.readAllStandardError() << m_out;
    return process.exitCode();
}

void VariantsTest::sendsWhatTheChosenProfilesSay()
{
    const QByteArray elsewhere = ScriptedServer().url().toEncoded(); // nobody there any more
    write(
        word("s.yaml"),
        "headroom: 1\n"
        "profiles:\n"
        "  mode: { stub: { headers: { X-Mode: stub } }, real: { headers: { X-Mode: real }, query: { mode: real } } }\n"
        "  size: { one: {}, two: { load: { iterations: 2 } } }\n"
        "environments: { staging: { target: { url: '"
            + m_server->url(word("/base")).toEncoded()
            + "' } } }\n"
              "target: { url: '"
            + elsewhere
            + "', headers: { x-mode: none }, query: { client: h } }\n"
              "flows: [ { steps: [ { get: /a, query: { client: own } } ] } ]\n"
              "load: { users: 1, iterations: 1 }\n");
    QCOMPARE(runServed(words("--profile real --profile size=two --environment staging")), 0);
    QCOMPARE(m_server->requests().size(), 2);
    for (const QByteArray &bytes : m_server->requests()) {
        const Request request = parsed(bytes);
        QCOMPARE(request.line, QByteArray("GET /base/a?client=own&mode=real HTTP/1.1"));
        QCOMPARE(request.headers.value("x-mode"), QByteArray("real"));
        QCOMPARE(bytes.toLower().count("\nx-mode:"), 1);
    }
}

void VariantsTest::stampsSessionAndReports()
{
    write(word("s.yaml"),
          "headroom: 1\n"
          "profiles: { mode: { stub: {}, real: {} } }\n"
          "environments: { staging: { vars: { a: b } } }\n"
          "target: { url: '"
              + m_server->url().toEncoded()
              + "' }\n"
                "flows: [ { steps: [ { get: / } ] } ]\nload: { users: 1, iterations: 1 }\n");
    QCOMPARE(runServed(words("--environment staging")), 0);
    const QJsonArray profiles{word("mode: stub"), word("environment: staging")};
    QCOMPARE(report()[word("scenario")][word("profiles")].toArray(), profiles);
    QVERIFY2(m_out.contains(word("run with mode: stub, environment: staging")), qPrintable(m_out));
    QFile html(m_folder->filePath(word("r.html")));
    QVERIFY(html.open(QIODevice::ReadOnly));
    QVERIFY(html.readAll().contains("mode: stub, environment: staging"));
    // From the session, later:
    const auto again = runHeadroom(words("report s.headroom --report json=again.json"), m_folder->path());
    QCOMPARE(again.exitCode, 0);
    QFile first(m_folder->filePath(word("r.json"))), second(m_folder->filePath(word("again.json")));
    QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
    QCOMPARE(first.readAll(), second.readAll());
}

void VariantsTest::refusesAnUnknownProfile()
{
    write(word("s.yaml"),
          "headroom: 1\nprofiles: { mode: { stub: {}, real: {} } }\ntarget: { url: 'http://127.0.0.1:1' }\n"
          "flows: [ { steps: [ { get: / } ] } ]\nload: { users: 1, iterations: 1 }\n");
    for (const char *command :
         {"run s.yaml --profile reel", "validate s.yaml --profile reel", "calibrate s.yaml --profile reel"}) {
        const auto result = runHeadroom(words(command), m_folder->path());
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.err.contains(word("there is no profile 'reel' (did you mean 'real'?)")),
                 qPrintable(result.err));
    }
    QCOMPARE(runHeadroom(words("run s.yaml --environment x"), m_folder->path()).exitCode, 2);
}

void VariantsTest::validatesEveryProfile()
{
    const QByteArray rest = "target: { url: 'http://127.0.0.1:1' }\nvars: { a: x }\n"
                            "flows: [ { steps: [ { get: '/${a}' } ] } ]\nload: { users: 1, iterations: 1 }\n";
    write(word("s.yaml"),
          "headroom: 1\nprofiles: { mode: { stub: {}, real: {} }, size: { s: {}, m: {}, l: {} } }\n" + rest);
    const auto fine = runHeadroom(words("validate s.yaml"), m_folder->path());
    QVERIFY2(fine.exitCode == 0, qPrintable(fine.err));
    QVERIFY2(fine.out.contains(word("with each of 6 choices")), qPrintable(fine.out)); // 2 x 3
    // What only shows when the whole is read with it: the rule of a profile that is not the default.
    write(word("s.yaml"),
          "headroom: 1\nprofiles:\n  mode:\n    stub: {}\n    real: { rules: [ p95(nothing) < 1 s ] }\n" + rest);
    const auto bad = runHeadroom(words("validate s.yaml"), m_folder->path());
    QCOMPARE(bad.exitCode, 2);
    QVERIFY2(bad.err.contains(word("s.yaml:5:")), qPrintable(bad.err));
    QVERIFY2(bad.err.contains(word("s.yaml with mode=real:")), qPrintable(bad.err));
    QCOMPARE(runHeadroom(words("validate s.yaml --profile stub"), m_folder->path()).exitCode, 0);
}

void VariantsTest::sendsFilesAndForms()
{
    const QByteArray binary("\x89PNG\r\n\0--x\r\n", 12);
    write(word("a.json"), "{\"a\":1}");
    write(word("b.png"), binary);
    write(word("s.yaml"),
          "headroom: 1\ntarget: { url: '" + m_server->url().toEncoded()
              + "' }\n"
                "flows:\n"
                "  - steps:\n"
                "      - { post: /file, file: a.json }\n"
                "      - { post: /typed, file: a.json, headers: { content-type: text/x-mine } }\n"
                "      - post: /form\n"
                "        multipart:\n"
                "          user: 'agent ${iteration}'\n"
                "          'say \"hi\"': { text: <b>, type: text/html }\n"
                "          empty: ''\n"
                "          picture: { file: b.png, name: photo.png }\n"
                "          raw: { file: a.json, type: application/x-raw }\n"
                "load: { users: 1, iterations: 2 }\n");
    QCOMPARE(runServed({}), 0);
    QCOMPARE(m_server->requests().size(), 6);
    for (int i = 0; i < 2; ++i) {
        const Request file = parsed(m_server->requests()[3 * i]);
        QCOMPARE(file.headers.value("content-type"), QByteArray("application/json"));
        QCOMPARE(file.body, QByteArray("{\"a\":1}"));
        QCOMPARE(parsed(m_server->requests()[3 * i + 1]).headers.value("content-type"), QByteArray("text/x-mine"));
        const Request form = parsed(m_server->requests()[3 * i + 2]);
        QCOMPARE(form.headers.value("content-length").toLongLong(), form.body.size());
        const auto parts = partsOf(form);
        QCOMPARE(parts.size(), 5);
        const QByteArray head = "Content-Disposition: form-data; name=";
        QCOMPARE(parts[0], std::pair(head + "\"user\"", "agent " + QByteArray::number(i)));
        QCOMPARE(parts[1], std::pair(head + "\"say %22hi%22\"\r\nContent-Type: text/html", QByteArray("<b>")));
        QCOMPARE(parts[2], std::pair(head + "\"empty\"", QByteArray()));
        QCOMPARE(parts[3], std::pair(head + "\"picture\"; filename=\"photo.png\"\r\nContent-Type: image/png", binary));
        QCOMPARE(parts[4],
                 std::pair(head + "\"raw\"; filename=\"a.json\"\r\nContent-Type: application/x-raw",
                           QByteArray("{\"a\":1}")));
    }
    QCOMPARE(parsed(m_server->requests()[2]).headers.value("content-type"),
             parsed(m_server->requests()[5]).headers.value("content-type")); // the boundary is fixed for a run
}

void VariantsTest::refusesAFileThatIsElsewhere()
{
    const QByteArray head =
        "headroom: 1\ntarget: { url: 'http://127.0.0.1:1' }\nflows:\n  - steps:\n      - { post: /, ";
    const QByteArray load = " }\nload: { users: 1, iterations: 1 }\n";
    for (const QByteArray &body : {QByteArray("file: /etc/hostname"), QByteArray("file: ../a"),
                                   QByteArray("file: missing.json"), QByteArray("multipart: { a: { file: ../a } }")}) {
        write(word("s.yaml"), head + body + load);
        const auto result = runHeadroom(words("run s.yaml"), m_folder->path());
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.err.startsWith(word("s.yaml:5:")), qPrintable(result.err));
        QVERIFY2(result.err.contains(word("scenario's folder")), qPrintable(result.err));
    }
}

void VariantsTest::anEnvironmentOnAForeignHostNeedsTrust()
{
    write(word("s.yaml"),
          "headroom: 1\nenvironments: { staging: { target: { url: 'http://staging.example.test' } } }\n"
          "target: { url: '"
              + m_server->url().toEncoded()
              + "' }\n"
                "flows: [ { steps: [ { get: / } ] } ]\nload: { users: 1, iterations: 1 }\n");
    const auto result = runHeadroom(words("run s.yaml --environment staging"), m_folder->path());
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(word("--allow-host staging.example.test")), qPrintable(result.err));
    QCOMPARE(runServed({}), 0); // without it, no trust is needed
}

void VariantsTest::givesAStartedTargetItsEnvironment()
{
    // A worker that answers every line with what it finds in its environment.
    write(word("worker.sh"), "#!/bin/sh\nwhile read -r line; do echo \"$MODE\" >> seen; echo ok; done\n");
    QVERIFY(QFile::setPermissions(m_folder->filePath(word("worker.sh")),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    write(word("s.yaml"),
          "headroom: 1\nvars: { mode: stub }\n"
          "target: { lines: { command: ./worker.sh, environment: { MODE: '${mode} mode' } } }\n"
          "flows: [ { steps: [ { line: x } ] } ]\nload: { users: 1, iterations: 2 }\n");
    QCOMPARE(runServed(words("--allow-commands")), 0);
    QFile seen(m_folder->filePath(word("seen")));
    QVERIFY(seen.open(QIODevice::ReadOnly));
    QCOMPARE(seen.readAll(), QByteArray("stub mode\nstub mode\n"));
}

QTEST_GUILESS_MAIN(VariantsTest)
#include "tst_variants.moc"
