// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/requestwriter.h"

#include <QTest>

using namespace Headroom;

namespace {

HttpRequest request(const QByteArray &method, const char *url, int form = 0)
{
    return {.method = method,
            .url = QUrl(QString::fromLatin1(url)),
            .headers = {},
            .body = {},
            .timeouts = {},
            .form = form};
}

} // namespace

class RequestWriterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesAHead();
    void leavesToTheScenarioWhatItSays();
    void asksForTheEndOfConnectionsThatAreNotKept();
    void announcesEmptyBodiesOfMethodsThatHaveOne_data();
    void announcesEmptyBodiesOfMethodsThatHaveOne();
    void writesAFormOnce();
    void writesAFormAgainWhenItsBodyChanges();
    void joinsSmallBodiesOfAForm();
    void tellsOriginsApart();
    void writesFieldsOfHttp2();
    void writesTargets_data();
    void writesTargets();
};

void RequestWriterTest::writesAHead()
{
    const ConnectionOptions options;
    RequestWriter writer(options);
    HttpRequest get = request("GET", "http://example.com:8080/a?b=c#d");
    get.headers = {{"X-A", "1"}, {"x-a", "2"}};
    const WrittenRequest &written = writer.write(get);
    QCOMPARE(written.head,
             "GET /a?b=c HTTP/1.1\r\nHost: example.com:8080\r\nX-A: 1\r\nx-a: 2\r\nAccept-Encoding: identity\r\n"
             "Accept-Language: *\r\nConnection: Keep-Alive\r\n\r\n");
    QVERIFY(written.body.isEmpty() && written.fields.empty() && !written.asksForHead);
    QVERIFY(writer.write(request("HEAD", "http://example.com")).asksForHead);
}

void RequestWriterTest::leavesToTheScenarioWhatItSays()
{
    const ConnectionOptions options;
    RequestWriter writer(options);
    HttpRequest post = request("POST", "http://example.com/");
    post.headers = {{"host", "other"},
                    {"accept-encoding", "br"},
                    {"ACCEPT-LANGUAGE", "de"},
                    {"connection", "x"},
                    {"content-length", "2"}};
    post.body = "hi";
    QCOMPARE(writer.write(post).head,
             "POST / HTTP/1.1\r\nhost: other\r\naccept-encoding: br\r\nACCEPT-LANGUAGE: de\r\n"
             "connection: x\r\ncontent-length: 2\r\n\r\n");
    QCOMPARE(writer.write(post).body, "hi");
}

void RequestWriterTest::asksForTheEndOfConnectionsThatAreNotKept()
{
    const ConnectionOptions options{.isReused = false};
    RequestWriter writer(options);
    QVERIFY(writer.write(request("GET", "http://a/")).head.contains("\r\nConnection: close\r\n"));
}

void RequestWriterTest::announcesEmptyBodiesOfMethodsThatHaveOne_data()
{
    QTest::addColumn<bool>("isAnnounced");
    for (const char *method : {"POST", "PUT", "PATCH"})
        QTest::newRow(method) << true;
    for (const char *method : {"GET", "HEAD", "DELETE", "OPTIONS"})
        QTest::newRow(method) << false;
}

void RequestWriterTest::announcesEmptyBodiesOfMethodsThatHaveOne()
{
    QFETCH(bool, isAnnounced);
    const ConnectionOptions options;
    RequestWriter writer(options);
    QCOMPARE(writer.write(request(QTest::currentDataTag(), "http://a/")).head.contains("\r\nContent-Length: 0\r\n"),
             isAnnounced);
    HttpRequest withBody = request(QTest::currentDataTag(), "http://a/");
    withBody.body = "";
    QVERIFY(writer.write(withBody).head.contains("\r\nContent-Length: 0\r\n"));
}

void RequestWriterTest::writesAFormOnce()
{
    const ConnectionOptions options;
    RequestWriter writer(options);
    const HttpRequest first = request("GET", "http://a/", 3);
    const QByteArray head = writer.write(first).head; // shares its bytes
    QVERIFY(writer.write(request("GET", "http://a/other", 1)).head.startsWith("GET /other"));
    QCOMPARE(writer.write(request("GET", "http://a/", 3)).head.constData(), head.constData());
    QVERIFY(writer.write(request("GET", "http://a/")).head.constData() != head.constData());
}

