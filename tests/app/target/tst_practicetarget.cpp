// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/target/targetclient.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>
#include <sys/socket.h>
#include <vector>

using namespace Headroom;

/// Runs the real program and talks to it over plain sockets.
class PracticeTargetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersEveryEndpoint_data();
    void answersEveryEndpoint();
    void keepsTheConnectionAndAnswersInOrder();
    void closesTheConnectionWhenAsked();
    void answersHeadWithoutABody();
    void echoesTheRequestId();
    void takesTheServiceTime();
    void letsOnlyWhoKnowsTheTokenChangeIt();
    void answers429WhenTheQueueIsFull();
    void countsWhatItAnswered();
    void logsEveryRequest();
    void survivesAClientThatGoesAway();
    void survivesPipelinesOfClientsThatGoAway();
    void survivesConnectionsThatWereResetBeforeTheyWereAccepted();
    void survivesNonsense();
    void servesManyConnections();
    void finishesWhatIsUnderWayOnSigterm();
    void cutsWhatIsUnderWayAfterFiveSeconds();
    void endsWithItsStandardInput();
    void failsWhenThePortIsTaken();
    void failsWhenTheLogCannotBeWritten();
    void refusesABadOption();
};

namespace {

/// The rows of a truth log without its header; splitting at commas is enough for what these tests send.
QList<QList<QByteArray>> rowsOf(const QString &path)
{
    QFile file(path);
    QList<QList<QByteArray>> rows;
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    for (const QByteArray &line : file.readAll().trimmed().split('\n').sliced(1))
        rows.append(line.split(','));
    return rows;
}

/// Closes with a reset instead of an orderly end: socket(7), SO_LINGER.
void resetConnection(QTcpSocket &socket)
{
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    socket.abort();
}

enum Column { Id, Method, Path, UserAgent, Arrival, Start, End, Status };

} // namespace

void PracticeTargetTest::answersEveryEndpoint_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("allow");
    const auto row = [](const char *method, const char *path, int status, const char *allow = "") {
        QTest::addRow("%s %s", method, path) << QByteArray(method) << QByteArray(path) << status << QByteArray(allow);
    };
    row("POST", "/retrieve", 200);
    row("POST", "/extract/pico", 200);
    row("POST", "/facets/generate", 200);
    row("POST", "/transcript", 200);
    row("GET", "/documents/doc-17?part=1", 200);
    row("GET", "/health/live", 200);
    row("GET", "/health/ready", 200);
    row("GET", "/health/startup", 200);
    row("GET", "/stats", 200);
    row("POST", "/login", 200);
    row("POST", "/jobs", 202);
    row("GET", "/jobs/1-0-0", 200);
    row("GET", "/jobs/nonsense", 404);
    row("GET", "/nothing", 404);
    row("GET", "/retrieve", 405, "POST");
    row("POST", "/documents/doc-17", 405, "GET");
    row("PUT", "/documents/doc-17", 200, "");
    row("POST", "/stats", 405, "GET");
    row("POST", "/jobs/1-0-0", 405, "GET");
}

void PracticeTargetTest::answersEveryEndpoint()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(int, status);
    QFETCH(QByteArray, allow);
    Target target({QStringLiteral("--service-time"), QStringLiteral("*=0ms")});
    const Reply reply = Client(target.port()).exchange(method, path);
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.headers.value("allow"), allow);
    QCOMPARE(reply.headers.value("content-type"), "application/json");
    QVERIFY(!reply.json().isEmpty());
}

void PracticeTargetTest::keepsTheConnectionAndAnswersInOrder()
{
    Target target({QStringLiteral("--service-time"), QStringLiteral("documents=1ms")});
    Client client(target.port());
    for (const char *id : {"first", "second", "third"}) // all sent before the first answer is read
        client.send("GET", QByteArray("/documents/") + id);
    for (const char *id : {"first", "second", "third"})
        QCOMPARE(client.receive().json().value(QLatin1String("id")).toString(), QLatin1String(id));
    QCOMPARE(client.exchange("GET", "/").status, 200);
}

