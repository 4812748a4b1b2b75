// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/wireform.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

/// One user, so that the order of its requests is sure; every kind of body, and all that differs from one to the next.
constexpr const char *kScenario = R"(headroom: 1
name: On the wire
target:
  url: '%1/api'
  cookies: true
  headers: { X-Agent: "agent-${user}", Accept: text/plain }
  query: { tenant: "a b", n: "${iteration}" }
flows:
  - name: all
    steps:
      - { get: "/documents/${iteration}" }
      - { get: "/search?q=one%20two+three&r=%C3%A4", headers: { accept: application/json, X-Id: "${uuid}" } }
      - { head: /documents/1 }
      - { post: /items, json: { title: "Title ${uuid}", list: [1, 2] } }
      - { put: "/items/${iteration}", form: { title: "a & b", more: "${user}" } }
      - { patch: /items/1, text: "As ${user} has said." }
      - { delete: "/items/${iteration}" }
      - { post: /nothing }
      - { post: /file, file: body.bin, headers: { Content-Type: application/octet-stream } }
      - { post: /upload, multipart: { user: "agent ${user}", note: { text: "<b>", type: text/html }, data: { file: body.bin } } }
load: { users: 1, iterations: 3 }
)";

} // namespace

/// The same run through either transport sends the same requests, one by one.
class RunsOnTheWireTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sendTheSameRequests();

private:
    QByteArrayList sentBy(const QString &transport);
};

QByteArrayList RunsOnTheWireTest::sentBy(const QString &transport)
{
    const QTemporaryDir folder;
    ScriptedServer server;
    server.answerWith([](int request) {
        return ServerScript::answer("200 OK", {}, "Set-Cookie: last=" + QByteArray::number(request) + "; Path=/\r\n");
    });
    const QString authority = server.url().authority();
    QFile body(folder.filePath(QStringLiteral("body.bin")));
    QFile scenario(folder.filePath(QStringLiteral("s.yaml")));
    if (!body.open(QIODevice::WriteOnly) || !scenario.open(QIODevice::WriteOnly))
        return {};
    body.write(QByteArray("\0\r\n\r\n\xff", 6).repeated(30'000));
    body.close();
    scenario.write(QByteArray(kScenario).replace("%1", "http://" + authority.toLatin1()));
    scenario.close();
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *place : {"CONFIG", "CACHE", "STATE", "DATA"})
        environment.insert(QStringLiteral("XDG_%1_HOME").arg(QLatin1String(place)), folder.path());
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("de_DE.UTF-8")); // of which Qt would tell the target
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(headroomProgram(),
                  {QStringLiteral("run"), scenario.fileName(), QStringLiteral("--transport"), transport,
                   QStringLiteral("--seed"), QStringLiteral("7")});
    const bool isOver = QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 20'000);
    if (!isOver || process.exitCode() != 0)
        qWarning().noquote() << process.readAll();
    QByteArrayList sent;
    for (const QByteArray &request : server.requests())
        sent.append(wireForm(request).replace(authority.toLatin1(), "SERVER"));
    return sent;
}

void RunsOnTheWireTest::sendTheSameRequests()
{
    const QByteArrayList qnam = sentBy(QStringLiteral("qnam"));
    const QByteArrayList direct = sentBy(QStringLiteral("direct"));
    QCOMPARE(qnam.size(), 30); // 10 steps, 3 times
    QCOMPARE(direct.size(), 30);
    for (qsizetype i = 0; i < direct.size(); ++i)
        QCOMPARE(direct[i], qnam[i]);
    QVERIFY2(direct[1].startsWith("GET /api/search?q=one%20two+three&r=%C3%A4&tenant=a%20b&n="), direct[1].constData());
    QVERIFY2(direct[1].contains("\naccept-language: *\n"), direct[1].constData());
    QVERIFY2(direct[1].contains("\ncookie: last=0\n"), direct[1].constData());
    QVERIFY(direct[1] != direct[11]); // what is random differs, and is the same on both
    QVERIFY2(direct[6].startsWith("DELETE /api/items/"), direct[6].constData());
    QVERIFY2(direct[7].contains("\ncontent-length: 0\n"), direct[7].constData());
    QVERIFY(direct[8].endsWith(QByteArray("\0\r\n\r\n\xff", 6).repeated(30'000)));
}

QTEST_GUILESS_MAIN(RunsOnTheWireTest)
#include "tst_runsonthewire.moc"
