// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/http/transportbench.h"
#include "tests/support/wireform.h"

#include <QTest>

using namespace Headroom;

namespace {

struct Row
{
    const char *name;
    HttpRequest request;
    QString target = QStringLiteral("/"); ///< Behind the server's address.
};

HttpRequest with(const QByteArray &method, const std::optional<QByteArray> &body = {})
{
    HttpRequest request{
        .method = method, .url = {}, .headers = {{"User-Agent", "headroom"}}, .body = body, .timeouts = {}};
    if (body)
        request.headers.emplace_back("Content-Type", "application/octet-stream");
    return request;
}

std::vector<Row> targets()
{
    const auto get = [](const char *name, const char *target) {
        return Row{name, with("GET"), QString::fromUtf8(target)};
    };
    return {
        get("the root", "/"),
        get("no path", ""),
        get("no path but a query", "?q=1"),
        get("a query", "/search?q=1&r=2"),
        get("an empty query", "/search?"),
        get("only names in a query", "/search?a&b"),
        get("a fragment, which stays here", "/page?q=1#part"),
        get("escaped characters", "/a%20b/%C3%A4%2Fc?q=1%2F2%26&r=%3D"),
        get("escapes in small letters", "/%c3%a4?q=%2f"),
        get("escapes that are not needed", "/%41%7e%2D?q=%7E%41"),
        get("characters that need escapes", "/a b/\xc3\xa4\xe2\x82\xac?q=x y&n=\xc3\xbc"),
        get("a plus", "/a+b?q=c+d"),
        get("all that a path may hold", "/-._~!$&'()*+,;=:@/x"),
        get("all that a query may hold", "/?-._~!$&'()*+,;=:@/?x"),
        get("brackets, braces, bars", "/a[1]{2}|3^4`5\"6<7>\\8?f[a]={b}|c^d`e\"<f>\\"),
        get("a lone percent sign", "/100%?q=5%"),
        get("doubled slashes", "/a//b///c/"),
        get("doubled slashes at the front", "//a/b"),
        get("dots", "/a/./b/../c/"),
        get("escaped dots", "/a/%2e%2e/b/%2E/c"),
        get("too many dots", "/../../a"),
        get("dots in a query", "/a?p=/../b/./c//d"),
        get("a colon in the first part", "/a:b/c"),
        {"4,000 characters", with("GET"), u'/' + QString(4000, u'x') + QStringLiteral("?q=") + QString(4000, u'y')},
    };
}

std::vector<Row> methods()
{
    const QByteArray binary("\0\r\n\r\n\xff", 6);
    return {
        {"HEAD", with("HEAD")},
        {"DELETE", with("DELETE")},
        {"OPTIONS", with("OPTIONS")},
        {"PURGE", with("PURGE")},
        {"POST of nothing", with("POST")},
        {"PUT of nothing", with("PUT")},
        {"PATCH of nothing", with("PATCH")},
        {"POST", with("POST", "{\"a\":1}")},
        {"POST of an empty body", with("POST", "")},
        {"GET of an empty body", with("GET", "")},
        {"GET with a body", with("GET", "query")},
        {"DELETE with a body", with("DELETE", "why")},
        {"HEAD with a body", with("HEAD", "odd")},
        {"PUT of bytes", with("PUT", binary)},
        {"PATCH of 100 KB", with("PATCH", QByteArray(100'000, 'p'))},
    };
}

std::vector<Row> headers()
{
    const auto get = [](const std::vector<std::pair<QByteArray, QByteArray>> &more) {
        HttpRequest request = with("GET");
        request.headers.insert(request.headers.end(), more.begin(), more.end());
        return request;
    };
    HttpRequest untyped = with("POST", "a=1");
    untyped.headers = get({}).headers;
    HttpRequest ownLength = with("POST", "four");
    ownLength.headers.emplace_back("content-length", "4");
    HttpRequest wrongLength = with("POST", "four");
    wrongLength.headers.emplace_back("Content-Length", "3");
    HttpRequest form = with("PUT", "kept");
    form.form = 1;
    return {
        {"a request of a form", form},
        {"a body of no type", untyped},
        {"its own length", ownLength},
        {"its own length, a wrong one", wrongLength},
        {"an empty Accept-Language", get({{"Accept-Language", ""}})},
        {"an empty Accept-Encoding", get({{"Accept-Encoding", ""}})},
        {"an empty Connection", get({{"Connection", ""}})},
        {"an empty Host", get({{"Host", ""}})},
        {"an empty Content-Length", get({{"Content-Length", ""}})},
        {"an empty Cookie", get({{"Cookie", ""}})},
        {"some", get({{"X-Trace", "abc, \"d\""}, {"Authorization", "Bearer x.y=="}, {"Cookie", "a=1; b=2"}})},
        {"names in odd case", get({{"x-LOWER", "1"}, {"ACCEPT", "*/*"}})},
        {"Latin-1", get({{"X-Name", "M\xfcller"}})},
        {"an empty value", get({{"X-Empty", QByteArray("")}})},
        {"a value that is null", get({{"X-Null", QByteArray()}})},
        {"blanks around a value", get({{"X-Blank", "  a  b  "}})},
        {"a tab within a value", get({{"X-Tab", "a\tb"}})},
        {"its own Accept-Encoding", get({{"Accept-Encoding", "gzip, br"}})},
        {"its own Accept-Language", get({{"accept-language", "fr"}})},
        {"its own Connection", get({{"Connection", "close"}})},
        {"its own Host", get({{"Host", "other.example"}})},
        {"a range", get({{"Range", "bytes=0-9"}, {"If-None-Match", "\"a\""}})},
        {"an upgrade", get({{"Connection", "Upgrade"}, {"Upgrade", "websocket"}})},
        {"Expect", get({{"Expect", "100-continue"}})},
        {"a long value", get({{"X-Long", QByteArray(8000, 'v')}})},
    };
}

/// What one transport sends of it; the server's address as SERVER.
QByteArray sentBy(const QString &transport, HttpRequest request, const QString &target)
{
    TransportBench bench(transport);
    bench.server.answerWith(ServerScript::ok());
    const QString authority = bench.server.url().authority();
    request.url = QUrl(QStringLiteral("http://%1%2").arg(authority, target));
    const Exchange exchange = bench.make(request);
    if (exchange.status != 200 || bench.server.requests().size() != 1)
        return "not sent once: " + exchange.message.toUtf8();
    return wireForm(bench.server.requests().first()).replace(authority.toLatin1(), "SERVER");
}

} // namespace

/// Both transports put the same request on the wire.
class RequestsOnTheWireTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void areTheSame_data();
    void areTheSame();
    void nameTheirServerAlike_data();
    void nameTheirServerAlike();
};

void RequestsOnTheWireTest::areTheSame_data()
{
    QTest::addColumn<HttpRequest>("request");
    QTest::addColumn<QString>("target");
    for (const std::vector<Row> &rows : {targets(), methods(), headers()}) {
        for (const Row &row : rows)
            QTest::newRow(row.name) << row.request << row.target;
    }
}

void RequestsOnTheWireTest::areTheSame()
{
    QFETCH(HttpRequest, request);
    QFETCH(QString, target);
    QCOMPARE(sentBy(QStringLiteral("direct"), request, target), sentBy(QStringLiteral("qnam"), request, target));
}

void RequestsOnTheWireTest::nameTheirServerAlike_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<quint16>("port"); // that it listens at; 0: any
    QTest::addColumn<QString>("base"); // %1 stands for that port
    QTest::addColumn<QByteArray>("host"); // the header
    const auto row = [](const char *name, const char *address, quint16 port, const char *base, const char *host) {
        QTest::newRow(name) << QString::fromUtf8(address) << port << QString::fromUtf8(base) << QByteArray(host);
    };
    row("an address", "127.0.0.1", 0, "http://127.0.0.1:%1", "127.0.0.1:%1");
    row("an address of IPv6", "::1", 0, "http://[::1]:%1", "[::1]:%1");
    row("a longer one of the same", "::1", 0, "http://[0:0:0:0:0:0:0:1]:%1", "[::1]:%1");
    row("a name", "127.0.0.1", 0, "http://localhost:%1", "localhost:%1");
    row("a name in capitals", "127.0.0.1", 0, "http://LocalHost:%1", "localhost:%1");
    row("a name in wide letters", "127.0.0.1", 0, "http://\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54:%1",
        "localhost:%1"); // RFC 5895, 2
    row("a user and a word", "127.0.0.1", 0, "http://user:word@127.0.0.1:%1", "127.0.0.1:%1");
    row("the scheme's own port", "127.0.0.1", 80, "http://127.0.0.1", "127.0.0.1");
    row("the scheme's own port, written", "127.0.0.1", 80, "http://127.0.0.1:80", "127.0.0.1");
    row("the scheme's own port at IPv6", "::1", 80, "http://[::1]:80", "[::1]");
}

void RequestsOnTheWireTest::nameTheirServerAlike()
{
    QFETCH(QString, address);
    QFETCH(quint16, port);
    QFETCH(QString, base);
    QFETCH(QByteArray, host);
    ScriptedServer server(QHostAddress(address), port);
    if (!server.isListening())
        QSKIP("this machine has no such address, or its port may not be used");
    server.answerWith(ServerScript::ok());
    const QString own = QString::number(server.url().port());
    for (const char *transport : {"qnam", "direct"}) {
        TransportBench bench{QLatin1String(transport)};
        HttpRequest request = with("GET");
        request.url = QUrl(base.replace(QLatin1String("%1"), own));
        QCOMPARE(bench.make(request).status, 200);
    }
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(wireForm(server.requests()[1]), wireForm(server.requests()[0]));
    const QByteArray line = "\nhost: " + host.replace("%1", own.toLatin1()) + '\n';
    QVERIFY2(wireForm(server.requests()[1]).contains(line), server.requests()[1].constData());
}

QTEST_GUILESS_MAIN(RequestsOnTheWireTest)
#include "tst_requestsonthewire.moc"