void PracticeTargetTest::closesTheConnectionWhenAsked()
{
    Target target({});
    for (const char *path : {"/health/live", "/documents/doc-17"}) {
        Client client(target.port());
        const Reply reply = client.exchange("GET", path, "Connection: close\r\n");
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.headers.value("connection"), "close");
        QVERIFY(client.socket().state() == QAbstractSocket::UnconnectedState
                || client.socket().waitForDisconnected(kPatience));
    }
}

void PracticeTargetTest::answersHeadWithoutABody()
{
    Target target({});
    Client client(target.port());
    QCOMPARE(client.exchange("HEAD", "/health/live").status, 405);
    QCOMPARE(client.exchange("GET", "/health/live").status, 200); // a body would be in front of this
}

void PracticeTargetTest::echoesTheRequestId()
{
    Target target({});
    Client client(target.port());
    QCOMPARE(client.exchange("GET", "/stats", "X-Request-Id: r-1\r\n").headers.value("x-request-id"), "r-1");
    QCOMPARE(client.exchange("POST", "/retrieve", "X-Request-Id: r-2\r\n").headers.value("x-request-id"), "r-2");
    QVERIFY(!client.exchange("GET", "/stats").headers.contains("x-request-id"));
}

void PracticeTargetTest::takesTheServiceTime()
{
    QTemporaryDir folder;
    const QString log = folder.filePath(QStringLiteral("truth.csv"));
    Target target(
        {QStringLiteral("--service-time"), QStringLiteral("retrieve=20ms"), QStringLiteral("--truth-log"), log});
    Client client(target.port());
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(client.exchange("POST", "/retrieve").status, 200);
    const auto elapsed = timer.nsecsElapsed();
    QVERIFY(elapsed >= 20'000'000);
    QCOMPARE(target.terminate(), 0);
    const auto row = rowsOf(log).value(0);
    QCOMPARE(row[Start], row[Arrival]); // a worker was free
    const auto service = row[End].toLongLong() - row[Start].toLongLong();
    QVERIFY(service >= 20'000'000 && service <= elapsed);
}

void PracticeTargetTest::letsOnlyWhoKnowsTheTokenChangeIt()
{
    const QByteArray path = "/admin/service-time"; // what it changes is the integration test's of actions
    Target closed(QStringList{});
    QCOMPARE(Client(closed.port()).exchange("POST", path, "Authorization: Bearer \r\n").status, 401);
    Target open({QStringLiteral("--admin-token"), QStringLiteral("sesame")});
    Client client(open.port());
    QCOMPARE(client.exchange("POST", path).status, 401);
    QCOMPARE(client.exchange("POST", path, "Authorization: Bearer sesam\r\n").status, 403);
    QCOMPARE(client.exchange("GET", path, "Authorization: Bearer sesame\r\n").status, 405);
}

void PracticeTargetTest::answers429WhenTheQueueIsFull()
{
    // One worker and one place: of four requests at a time one is worked on, one waits and two are refused.
    Target target(QStringLiteral("--workers 1 --queue 1 --service-time retrieve=500ms").split(u' '));
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 4; ++i)
        clients.push_back(std::make_unique<Client>(target.port()));
    for (const auto &client : clients)
        client->send("POST", "/retrieve");
    Client watcher(target.port());
    QJsonObject busy;
    const auto refused = [&] { // connections may overtake each other
        busy = watcher.exchange("GET", "/stats").json();
        return busy.value(QLatin1String("requests")).toObject().value(QLatin1String("429")).toInt();
    };
    QTRY_COMPARE(refused(), 2);
    std::vector<int> statuses;
    for (const auto &client : clients) {
        const Reply reply = client->receive();
        statuses.push_back(reply.status);
        QCOMPARE(reply.headers.value("retry-after"), reply.status == 429 ? "1" : "");
        QVERIFY(!reply.json().isEmpty());
    }
    std::ranges::sort(statuses);
    QCOMPARE(statuses, (std::vector{200, 200, 429, 429}));
    QCOMPARE(busy.value(QLatin1String("queue_depth")).toInt(), 1);
    QCOMPARE(busy.value(QLatin1String("pool")).toObject(),
             (QJsonObject{{QStringLiteral("workers"), 1}, {QStringLiteral("in_use"), 1}}));
}