void RequestWriterTest::writesAFormAgainWhenItsBodyChanges()
{
    const ConnectionOptions options;
    RequestWriter writer(options);
    HttpRequest put = request("PUT", "http://a/", 1);
    put.body = "one";
    QVERIFY(writer.write(put).head.endsWith("Content-Length: 3\r\nConnection: Keep-Alive\r\n\r\none"));
    put.body = "three";
    QVERIFY(writer.write(put).head.endsWith("Content-Length: 5\r\nConnection: Keep-Alive\r\n\r\nthree"));
    put.body.reset();
    QVERIFY(writer.write(put).head.endsWith("Content-Length: 0\r\nConnection: Keep-Alive\r\n\r\n"));
}

void RequestWriterTest::joinsSmallBodiesOfAForm()
{
    const ConnectionOptions options;
    RequestWriter writer(options);
    HttpRequest post = request("POST", "http://a/", 1);
    post.body = QByteArray(64 * 1024, 'x');
    QVERIFY(writer.write(post).body.isEmpty());
    QVERIFY(writer.write(post).head.endsWith(*post.body));
    post.body = QByteArray(64 * 1024 + 1, 'x');
    QCOMPARE(writer.write(post).body, *post.body);
    QVERIFY(writer.write(post).head.endsWith("\r\n\r\n"));
    post.form = 0;
    post.body = "x";
    QCOMPARE(writer.write(post).body, "x");
}

void RequestWriterTest::tellsOriginsApart()
{
    const ConnectionOptions options;
    RequestWriter writer(options);
    const int a = writer.write(request("GET", "http://a/1")).origin;
    QCOMPARE(writer.write(request("GET", "http://a:80/2")).origin, a);
    const int secure = writer.write(request("GET", "https://a/")).origin;
    const int other = writer.write(request("GET", "http://[::1]:81/")).origin;
    QCOMPARE(writer.origins(), 3);
    QVERIFY(!writer.origin(a).isSecure);
    QVERIFY(writer.origin(secure).isSecure);
    QCOMPARE(writer.origin(secure).port, 443);
    QCOMPARE(writer.origin(other).host, QStringLiteral("::1"));
    QCOMPARE(writer.origin(other).authority(), "[::1]:81");
    QCOMPARE(writer.origin(secure).authority(), "a");
}

void RequestWriterTest::writesFieldsOfHttp2()
{
    const ConnectionOptions options{.isHttp2 = true};
    RequestWriter writer(options);
    HttpRequest post = request("POST", "https://a:444/p?q", 1);
    post.headers = {{"X-Case", "Kept"}, {"Connection", "close"}, {"TRANSFER-encoding", "chunked"},
                    {"Upgrade", "x"},   {"Keep-Alive", "1"},     {"Proxy-Connection", "x"},
                    {"Host", "other"},  {"Cookie", "a=1"}};
    post.body = "hi";
    const WrittenRequest &written = writer.write(post);
    QVERIFY(written.head.isEmpty());
    QCOMPARE(written.body, "hi"); // stands apart, of a form too
    const std::vector<std::pair<QByteArray, QByteArray>> expected{
        // a length stands with no transfer coding
        {":method", "POST"}, {":scheme", "https"}, {":authority", "other"},         {":path", "/p?q"},
        {"x-case", "Kept"},  {"cookie", "a=1"},    {"accept-encoding", "identity"}, {"accept-language", "*"}};
    QCOMPARE(written.fields, expected);
    post.headers = {};
    post.form = 2;
    QCOMPARE(writer.write(post).fields.back(), (std::pair<QByteArray, QByteArray>("content-length", "2")));
}

void RequestWriterTest::writesTargets_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("http://a") << QByteArray("/");
    QTest::newRow("http://a?b") << QByteArray("/?b");
    QTest::newRow("http://u:p@a/x#f") << QByteArray("/x");
    QTest::newRow("http://a/x%20y?z=%2F&w=a+b") << QByteArray("/x%20y?z=%2F&w=a+b");
    QTest::newRow("http://a//x") << QByteArray("//x");
}

void RequestWriterTest::writesTargets()
{
    QFETCH(QByteArray, target);
    QCOMPARE(requestTarget(QUrl(QString::fromLatin1(QTest::currentDataTag()))), target);
}

QTEST_GUILESS_MAIN(RequestWriterTest)
#include "tst_requestwriter.moc"
