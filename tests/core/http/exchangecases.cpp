// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/http/exchangecases.h"

#include <algorithm>

namespace Headroom {

namespace {

using Cases = std::vector<ExchangeCase>;
using Lines = std::vector<std::pair<QByteArray, QByteArray>>;
using namespace std::chrono_literals;

const QByteArray kOk = "HTTP/1.1 200 OK\r\n";
const QByteArray kHello = kOk + "Content-Length: 5\r\n\r\nhello";
const QByteArray kChunked = kOk + "Transfer-Encoding: chunked\r\n\r\n";

ServerScript says(const QByteArray &bytes) { return ServerScript().send(bytes); }

HttpRequest get() { return {.method = "GET", .url = {}, .headers = {}, .body = {}, .timeouts = {}}; }

HttpRequest with(const QByteArray &method, const std::optional<QByteArray> &body = {})
{
    HttpRequest request = get();
    request.method = method;
    request.body = body;
    if (body)
        request.headers.emplace_back("Content-Type", "text/plain");
    return request;
}

/// With a body of five, unless told otherwise.
Exchange answered(int status, std::uint64_t bytesIn = 5, std::uint64_t bytesOut = 0)
{
    Exchange exchange;
    exchange.status = status;
    exchange.bytesIn = bytesIn;
    exchange.bytesOut = bytesOut;
    return exchange;
}

Cases methods()
{
    const QByteArray odd("\0\r\n\xff", 4);
    const QByteArray large(200'000, 'b');
    return {
        {.name = "GET", .request = get(), .answer = says(kHello), .expected = answered(200)},
        // It announces the length of what GET would give, and gives nothing.
        {.name = "HEAD",
         .request = with("HEAD"),
         .answer = says(kOk + "Content-Length: 5\r\n\r\n"),
         .expected = answered(200, 0)},
        {.name = "HEAD, chunked", .request = with("HEAD"), .answer = says(kChunked), .expected = answered(200, 0)},
        {.name = "HEAD without a length",
         .request = with("HEAD"),
         .answer = says(kOk + "\r\n"),
         .expected = answered(200, 0)},
        {.name = "HEAD of nothing there",
         .request = with("HEAD"),
         .answer = says("HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n"),
         .expected = answered(404, 0)},
        {.name = "DELETE", .request = with("DELETE"), .answer = says(kHello), .expected = answered(200)},
        {.name = "OPTIONS", .request = with("OPTIONS"), .answer = says(kHello), .expected = answered(200)},
        {.name = "a method of one's own", .request = with("PURGE"), .answer = says(kHello), .expected = answered(200)},
        {.name = "POST", .request = with("POST", "item=1"), .answer = says(kHello), .expected = answered(200, 5, 6)},
        {.name = "POST of nothing", .request = with("POST"), .answer = says(kHello), .expected = answered(200)},
        {.name = "POST of an empty body",
         .request = with("POST", ""),
         .answer = says(kHello),
         .expected = answered(200)},
        {.name = "PUT", .request = with("PUT", odd), .answer = says(kHello), .expected = answered(200, 5, 4)},
        {.name = "PUT of nothing", .request = with("PUT"), .answer = says(kHello), .expected = answered(200)},
        {.name = "PATCH",
         .request = with("PATCH", large),
         .answer = says(kHello),
         .expected = answered(200, 5, 200'000)},
        {.name = "DELETE with a body",
         .request = with("DELETE", "why"),
         .answer = says(kHello),
         .expected = answered(200, 5, 3)},
        {.name = "GET with a body",
         .request = with("GET", "query"),
         .answer = says(kHello),
         .expected = answered(200, 5, 5)},
    };
}

Cases statuses()
{
    const auto status = [](const char *words, const QByteArray &lines = "Content-Length: 0\r\n") {
        return says(QByteArray("HTTP/1.1 ") + words + "\r\n" + lines + "\r\n");
    };
    Cases cases{
        {.name = "201", .request = with("POST", "x"), .answer = status("201 Created"), .expected = answered(201, 0, 1)},
        {.name = "204", .request = get(), .answer = status("204 No Content", ""), .expected = answered(204, 0)},
        {.name = "304", .request = get(), .answer = status("304 Not Modified", ""), .expected = answered(304, 0)},
        // RFC 9110, 8.6: the length that 200 would have had.
        {.name = "304 with a length",
         .request = get(),
         .answer = status("304 Not Modified", "Content-Length: 1234\r\nETag: \"a\"\r\n"),
         .expected = answered(304, 0)},
        {.name = "204 for DELETE",
         .request = with("DELETE"),
         .answer = status("204 No Content", ""),
         .expected = answered(204, 0)},
        {.name = "206",
         .request = get(),
         .answer = says("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-4/9\r\nContent-Length: 5\r\n\r\nhello"),
         .expected = answered(206)},
        {.name = "302 is not followed",
         .request = get(),
         .answer = status("302 Found", "Location: /other\r\nContent-Length: 0\r\n"),
         .expected = answered(302, 0)},
        {.name = "401 is not answered",
         .request = get(),
         .answer = status("401 Unauthorized", "WWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n"),
         .expected = answered(401, 0)},
        {.name = "429",
         .request = get(),
         .answer = status("429 Too Many Requests", "Retry-After: 1\r\nContent-Length: 0\r\n"),
         .expected = answered(429, 0)},
        {.name = "500 with a body",
         .request = get(),
         .answer = says("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops"),
         .expected = answered(500, 4)},
        {.name = "503 and close",
         .request = get(),
         .answer = says("HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbusy").close(),
         .expected = answered(503, 4),
         .isKept = false},
        {.name = "599, of no name", .request = get(), .answer = status("599"), .expected = answered(599, 0)},
        {.name = "100 before it",
         .request = with("POST", "x"),
         .answer = says("HTTP/1.1 100 Continue\r\n\r\n" + kHello),
         .expected = answered(200, 5, 1)},
        {.name = "103 and 102 before it",
         .request = get(),
         .answer = says("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n")
                       .send("HTTP/1.1 102 Processing\r\n\r\n", 5ms)
                       .send(kHello, 5ms),
         .expected = answered(200)},
        // Apache offers so with every answer.
        {.name = "an offer to upgrade",
         .request = get(),
         .answer = says(kOk + "Upgrade: h2c\r\nConnection: Upgrade, Keep-Alive\r\nContent-Length: 5\r\n\r\nhello"),
         .expected = answered(200)},
    };
    return cases;
}

Cases framings()
{
    ServerScript dribble;
    for (const char byte : kHello)
        dribble.send(QByteArray(1, byte), 1ms);
    ServerScript chunks = says(kChunked); // 3 + 0x1000 + 4
    chunks.send("3\r\nabc\r\n", 2ms)
        .send("1000\r\n" + QByteArray(0x1000, 'x'), 2ms)
        .send("\r\n4;last=1\r\ndefg\r", 2ms)
        .send("\n0\r\n\r\n", 2ms);
    const QByteArray megabytes(3'000'000, 'm');
    return {
        {.name = "nothing",
         .request = get(),
         .answer = says(kOk + "Content-Length: 0\r\n\r\n"),
         .expected = answered(200, 0)},
        {.name = "byte by byte", .request = get(), .answer = dribble, .expected = answered(200)},
        {.name = "3 MB", .request = get(), .answer = ServerScript::ok(megabytes), .expected = answered(200, 3'000'000)},
        {.name = "chunks", .request = get(), .answer = chunks, .expected = answered(200, 4103)},
        {.name = "one large chunk",
         .request = get(),
         .answer = says(kChunked + "2dc6c0\r\n" + megabytes + "\r\n0\r\n\r\n"),
         .expected = answered(200, 3'000'000)},
        {.name = "chunks of none",
         .request = get(),
         .answer = says(kChunked + "0\r\n\r\n"),
         .expected = answered(200, 0)},
        {.name = "chunk sizes in capitals and with zeros",
         .request = get(),
         .answer = says(kChunked + "00A\r\n0123456789\r\n0\r\n\r\n"),
         .expected = answered(200, 10)},
        {.name = "chunks and close",
         .request = get(),
         .answer = says(kOk + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\n\r\n").close(),
         .expected = answered(200),
         .isKept = false},
        // What stands in trailers is no header; Qt does not go on with such a connection (tst_badservers).
        {.name = "trailers, and close",
         .request = get(),
         .answer = says(kOk
                        + "Transfer-Encoding: chunked\r\nConnection: close\r\nTrailer: "
                          "X-Sum\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n")
                       .close(),
         .expected = answered(200),
         .isKept = false},
        {.name = "until the end of the stream",
         .request = get(),
         .answer = says(kOk + "\r\nhel").send("lo", 5ms).close(5ms),
         .expected = answered(200),
         .isKept = false},
        {.name = "until an end that comes at once",
         .request = get(),
         .answer = says(kOk + "\r\nhello").close(),
         .expected = answered(200),
         .isKept = false},
        {.name = "3 MB until the end of the stream",
         .request = get(),
         .answer = says(kOk + "\r\n" + megabytes).close(),
         .expected = answered(200, 3'000'000),
         .isKept = false},
        {.name = "nothing until the end of the stream",
         .request = get(),
         .answer = says(kOk + "\r\n").close(),
         .expected = answered(200, 0),
         .isKept = false},
        {.name = "Connection: close",
         .request = get(),
         .answer = says(kOk + "Connection: close\r\nContent-Length: 5\r\n\r\nhello").close(),
         .expected = answered(200),
         .isKept = false},
        {.name = "an end that was not announced",
         .request = get(),
         .answer = says(kHello).close(),
         .expected = answered(200),
         .isKept = false},
        {.name = "HTTP/1.0",
         .request = get(),
         .answer = says("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello").close(),
         .expected = answered(200),
         .isKept = false},
        {.name = "HTTP/1.0 that keeps the connection",
         .request = get(),
         .answer = says("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello"),
         .expected = answered(200)},
        {.name = "names in any case",
         .request = get(),
         .answer = says(kOk + "cONTENT-lENGTH:5\r\n\r\nhello"),
         .expected = answered(200)},
        {.name = "no reason",
         .request = get(),
         .answer = says("HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello"),
         .expected = answered(200)},
        {.name = "a head of 60 KB",
         .request = get(),
         .answer = says(kOk + QByteArray("X-Long: " + QByteArray(592, 'x') + "\r\n").repeated(99)
                        + "Content-Length: 5\r\n\r\nhello"),
         .expected = answered(200)},
        {.name = "gzip, not unpacked",
         .request = get(),
         .answer = says(kOk + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\n\x1f\x8b\x08zz"),
         .expected = answered(200)},
    };
}

/// What comes back, by what the request wants.
Cases wishes()
{
    const QByteArray lines = "Content-Type: text/html; charset=utf-8\r\nSet-Cookie: a=1; Path=/\r\nX-Two: first\r\n"
                             "X-Two:  second \r\nSet-Cookie: b=2, 3\r\nX-Empty:\r\nContent-Encoding: br\r\n";
    const Lines headers{{"content-encoding", "br"},
                        {"content-length", "5"},
                        {"content-type", "text/html; charset=utf-8"},
                        {"set-cookie", "a=1; Path=/"},
                        {"set-cookie", "b=2, 3"},
                        {"x-empty", ""},
                        {"x-two", "first"},
                        {"x-two", "second"}};
    const QList<QByteArray> cookies{"a=1; Path=/", "b=2, 3"};
    const QByteArray type = "text/html; charset=utf-8";
    const ServerScript rich = ServerScript::answer("200 OK", "hello", lines);
    Cases cases;
    for (int wish = 0; wish < 16; ++wish) { // every mixture of the four
        static constexpr std::array<const char *, 16> kNames{"wants nothing",
                                                             "wants a body",
                                                             "wants headers",
                                                             "wants body, headers",
                                                             "wants cookies",
                                                             "wants body, cookies",
                                                             "wants headers, cookies",
                                                             "wants body, headers, cookies",
                                                             "wants a head of the body",
                                                             "wants body, head of it",
                                                             "wants headers, head of the body",
                                                             "wants body, headers, head of it",
                                                             "wants cookies, head of the body",
                                                             "wants body, cookies, head of it",
                                                             "wants headers, cookies, head of the body",
                                                             "wants everything"};
        HttpRequest request = get();
        Exchange exchange = answered(200);
        request.wantsBody = wish & 1;
        request.wantsHeaders = wish & 2;
        request.wantsCookies = wish & 4;
        if (wish & 1)
            exchange.body = "hello";
        if (wish & 2)
            exchange.headers = headers;
        else if (wish & 1)
            exchange.headers = {{"content-encoding", "br"}};
        if (wish & 4)
            exchange.setCookies = cookies;
        if (wish & 8) {
            request.keepBodyOf.insert(200);
            exchange.bodyHead = "hello";
        }
        if (wish & 9)
            exchange.contentType = type;
        cases.push_back({.name = kNames[std::size_t(wish)], .request = request, .answer = rich, .expected = exchange});
    }
    return cases;
}

Exchange withBody(Exchange exchange, const QByteArray &body, const QByteArray &head)
{
    exchange.body = body;
    exchange.bodyHead = head;
    return exchange;
}

Cases keptBodies()
{
    HttpRequest wantsBody = get();
    wantsBody.wantsBody = true;
    HttpRequest wantsHead = get();
    wantsHead.keepBodyOf.insert(500);
    HttpRequest wantsBoth = wantsBody;
    wantsBoth.keepBodyOf.insert(500);
    HttpRequest wantsAllOfHead = with("HEAD");
    wantsAllOfHead.wantsBody = wantsAllOfHead.wantsHeaders = wantsAllOfHead.wantsCookies = true;
    QByteArray large(Exchange::kMaxBody + 1000, 'l');
    large.replace(0, 5, "begin");
    const QByteArray oops = "HTTP/1.1 500 Oops\r\n";
    const auto announced = [&oops](const QByteArray &body) {
        return says(oops + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    };
    const QByteArray first = large.first(Exchange::kMaxBodyHead);
    const auto largeBytes = std::uint64_t(large.size());
    Exchange onlyHeaders = answered(200, 0);
    onlyHeaders.headers = {{"content-length", "5"}, {"set-cookie", "a=1"}};
    onlyHeaders.setCookies = {"a=1"};
    return {
        {.name = "a body of 4096, its head",
         .request = wantsHead,
         .answer = announced(first),
         .expected = withBody(answered(500, 4096), {}, first)},
        {.name = "a body of 4097, its head",
         .request = wantsHead,
         .answer = announced(large.first(4097)),
         .expected = withBody(answered(500, 4097), {}, first)},
        {.name = "another status, its head", .request = wantsHead, .answer = says(kHello), .expected = answered(200)},
        {.name = "a body of 17 MB, its head",
         .request = wantsHead,
         .answer = announced(large),
         .expected = withBody(answered(500, largeBytes), {}, first)},
        {.name = "a body of 17 MB, its first 16 MiB",
         .request = wantsBody,
         .answer = announced(large),
         .expected = withBody(answered(500, largeBytes), large.first(Exchange::kMaxBody), {})},
        {.name = "a body of 3 MB and its head, in chunks",
         .request = wantsBoth,
         .answer = says(oops + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n" + large.first(1000) + "\r\n")
                       .send("2dc2d8\r\n" + large.sliced(1000, 2'999'000) + "\r\n0\r\n\r\n", 5ms),
         .expected = withBody(answered(500, 3'000'000), large.first(3'000'000), first)},
        {.name = "a binary body",
         .request = wantsBody,
         .answer = ServerScript::ok(QByteArray("\0\r\n\xff", 4)),
         .expected = withBody(answered(200, 4), QByteArray("\0\r\n\xff", 4), {})},
        {.name = "of an interim answer nothing",
         .request = wantsBody,
         .answer = says("HTTP/1.1 103 Early Hints\r\nContent-Type: no/no\r\nContent-Encoding: no\r\n\r\n" + kHello),
         .expected = withBody(answered(200), "hello", {})},
        {.name = "of trailers nothing",
         .request = wantsBody,
         .answer = says(kOk
                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\nContent-Encoding: "
                          "no\r\n\r\n")
                       .close(),
         .expected = withBody(answered(200), "hello", {}),
         .isKept = false},
        {.name = "of HEAD its headers",
         .request = wantsAllOfHead,
         .answer = says(kOk + "Content-Length: 5\r\nSet-Cookie: a=1\r\n\r\n"),
         .expected = onlyHeaders},
    };
}

/// Without a complete answer; what had come of it stays.
Cases failures()
{
    HttpRequest hasty = get();
    hasty.wantsBody = hasty.wantsHeaders = hasty.wantsCookies = true;
    hasty.timeouts = {.connect = 10s, .firstByte = 200ms, .total = 10s};
    HttpRequest limited = hasty;
    limited.timeouts = {.connect = 10s, .firstByte = 10s, .total = 200ms};
    HttpRequest posting = with("POST", "item=1");
    posting.timeouts = hasty.timeouts;
    const auto failed = [](FailureKind kind, int status = 0, std::uint64_t bytesIn = 0, std::uint64_t bytesOut = 0) {
        Exchange exchange = answered(status, bytesIn, bytesOut);
        exchange.failure = kind;
        return exchange;
    };
    Exchange half = failed(FailureKind::Timeout, 200, 5);
    half.body = "hello";
    half.headers = {{"content-length", "10"}, {"set-cookie", "a=1"}};
    half.setCookies = {"a=1"};
    return {
        {.name = "no answer in time",
         .request = hasty,
         .expected = failed(FailureKind::FirstByteTimeout),
         .isKept = false},
        {.name = "no answer to POST in time",
         .request = posting,
         .expected = failed(FailureKind::FirstByteTimeout, 0, 0, 6),
         .isKept = false},
        {.name = "no whole head in time",
         .request = hasty,
         .answer = says(kOk + "Content-Length: 5\r\nSet-Cookie: a=1\r\nX-Half"),
         .expected = failed(FailureKind::FirstByteTimeout),
         .isKept = false},
        {.name = "no whole answer in time",
         .request = limited,
         .answer = says(kOk + "Content-Length: 10\r\nSet-Cookie: a=1\r\n\r\nhello"),
         .expected = half,
         .isKept = false},
        {.name = "no answer within the total",
         .request = limited,
         .expected = failed(FailureKind::Timeout),
         .isKept = false},
    };
}

} // namespace

std::vector<ExchangeCase> exchangeCases()
{
    Cases all;
    for (const Cases &cases : {methods(), statuses(), framings(), wishes(), keptBodies(), failures()})
        all.insert(all.end(), cases.begin(), cases.end());
    return all;
}

QString described(const Exchange &exchange)
{
    const auto bytes = [](const QByteArray &some) { // large ones by their size and a fingerprint
        return some.size() < 200 ? QString::fromLatin1(some)
                                 : QStringLiteral("%1 bytes, hash %2").arg(some.size()).arg(qHash(some, 1));
    };
    QString text = QStringLiteral("%1, status %2, %3 in, %4 out, %5 resends\ntype %6\nhead %7\nbody %8")
                       .arg(failureKindName(exchange.failure))
                       .arg(exchange.status)
                       .arg(exchange.bytesIn)
                       .arg(exchange.bytesOut)
                       .arg(exchange.resends)
                       .arg(QString::fromLatin1(exchange.contentType), bytes(exchange.bodyHead), bytes(exchange.body));
    Lines headers = exchange.headers;
    for (auto &[name, value] : headers)
        name = name.toLower();
    std::ranges::stable_sort(headers, {}, &Lines::value_type::first);
    for (const auto &[name, value] : headers)
        text += QStringLiteral("\n%1: %2").arg(QString::fromLatin1(name), QString::fromLatin1(value));
    for (const QByteArray &cookie : exchange.setCookies)
        text += QStringLiteral("\ncookie %1").arg(QString::fromLatin1(cookie));
    return text;
}

} // namespace Headroom