void PracticeTargetTest::countsWhatItAnswered()
{
    Target target({QStringLiteral("--service-time"), QStringLiteral("*=0ms")});
    Client client(target.port());
    for (int i = 0; i < 100; ++i)
        QCOMPARE(client.exchange("POST", "/retrieve").status, 200);
    QCOMPARE(client.exchange("GET", "/nothing").status, 404);
    QCOMPARE(client.exchange("GET", "/retrieve").status, 405);
    const QJsonObject stats = client.exchange("GET", "/stats").json();
    // The request for the statistics itself is not over yet.
    const QJsonObject expected{{QStringLiteral("200"), 100}, {QStringLiteral("404"), 1}, {QStringLiteral("405"), 1}};
    QCOMPARE(stats.value(QLatin1String("requests")).toObject(), expected);
    QCOMPARE(stats.value(QLatin1String("queue_depth")).toInt(-1), 0);
    QVERIFY(stats.value(QLatin1String("cpu_seconds")).toDouble() > 0.0);
    QVERIFY(stats.value(QLatin1String("rss_bytes")).toDouble() > 1e6);
    QVERIFY(stats.value(QLatin1String("uptime_seconds")).toDouble() > 0.0);
}

void PracticeTargetTest::logsEveryRequest()
{
    QTemporaryDir folder;
    const QString log = folder.filePath(QStringLiteral("truth.csv"));
    Target target({QStringLiteral("--truth-log"), log});
    Client client(target.port());
    client.exchange("POST", "/extract/pico", "User-Agent: headroom\r\nX-Request-Id: r-1\r\n");
    client.exchange("GET", "/documents/a%20b?c=d", "User-Agent: headroom\r\n");
    client.exchange("GET", "/nothing", "X-Request-Id: \"r;3\"\r\n");
    client.exchange("GET", "/health/live");
    QCOMPARE(target.terminate(), 0);
    const auto rows = rowsOf(log);
    QCOMPARE(rows.size(), 4);
    QCOMPARE(rows[0].first(4), (QList<QByteArray>{"r-1", "POST", "/extract/pico", "headroom"}));
    QCOMPARE(rows[1].first(4), (QList<QByteArray>{"2", "GET", "/documents/a%20b", "headroom"}));
    QCOMPARE(rows[2].first(4), (QList<QByteArray>{"\"\"\"r;3\"\"\"", "GET", "/nothing", ""}));
    QCOMPARE(rows[3].first(4), (QList<QByteArray>{"4", "GET", "/health/live", ""}));
    for (const auto &row : rows) {
        QCOMPARE(row.size(), 10);
        QVERIFY(row[Arrival].toLongLong() > 0);
        QVERIFY(row[Start].toLongLong() >= row[Arrival].toLongLong());
        QVERIFY(row[End].toLongLong() >= row[Start].toLongLong());
    }
    QCOMPARE(rows[0][Status] + rows[1][Status] + rows[2][Status] + rows[3][Status], "200200404200");
}

void PracticeTargetTest::survivesAClientThatGoesAway()
{
    QTemporaryDir folder;
    const QString log = folder.filePath(QStringLiteral("truth.csv"));
    Target target(QStringLiteral("--workers 1 --queue 4 --service-time documents=500ms --truth-log").split(u' ')
                  << log);
    Client watcher(target.port());
    const auto taken = [&watcher] { // worked on or waiting
        const QJsonObject stats = watcher.exchange("GET", "/stats").json();
        return stats.value(QLatin1String("queue_depth")).toInt()
            + stats.value(QLatin1String("pool")).toObject().value(QLatin1String("in_use")).toInt();
    };
    for (int i = 0; i < 3; ++i) { // the first occupies the worker, the others wait
        Client client(target.port());
        client.send("GET", "/documents/gone");
        QTRY_COMPARE(taken(), i + 1);
        client.socket().abort();
    }
    QCOMPARE(Client(target.port()).exchange("GET", "/documents/patient").status, 200);
    QCOMPARE(taken(), 0);
    QCOMPARE(target.terminate(), 0);
    QList<QByteArray> statuses;
    for (const auto &row : rowsOf(log)) {
        if (row[Path].startsWith("/documents/"))
            statuses.append(row[Status]);
    }
    QCOMPARE(statuses, (QList<QByteArray>{"499", "499", "499", "200"}));
}

