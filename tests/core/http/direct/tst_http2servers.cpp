// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/http/direct/directbench.h"
#include "tests/core/http/direct/securenginx.h"

#include <QFile>
#include <QSet>
#include <QTest>

using namespace Headroom;

namespace {

/// How many connections an access log tells of.
int connectionsIn(const QStringList &log)
{
    QSet<QString> seen;
    for (const QString &line : log)
        seen.insert(line.section(u' ', 0, 0));
    return int(seen.size());
}

} // namespace

/// HTTP/2 with a real nginx: by ALPN over TLS, and in plain by prior knowledge.
class Http2ServersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void connectionsCarryAsManyStreamsAsTold_data() { addWays(); }
    void connectionsCarryAsManyStreamsAsTold();
    void headersAndCookiesGoBothWays_data() { addWays(); }
    void headersAndCookiesGoBothWays();
    void bodiesBeyondTheWindowGoBothWays_data() { addWays(); }
    void bodiesBeyondTheWindowGoBothWays();
    void anAnswerWithALongBodyIsCut_data() { addWays(); }
    void anAnswerWithALongBodyIsCut();
    void anAnswerToHeadHasNoBody_data() { addWays(); }
    void anAnswerToHeadHasNoBody();
    void connectionsThatGoAwayAreReplacedInTime_data() { addWays(); }
    void connectionsThatGoAwayAreReplacedInTime();
    void aTargetWithoutHttp2SaysSo();
    void aTargetThatTakesFewerStreamsRefusesTheRest();
    void trailersDisturbNobody();

private:
    static void addWays()
    {
        QTest::addColumn<bool>("isSecure");
        QTest::newRow("TLS") << true;
        QTest::newRow("plain") << false;
    }
    static ConnectionOptions options(const SecureNginx &nginx, int streams)
    {
        return {.tls = {.authorities = nginx.authority()}, .isHttp2 = true, .streams = streams};
    }
    static QUrl url(const SecureNginx &nginx, bool isSecure, const QString &path = QStringLiteral("/"))
    {
        return isSecure ? nginx.url(path) : nginx.nginx.url(path);
    }
    static constexpr int kBig = 40'000'000; // beyond our own window, 16 MiB

    SecureNginx m_nginx;
    QTemporaryDir m_folder; // of what nginx serves
};

