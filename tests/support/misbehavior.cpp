// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/misbehavior.h"

namespace Headroom {

namespace {

using enum FailureKind;
using Direct = Misbehavior::Direct;
using Next = Misbehavior::Next;
using Where = Misbehavior::Where;
using Rows = std::vector<Misbehavior>;
using namespace std::chrono_literals;

const QByteArray kOk = "HTTP/1.1 200 OK\r\n";
const QByteArray kChunked = kOk + "Transfer-Encoding: chunked\r\n\r\n";
const QByteArray kTen = kOk + "Content-Length: 10\r\n\r\nhello"; // five are missing

ServerScript says(const QByteArray &bytes) { return ServerScript().send(bytes); }
/// A head with one line more, and an empty body.
ServerScript saysHead(const QByteArray &line) { return says(kOk + line + "\r\nContent-Length: 0\r\n\r\n"); }

const char *const kEndWords = "closed the connection";
const char *const kResetWords = "reset the connection";
const Direct kReset{.failure = Closed, .words = kResetWords};

/// What is no HTTP/1.1, or is more of it than has to be borne, ends at once and says what it was.
Direct refused(const char *words) { return {.failure = Protocol, .words = words}; }

// Direct tells an end from a reset, and an end within what was announced from one before anything came; a connection that
// ends is never used again.
// Reset and orderly close look the same: Qt turns ECONNRESET into an end of file. Until the head is complete it takes
// either for a stale connection and sends again, three times.
Rows endings()
{
    return {
        {.name = "refused", .failure = ConnectRefused, .where = Where::Nobody},
        {.name = "closed when accepted", .greeting = ServerScript().close(), .failure = Closed, .resends = {0, 3},
         .direct = Direct{.failure = Closed, .words = kEndWords}},
        {.name = "reset when accepted", .greeting = ServerScript().reset(), .failure = Closed, .resends = {0, 3},
         .direct = kReset},
        {.name = "closed before the head", .answer = ServerScript().close(), .failure = Closed, .resends = 3,
         .direct = Direct{.failure = Closed, .words = kEndWords}},
        {.name = "reset before the head", .answer = ServerScript().reset(), .failure = Closed, .resends = 3,
         .direct = kReset},
        {.name = "closed in the status line", .answer = says("HTTP/1.1 20").close(), .failure = Closed, .resends = 3,
         .direct = Direct{.failure = Closed, .words = kEndWords}},
        {.name = "reset in the status line",
         .answer = says("HTTP/1.1 20").reset(10ms),
         .failure = Closed,
         .resends = 3,
         .direct = kReset},
        {.name = "closed in a header", .answer = says(kOk + "Content-Le").close(10ms), .failure = Closed, .resends = 3,
         .direct = Direct{.failure = Closed, .words = kEndWords}},
        {.name = "reset in a header", .answer = says(kOk + "Content-Le").reset(10ms), .failure = Closed, .resends = 3,
         .direct = kReset},
        {.name = "closed after the head",
         .answer = says(kOk + "Content-Length: 10\r\n\r\n").close(10ms),
         .failure = Closed,
         .status = 200,
         .direct = Direct{.failure = Truncated, .status = 200}},
        {.name = "reset after the head",
         .answer = says(kOk + "Content-Length: 10\r\n\r\n").reset(10ms),
         .failure = Closed,
         .status = 200,
         .direct = Direct{.failure = Closed, .status = 200, .words = kResetWords}},
        {.name = "closed in the body",
         .answer = says(kTen).close(10ms),
         .failure = Closed,
         .status = 200,
         .bodyBytes = 5,
         .direct = Direct{.failure = Truncated, .status = 200, .bodyBytes = 5}},
        {.name = "closed right after half the body",
         .answer = says(kTen).close(),
         .failure = Closed,
         .status = 200,
         .bodyBytes = 5,
         .direct = Direct{.failure = Truncated, .status = 200, .bodyBytes = 5}},
        {.name = "reset in the body",
         .answer = says(kTen).reset(10ms),
         .failure = Closed,
         .status = 200,
         .bodyBytes = 5,
         .direct = Direct{.failure = Closed, .status = 200, .bodyBytes = 5, .words = kResetWords}},
        {.name = "closed between requests",
         .answer = ServerScript::ok("hello").close(10ms),
         .status = 200,
         .bodyBytes = 5},
        {.name = "reset between requests",
         .answer = ServerScript::ok("hello").reset(10ms),
         .status = 200,
         .bodyBytes = 5},
    };
}

Rows lengths()
{
    const auto says = [](const QByteArray &length) {
        return ServerScript().send(kOk + "Content-Length: " + length + "\r\n\r\nhello");
    };
    return {
        // Direct takes no length but a number, once: what does not say where it ends is no answer (RFC 9112, 6.3).
        // What is no length counts as none: Qt waits for the end of the stream. Of two it takes the first.
        {.name = "length beyond the body", .answer = says("10"), .failure = Timeout, .status = 200, .bodyBytes = 5},
        {.name = "length below the body", .answer = says("3"), .status = 200, .bodyBytes = 3},
        {.name = "length 0 with a body", .answer = says("0"), .status = 200},
        {.name = "negative length", .answer = says("-5"), .failure = Timeout, .status = 200, .bodyBytes = 5,
         .direct = refused("Content-Length")},
        {.name = "length twice, the same",
         .answer = says("5\r\nContent-Length: 5"),
         .status = 200,
         .bodyBytes = 5,
         .next = Next::Reuses,
         .direct = refused("Content-Length")},
        {.name = "length twice, different",
         .answer = says("5\r\nContent-Length: 3"),
         .status = 200,
         .bodyBytes = 5,
         .next = Next::Reuses,
         .direct = refused("Content-Length")},
        {.name = "length that is no number", .answer = says("five"), .failure = Timeout, .status = 200, .bodyBytes = 5,
         .direct = refused("Content-Length")},
        {.name = "length in hexadecimal", .answer = says("0x5"), .failure = Timeout, .status = 200, .bodyBytes = 5,
         .direct = refused("Content-Length")},
        {.name = "huge length",
         .answer = says("9000000000000000000").close(10ms),
         .failure = Closed,
         .status = 200,
         .bodyBytes = 5,
         .direct = Direct{.failure = Truncated, .status = 200, .bodyBytes = 5}},
        {.name = "length beyond 64 bits",
         .answer = says("99999999999999999999"),
         .failure = Timeout,
         .status = 200,
         .bodyBytes = 5,
         .direct = refused("Content-Length")},
        {.name = "length and chunks",
         .answer = ServerScript().send(
             kOk + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
         .status = 200,
         .bodyBytes = 5,
         .next = Next::Reuses,
         .direct = refused("Transfer-Encoding")},
    };
}

// Qt takes whatever it cannot read as a chunk's size for the last chunk, and tells nobody; direct refuses it, and reads
// trailers to their end, so that the connection can go on.
Rows chunks()
{
    const auto says = [](const QByteArray &chunks) { return ServerScript().send(kChunked + chunks); };
    return {
        {.name = "chunk size that is no number", .answer = says("zz\r\nhello\r\n0\r\n\r\n"), .status = 200,
         .direct = Direct{.failure = Protocol, .status = 200, .words = "chunk size"}},
        {.name = "negative chunk size", .answer = says("-5\r\nhello\r\n0\r\n\r\n"), .status = 200,
         .direct = Direct{.failure = Protocol, .status = 200, .words = "chunk size"}},
        {.name = "chunk longer than its size",
         .answer = says("3\r\nhello\r\n0\r\n\r\n"),
         .status = 200,
         .bodyBytes = 3,
         .next = Next::Reuses,
         .direct = Direct{.failure = Protocol, .status = 200, .bodyBytes = 3, .words = "chunk"}},
        {.name = "last chunk missing, closed",
         .answer = says("5\r\nhello\r\n").close(10ms),
         .failure = Closed,
         .status = 200,
         .bodyBytes = 5,
         .direct = Direct{.failure = Truncated, .status = 200, .bodyBytes = 5}},
        {.name = "last chunk missing, silence",
         .answer = says("5\r\nhello\r\n"),
         .failure = Timeout,
         .status = 200,
         .bodyBytes = 5},
        {.name = "huge chunk size",
         .answer = says("7fffffffffffffff\r\nhello").close(10ms),
         .failure = Closed,
         .status = 200,
         .bodyBytes = 5,
         .direct = Direct{.failure = Truncated, .status = 200, .bodyBytes = 5}},
        {.name = "chunk size beyond 64 bits",
         .answer = says("ffffffffffffffffff\r\nhello\r\n0\r\n\r\n"),
         .status = 200,
         .direct = Direct{.failure = Protocol, .status = 200, .words = "Chunk size"}},
        {.name = "chunk extension",
         .answer = says("5;name=value\r\nhello\r\n0\r\n\r\n"),
         .status = 200,
         .bodyBytes = 5,
         .next = Next::Reuses},
        {.name = "trailer", .answer = says("5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n"), .status = 200, .bodyBytes = 5,
         .direct = Direct{.status = 200, .bodyBytes = 5, .next = Next::Reuses}},
        {.name = "chunk size without end",
         .answer = says("5").repeat(QByteArray(64 * 1024, '0')),
         .failure = Timeout,
         .status = 200,
         .direct = Direct{.failure = Protocol, .status = 200, .words = "Chunk size"}},
        {.name = "chunks without end",
         .answer = ServerScript().send(kChunked).repeat("2000\r\n" + QByteArray(0x2000, 'x') + "\r\n"),
         .failure = Timeout,
         .status = 200,
         .bodyBytes = {0x2000, 4'000'000'000}},
        {.name = "body without end",
         .answer = ServerScript().send(kOk + "\r\n").repeat(QByteArray(64 * 1024, 'x')),
         .failure = Timeout,
         .status = 200,
         .bodyBytes = {1, 4'000'000'000}},
        {.name = "unknown transfer coding",
         .answer = ServerScript().send(kOk + "Transfer-Encoding: brotli\r\nContent-Length: 5\r\n\r\nhello"),
         .status = 200,
         .bodyBytes = 5,
         .next = Next::Reuses,
         .direct = refused("Transfer-Encoding")},
    };
}

// A head with a line that Qt cannot parse, or with more than it allows, loses its length: Qt waits for the end of the
// stream. A head is kept whole until its end has come, so its size is bounded by the deadline alone. Direct refuses such
// lines, and what is longer than 256 KiB.
Rows heads()
{
    return {
        {.name = "head without end", .answer = says(kOk).repeat("X-Many: 1\r\n"), .failure = FirstByteTimeout,
         .direct = refused("longer than 256 KiB")},
        {.name = "header line of 10 MB",
         .answer =
             says(kOk + "X-Long: ").repeat(QByteArray(100'000, 'x'), 100).send("\r\nContent-Length: 0\r\n\r\n").close(),
         .status = 200,
         .direct = refused("longer than 256 KiB")},
        {.name = "100,000 headers",
         .answer = says(kOk).repeat("X-Many: 1\r\n", 100'000).send("Content-Length: 0\r\n\r\n").close(),
         .status = 200,
         .direct = refused("longer than 256 KiB")},
        {.name = "status line without end",
         .answer = says("HTTP/1.1 200 ").repeat(QByteArray(64 * 1024, 'x')),
         .failure = FirstByteTimeout,
         .direct = refused("longer than 256 KiB")},
        {.name = "header without a colon", .answer = saysHead("no colon"), .failure = Timeout, .status = 200,
         .direct = refused("header")},
        {.name = "header without a name", .answer = saysHead(": value"), .failure = Timeout, .status = 200,
         .direct = refused("header")},
        {.name = "blank before the colon", .answer = saysHead("X-Odd : value"), .failure = Timeout, .status = 200,
         .direct = refused("header")},
        {.name = "NUL in a header",
         .answer = saysHead(QByteArray("X-Nul: a\0b", 10)),
         .status = 200,
         .next = Next::Reuses,
         .direct = refused("header")},
        {.name = "NUL in a header's name",
         .answer = saysHead(QByteArray("X-N\0ul: ab", 10)),
         .failure = Timeout,
         .status = 200,
         .direct = refused("header")},
        {.name = "CR in a header", .answer = saysHead("X-Cr: a\rb"), .status = 200, .next = Next::Reuses,
         .direct = refused("header")},
        {.name = "bare LF",
         .answer = says("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"),
         .status = 200,
         .bodyBytes = 5,
         .next = Next::Reuses},
        {.name = "folded line", .answer = saysHead("X-Folded: a\r\n  b"), .status = 200, .next = Next::Reuses,
         .direct = refused("header")},
        {.name = "invalid UTF-8", .answer = saysHead("X-Latin: \xff\xfe\x80"), .status = 200, .next = Next::Reuses},
        {.name = "no headers", .answer = says(kOk + "\r\nhello").close(10ms), .status = 200, .bodyBytes = 5},
    };
}

// Qt goes on with a connection whose answer it did not understand; direct does not.
Rows statuses()
{
    const auto says = [](const QByteArray &status) {
        return ServerScript().send("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
    };
    return {
        {.name = "status that is no number", .answer = says("OK"), .failure = Closed, .resends = 3,
         .direct = refused("status")},
        {.name = "status of five digits", .answer = says("99999 OK"), .failure = Protocol, .next = Next::Reuses,
         .direct = refused("status")},
        {.name = "status of two digits", .answer = says("20 OK"), .failure = Protocol, .next = Next::Reuses,
         .direct = refused("status")},
        {.name = "status below zero", .answer = says("-5 OK"), .failure = Protocol, .next = Next::Reuses,
         .direct = refused("status")},
        {.name = "status without a reason", .answer = says("200"), .status = 200, .next = Next::Reuses},
        {.name = "204 with a body",
         .answer = ServerScript().send("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"),
         .status = 204},
        {.name = "304 with a body",
         .answer = ServerScript().send("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello"),
         .status = 304},
        {.name = "length without a body, as for HEAD",
         .answer = ServerScript().send(kOk + "Content-Length: 5\r\n\r\n"),
         .failure = Timeout,
         .status = 200},
        {.name = "redirect to itself",
         .answer = ServerScript::answer("302 Found", {}, "Location: /\r\n"),
         .status = 302,
         .next = Next::Reuses},
        {.name = "redirect without a place",
         .answer = ServerScript::answer("301 Moved"),
         .status = 301,
         .next = Next::Reuses},
    };
}

// Direct counts interim answers as part of the head.
Rows interim()
{
    const QByteArray more = "HTTP/1.1 100 Continue\r\n\r\n";
    const QByteArray ok = kOk + "Content-Length: 5\r\n\r\nhello";
    return {
        {.name = "100 not asked for", .answer = says(more + ok), .status = 200, .bodyBytes = 5, .next = Next::Reuses},
        {.name = "100 and nothing more", .answer = says(more), .failure = FirstByteTimeout},
        {.name = "1,000 times 100",
         .answer = says(more.repeated(1000) + ok),
         .status = 200,
         .bodyBytes = 5,
         .next = Next::Reuses},
        {.name = "100 without end", .answer = ServerScript().repeat(more), .failure = FirstByteTimeout,
         .direct = refused("longer than 256 KiB")},
        {.name = "101 not asked for",
         .answer = says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
         .failure = Protocol,
         .status = 101,
         .next = Next::Reuses,
         .direct = Direct{.failure = Protocol, .status = 101, .words = "status 101"}},
        {.name = "103 before the answer",
         .answer = says("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok),
         .status = 200,
         .bodyBytes = 5,
         .next = Next::Reuses},
    };
}

// What is no HTTP Qt takes for a stale connection, or waits for more of it; direct refuses it at its first wrong byte.
Rows otherProtocols()
{
    return {
        {.name = "HTTP/0.9", .answer = says("hello").close(), .failure = Closed, .resends = 3,
         .direct = refused("HTTP/")},
        {.name = "HTTP/2 preface",
         .answer = says(QByteArray("\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64", 15)),
         .failure = Closed,
         .resends = 3,
         .direct = refused("HTTP/")},
        {.name = "HTTP/2 in words",
         .answer = says("HTTP/2 200\r\nContent-Length: 0\r\n\r\n"),
         .failure = Closed,
         .resends = 3,
         .direct = refused("dot")},
        {.name = "HTTP/1.0 until the end of the stream",
         .answer = says("HTTP/1.0 200 OK\r\n\r\nhello").close(10ms),
         .status = 200,
         .bodyBytes = 5},
        {.name = "HTTP/1.0 until a reset",
         .answer = says("HTTP/1.0 200 OK\r\n\r\nhello").reset(10ms),
         .status = 200,
         .bodyBytes = 5,
         .direct = Direct{.failure = Closed, .status = 200, .bodyBytes = 5, .words = kResetWords}},
        {.name = "HTTP/1.0 without end",
         .answer = says("HTTP/1.0 200 OK\r\n\r\nhello"),
         .failure = Timeout,
         .status = 200,
         .bodyBytes = 5},
        {.name = "SSH", .answer = says("SSH-2.0-OpenSSH_9.2p1\r\n"), .failure = Closed, .resends = 3,
         .direct = refused("HTTP/")},
        {.name = "four bytes of garbage", .answer = says("\xde\xad\xbe\xef"), .failure = FirstByteTimeout,
         .direct = refused("HTTP/")},
        {.name = "garbage without end",
         .answer = ServerScript().repeat(QByteArray(64 * 1024, '\xa5')),
         .failure = Closed,
         .resends = 3,
         .direct = refused("HTTP/")},
        {.name = "blank lines without end",
         .answer = ServerScript().repeat(QByteArray("\r\n").repeated(4096)),
         .failure = FirstByteTimeout,
         .direct = refused("longer than 256 KiB")},
        {.name = "TLS on a plain port",
         .answer = says(QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7)),
         .failure = Closed,
         .resends = 3,
         .direct = refused("HTTP/")},
        {.name = "plain bytes on TLS",
         .greeting = says("HTTP/1.1 400 Not TLS\r\n\r\n"),
         .failure = Tls,
         .where = Where::Https},
        {.name = "closed in the handshake",
         .greeting = ServerScript().close(10ms),
         .failure = Closed,
         .where = Where::Https},
        {.name = "reset in the handshake",
         .greeting = ServerScript().reset(10ms),
         .failure = Closed,
         .where = Where::Https},
        {.name = "silence in the handshake", .failure = ConnectTimeout, .where = Where::Https},
    };
}

Rows silences()
{
    ServerScript drip = says(kOk + "Content-Length: 1000\r\n\r\n");
    ServerScript dripHead = says(kOk);
    for (int i = 0; i < 1000; ++i) { // 5 s in all, a byte each 5 ms: an inactivity timer would never ring
        drip.send("x", 5ms);
        dripHead.send("x", 5ms);
    }
    return {
        {.name = "no answer", .failure = FirstByteTimeout},
        {.name = "silence in the status line", .answer = says("HTTP/1.1 2"), .failure = FirstByteTimeout},
        {.name = "silence in the head", .answer = says(kOk + "Content-"), .failure = FirstByteTimeout},
        {.name = "dripping head", .answer = dripHead, .failure = FirstByteTimeout},
        {.name = "dripping body", .answer = drip, .failure = Timeout, .status = 200, .bodyBytes = {1, 60}},
        {.name = "half a body, then silence", .answer = says(kTen), .failure = Timeout, .status = 200, .bodyBytes = 5},
    };
}

Rows encodings()
{
    // Qt is told to unpack nothing, so a body stays what was transferred, however it is labelled.
    const auto labelled = [](const QByteArray &encoding, const QByteArray &body) {
        return ServerScript::answer("200 OK", body, "Content-Encoding: " + encoding + "\r\n");
    };
    const QByteArray bomb = qCompress(QByteArray(10'000'000, 'x')).sliced(4); // without qCompress's own length: 10 KB
    return {
        {.name = "bomb: 10 MB deflated",
         .answer = labelled("deflate", bomb),
         .status = 200,
         .bodyBytes = std::uint64_t(bomb.size()),
         .next = Next::Reuses},
        {.name = "gzip that is none",
         .answer = labelled("gzip", "hello"),
         .status = 200,
         .bodyBytes = 5,
         .next = Next::Reuses},
        {.name = "unknown encoding",
         .answer = labelled("zebra", "hello"),
         .status = 200,
         .bodyBytes = 5,
         .next = Next::Reuses},
    };
}

// What comes at once is dropped with its connection. Direct closes an idle connection on which something comes. For Qt, what
// comes while the connection is idle is not looked at until the next request was sent, and is then taken for its answer:
// HTTP/1.1 has no numbers by which to know better.
Rows surpluses()
{
    const QByteArray ok = kOk + "Content-Length: 5\r\n\r\nhello";
    return {
        {.name = "two answers for one request", .answer = says(ok + ok), .status = 200, .bodyBytes = 5},
        {.name = "second answer later",
         .answer = says(ok).send("HTTP/1.1 500 Late\r\nContent-Length: 4\r\n\r\nlate", 20ms),
         .status = 200,
         .bodyBytes = 5,
         .next = Next::Reuses,
         .nextStatus = 500,
         .direct = Direct{.status = 200, .bodyBytes = 5}},
        {.name = "answer before the request",
         .greeting = says(ok),
         .status = 200,
         .bodyBytes = 5,
         .next = Next::Reuses},
        {.name = "more bytes than announced", .answer = says(ok + "!!!"), .status = 200, .bodyBytes = 5},
    };
}

} // namespace

Misbehavior Misbehavior::seenBy(const QString &transport) const
{
    Misbehavior seen = *this;
    if (transport != QLatin1String("direct"))
        return seen;
    seen.resends = 0;
    if (!direct)
        return seen;
    seen.failure = direct->failure;
    seen.status = direct->status;
    seen.bodyBytes = direct->bodyBytes;
    seen.next = direct->next;
    seen.nextStatus = 200; // what comes between two requests is nobody's
    seen.words = direct->words;
    return seen;
}

std::vector<Misbehavior> misbehaviors()
{
    Rows all;
    for (const Rows &rows : {endings(), lengths(), chunks(), heads(), statuses(), interim(), otherProtocols(),
                             silences(), encodings(), surpluses()})
        all.insert(all.end(), rows.begin(), rows.end());
    return all;
}

} // namespace Headroom