void PracticeTargetTest::survivesPipelinesOfClientsThatGoAway()
{
    // Qt hands over the next request of a pipeline although its connection is closed and about to be deleted; work that
    // was taken for it outlived the connection and crashed at its end.
    Target target(QStringLiteral("--workers 2 --queue 10 --service-time documents=3ms").split(u' '));
    for (int i = 0; i < 1000; ++i) {
        Client client(target.port());
        for (int request = 0; request < 1 + i % 3; ++request)
            client.send("GET", "/documents/gone");
        if (i % 2 == 0)
            client.socket().abort();
        else
            resetConnection(client.socket());
    }
    Client client(target.port());
    const auto inUse = [&client] {
        const Reply reply = client.exchange("GET", "/stats");
        return reply.json().value(QLatin1String("pool")).toObject().value(QLatin1String("in_use")).toInt(-1);
    };
    QTRY_COMPARE(inUse(), 0);
    QCOMPARE(target.terminate(), 0);
}

void PracticeTargetTest::survivesConnectionsThatWereResetBeforeTheyWereAccepted()
{
    // Such a connection has requests to read but no peer address: once, all of them were taken for the same one.
    Target target(QStringLiteral("--workers 2 --queue 10 --service-time documents=3ms").split(u' '));
    for (int round = 0; round < 20; ++round) {
        target.signal(SIGSTOP);
        for (int i = 0; i < 100; ++i) { // the kernel accepts on behalf of the stopped program
            Client client(target.port());
            for (int request = 0; request < 1 + i % 3; ++request)
                client.send("GET", "/documents/gone");
            if (i % 2 == 0)
                client.socket().abort();
            else
                resetConnection(client.socket());
        }
        target.signal(SIGCONT);
        QCOMPARE(Client(target.port()).exchange("GET", "/health/live").status, 200);
    }
    QCOMPARE(target.terminate(), 0);
}