void Http2ServersTest::initTestCase()
{
    QFile big(m_folder.filePath(QStringLiteral("big")));
    QVERIFY(big.open(QIODevice::WriteOnly));
    QCOMPARE(big.write(QByteArray(kBig, 'x')), kBig);
    big.close();
    QFile(m_folder.path())
        .setPermissions(QFile::ReadOther | QFile::ExeOther | QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const Result<void> started = m_nginx.start(
        QStringLiteral("http2 on; location = /big { root %1; }\n"
                       "location = /echo { add_header Set-Cookie \"a=1\"; add_header Set-Cookie \"b=2\"; add_header "
                       "X-Odd \"$http_x_odd\";"
                       " return 200 \"$server_protocol $request_method $http_cookie $request_uri $host\"; }\n"
                       "location = /length { client_max_body_size 100m; proxy_pass http://unix:%2:/count; }\n"
                       "location = /count { client_max_body_size 100m; return 200 \"$content_length\"; }\n"
                       "location = /trailer { add_trailer X-Sum 7; return 200 sum; }")
            .arg(m_folder.path(), m_nginx.socket()));
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
}

void Http2ServersTest::connectionsCarryAsManyStreamsAsTold()
{
    QFETCH(bool, isSecure);
    for (const bool isOfPlaces : {true, false}) {
        for (const auto &[streams, connections] :
             {std::pair(1, 40), std::pair(10, 4), std::pair(40, 1), std::pair(100, 1)}) {
            SecureNginx nginx;
            QVERIFY(nginx.start(QStringLiteral("http2 on;")));
            DirectBench bench(options(nginx, streams));
            for (int round = 0; round < 2; ++round) {
                int opened = 0;
                for (const Exchange &made : bench.makeAtOnce(DirectBench::get(url(nginx, isSecure)), 40, isOfPlaces)) {
                    QVERIFY2(made.failure == FailureKind::None && made.status == 200, qPrintable(made.message));
                    opened += made.opening ? 1 : 0;
                }
                QCOMPARE(opened, round == 0 ? connections : 0);
            }
            QVERIFY(nginx.nginx.stop());
            QCOMPARE(nginx.nginx.accessLog().size(), 80);
            QCOMPARE(connectionsIn(nginx.nginx.accessLog()), connections);
        }
    }
}

void Http2ServersTest::headersAndCookiesGoBothWays()
{
    QFETCH(bool, isSecure);
    DirectBench bench(options(m_nginx, 1));
    HttpRequest request = DirectBench::get(url(m_nginx, isSecure, QStringLiteral("/echo?x=%20y")), "PUT");
    request.headers = {{"Cookie", "c=3; d=4"},
                       {"X-Odd", QByteArray(3000, 'o')},
                       {"Host", "other.example.com"},
                       {"Connection", "close"}};
    const Exchange made = bench.make(request);
    QVERIFY2(made.failure == FailureKind::None, qPrintable(made.message));
    QCOMPARE(made.body, "HTTP/2.0 PUT c=3; d=4 /echo?x=%20y other.example.com");
    QCOMPARE(made.setCookies, (QList<QByteArray>{"a=1", "b=2"}));
    QVERIFY(std::ranges::find(made.headers, std::pair<QByteArray, QByteArray>("x-odd", QByteArray(3000, 'o')))
            != made.headers.end());
    QCOMPARE(made.contentType, "text/plain");
}

void Http2ServersTest::bodiesBeyondTheWindowGoBothWays()
{
    QFETCH(bool, isSecure);
    DirectBench bench(options(m_nginx, 2));
    HttpRequest get = DirectBench::get(url(m_nginx, isSecure, QStringLiteral("/big")));
    get.wantsBody = false;
    HttpRequest post = DirectBench::get(url(m_nginx, isSecure, QStringLiteral("/length")), "POST");
    post.body = QByteArray(10'000'000, 'y');
    auto first = bench.begin(get); // both at once on one connection
    auto second = bench.begin(post);
    const Exchange down = QCoro::waitFor(std::move(first));
    const Exchange up = QCoro::waitFor(std::move(second));
    QVERIFY2(down.failure == FailureKind::None, qPrintable(down.message));
    QCOMPARE(down.bytesIn, std::uint64_t(kBig));
    QVERIFY2(up.failure == FailureKind::None, qPrintable(up.message));
    QCOMPARE(up.body, "10000000");
    QCOMPARE(up.bytesOut, 10'000'000u);
}

void Http2ServersTest::anAnswerWithALongBodyIsCut()
{
    QFETCH(bool, isSecure);
    DirectBench bench(options(m_nginx, 1));
    HttpRequest request = DirectBench::get(url(m_nginx, isSecure, QStringLiteral("/big")));
    request.cutsLongBody = true;
    const Exchange cut = bench.make(request);
    QCOMPARE(cut.message, QStringLiteral("The answer is longer than 16 MiB, and was cut there"));
    QCOMPARE(cut.failure, FailureKind::Other);
    QCOMPARE(cut.body.size(), Exchange::kMaxBody);
    QVERIFY(cut.bytesIn < std::uint64_t(kBig));
    QCOMPARE(bench.make(url(m_nginx, isSecure)).status, 200);
}

void Http2ServersTest::anAnswerToHeadHasNoBody()
{
    QFETCH(bool, isSecure);
    DirectBench bench(options(m_nginx, 1));
    const Exchange made = bench.make(DirectBench::get(url(m_nginx, isSecure), "HEAD"));
    QVERIFY2(made.failure == FailureKind::None, qPrintable(made.message));
    QCOMPARE(made.status, 200);
    QCOMPARE(made.bytesIn, 0u);
    QVERIFY(std::ranges::find(made.headers, std::pair<QByteArray, QByteArray>("content-length", "11"))
            != made.headers.end());
}

/// nginx says so with the last answer: who asks one after the other loses none.
void Http2ServersTest::connectionsThatGoAwayAreReplacedInTime()
{
    QFETCH(bool, isSecure);
    SecureNginx nginx;
    QVERIFY(nginx.start(QStringLiteral("http2 on; keepalive_requests 7;")));
    DirectBench bench(options(nginx, 10));
    for (int i = 0; i < 300; ++i) {
        const Exchange made = bench.make(DirectBench::get(url(nginx, isSecure)), i < 150 ? -1 : 3);
        QVERIFY2(made.failure == FailureKind::None && made.status == 200,
                 qPrintable(QStringLiteral("%1: %2").arg(i).arg(made.message)));
    }
    QVERIFY(nginx.nginx.stop());
    QCOMPARE(nginx.nginx.accessLog().size(), 300);
    QCOMPARE(connectionsIn(nginx.nginx.accessLog()), 44); // 150 / 7 is 21.4, of no place and of place 3: 22 each
}

void Http2ServersTest::aTargetWithoutHttp2SaysSo()
{
    SecureNginx nginx;
    QVERIFY(nginx.start());
    const Exchange secure = DirectBench(options(nginx, 1)).make(nginx.url());
    QVERIFY2(secure.failure == FailureKind::Tls || secure.failure == FailureKind::Protocol, qPrintable(secure.message));
    QVERIFY2(secure.message.contains(QStringLiteral("application protocol"))
                 || secure.message.contains(QStringLiteral("HTTP/2")),
             qPrintable(secure.message));
    const Exchange plain = DirectBench(options(nginx, 1)).make(nginx.nginx.url());
    QCOMPARE(plain.failure, FailureKind::Protocol);
    QVERIFY2(plain.message.contains(QStringLiteral("HTTP/2")), qPrintable(plain.message));
    QCOMPARE(plain.status, 0);
}

void Http2ServersTest::aTargetThatTakesFewerStreamsRefusesTheRest()
{
    SecureNginx nginx;
    QVERIFY(nginx.start(QStringLiteral("http2 on; http2_max_concurrent_streams 4;")));
    DirectBench bench(options(nginx, 10));
    for (int round = 0; round < 3; ++round) { // in the first, its settings are not known yet
        int answered = 0;
        for (const Exchange &made : bench.makeAtOnce(DirectBench::get(nginx.nginx.url()), 10, true)) {
            answered += made.failure == FailureKind::None ? 1 : 0;
            if (made.failure == FailureKind::Closed)
                QVERIFY2(made.message.contains(QStringLiteral("REFUSED_STREAM")), qPrintable(made.message));
            else if (made.failure != FailureKind::None)
                QVERIFY2(made.failure == FailureKind::Connect
                             && made.message.contains(QStringLiteral("lower target.connection.streams")),
                         qPrintable(made.message));
        }
        QCOMPARE_GE(answered, 4);
        QCOMPARE(bench.transport().inFlight(), 0);
        if (round > 0)
            QCOMPARE(answered, 4);
    }
}

void Http2ServersTest::trailersDisturbNobody()
{
    DirectBench bench(options(m_nginx, 1));
    for (int i = 0; i < 3; ++i) {
        const Exchange made = bench.make(m_nginx.url(QStringLiteral("/trailer")));
        QVERIFY2(made.failure == FailureKind::None, qPrintable(made.message));
        QCOMPARE(made.body, "sum");
        QVERIFY(std::ranges::none_of(made.headers, [](const auto &header) { return header.first == "x-sum"; }));
    }
}

QTEST_GUILESS_MAIN(Http2ServersTest)
#include "tst_http2servers.moc"