void PracticeTargetTest::survivesNonsense()
{
    Target target({});
    const QList<QByteArray> nonsense{"\r\n\r\n",
                                     "hello\r\n\r\n",
                                     "GET\r\n\r\n",
                                     "GET / HTTP/9.9\r\n\r\n",
                                     "POST /retrieve HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
                                     "POST /retrieve HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
                                     "POST /retrieve HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                                     "GET /%00%0a%ff HTTP/1.1\r\nX-Request-Id: \x01\xff\r\n\r\n",
                                     QByteArray(100'000, 'A'),
                                     QByteArray(10'000, '\0')};
    for (const QByteArray &bytes : nonsense) {
        Client client(target.port());
        client.socket().write(bytes);
        client.socket().waitForBytesWritten(kPatience);
        client.socket().waitForReadyRead(20); // whatever it says
    }
    QCOMPARE(Client(target.port()).exchange("GET", "/health/live").status, 200);
    QCOMPARE(target.terminate(), 0);
}

void PracticeTargetTest::servesManyConnections()
{
    // 200 connections with 20 requests each; at most 200 are under way, so 8 workers and 192 places are enough.
    Target target(QStringLiteral("--workers 8 --queue 192 --service-time retrieve=0.1ms").split(u' '));
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 200; ++i)
        clients.push_back(std::make_unique<Client>(target.port()));
    for (int round = 0; round < 20; ++round) {
        for (const auto &client : clients)
            client->send("POST", "/retrieve");
        for (const auto &client : clients)
            QCOMPARE(client->receive().status, 200);
    }
    const QJsonObject stats = Client(target.port()).exchange("GET", "/stats").json();
    QCOMPARE(stats.value(QLatin1String("requests")).toObject(), (QJsonObject{{QStringLiteral("200"), 4000}}));
}

void PracticeTargetTest::finishesWhatIsUnderWayOnSigterm()
{
    QTemporaryDir folder;
    const QString log = folder.filePath(QStringLiteral("truth.csv"));
    Target target(QStringLiteral("--workers 1 --service-time retrieve=1s --truth-log").split(u' ') << log);
    Client first(target.port());
    Client second(target.port());
    Client idle(target.port());
    QCOMPARE(idle.exchange("GET", "/health/live").status, 200);
    first.send("POST", "/retrieve");
    second.send("POST", "/retrieve");
    while (idle.exchange("GET", "/stats").json().value(QLatin1String("queue_depth")).toInt() != 1) { }
    target.signal(SIGTERM);
    const auto isRefused = [&] { // the signal may come through after the request
        QTcpSocket late;
        late.connectToHost(QStringLiteral("127.0.0.1"), target.port());
        return !late.waitForConnected(kPatience);
    };
    QTRY_VERIFY(isRefused());
    QCOMPARE(idle.exchange("POST", "/retrieve").status, 503);
    QCOMPARE(first.receive().status, 200);
    QCOMPARE(second.receive().status, 200);
    QCOMPARE(target.wait(), 0);
    const auto rows = rowsOf(log);
    QCOMPARE(rows.constLast()[Status], "200");
    QCOMPARE(std::ranges::count_if(rows, [](const auto &row) { return row[Path] == "/retrieve"; }), 3);
}

void PracticeTargetTest::cutsWhatIsUnderWayAfterFiveSeconds()
{
    QTemporaryDir folder;
    const QString log = folder.filePath(QStringLiteral("truth.csv"));
    Target target(QStringLiteral("--service-time retrieve=1h --truth-log").split(u' ') << log);
    Client client(target.port());
    client.send("POST", "/retrieve");
    QCOMPARE(Client(target.port()).exchange("GET", "/health/live").status, 200);
    QElapsedTimer timer;
    timer.start();
    target.signal(SIGINT);
    QCOMPARE(target.wait(), 0);
    QVERIFY(timer.elapsed() >= 4'900);
    QCOMPARE(rowsOf(log).value(1).value(Status), "0");
}

void PracticeTargetTest::endsWithItsStandardInput()
{
    Target target({QStringLiteral("--exit-with-stdin")});
    target.process().write("ignored\n");
    QCOMPARE(Client(target.port()).exchange("GET", "/health/live").status, 200);
    target.process().closeWriteChannel();
    QCOMPARE(target.wait(), 0);
}

void PracticeTargetTest::failsWhenThePortIsTaken()
{
    Target first({});
    QVERIFY(first.port() != 0);
    QCOMPARE(first.line(), "headroom-target: listening on http://127.0.0.1:" + QByteArray::number(first.port()) + "\n");
    Target second({QStringLiteral("--port"), QString::number(first.port())});
    QCOMPARE(second.wait(), 1);
    const QByteArray sentence = second.process().readAllStandardError();
    QVERIFY2(sentence.contains("choose another --port"), sentence);
    QCOMPARE(sentence.count('\n'), 1);
}

void PracticeTargetTest::failsWhenTheLogCannotBeWritten()
{
    Target target({QStringLiteral("--truth-log"), QStringLiteral("/dev/full")});
    QCOMPARE(target.wait(), 1);
    QVERIFY(target.process().readAllStandardError().contains("/dev/full: the truth log cannot be written"));
}

void PracticeTargetTest::refusesABadOption()
{
    Target target({QStringLiteral("--service-time"), QStringLiteral("retreive=5ms")});
    QCOMPARE(target.wait(), 2);
    QCOMPARE(target.line(), "");
    QCOMPARE(
        target.process().readAllStandardError(),
        "headroom-target: --service-time: 'retreive' is not an endpoint (did you mean 'retrieve'?); write retrieve, "
        "extract, facets, transcript, documents or *\n");
}

QTEST_GUILESS_MAIN(PracticeTargetTest)
#include "tst_practicetarget.moc"
