// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/answerparser.h"

#include <QTest>

using namespace Headroom;

namespace {

using Progress = AnswerParser::Progress;

/// What a parser made of bytes.
struct Reading
{
    Progress progress = Progress::NeedsMore;
    bool hasHead = false;
    bool isKept = false;
    qsizetype surplus = 0; ///< Behind a complete answer.
    QString problem;
    Exchange exchange;

    /// In words that can be compared at once.
    QString summary() const
    {
        QStringList words{progress == Progress::Complete     ? QStringLiteral("complete")
                              : progress == Progress::Broken ? QStringLiteral("broken")
                                                             : QStringLiteral("open"),
                          QString::number(exchange.status), QStringLiteral("%1 bytes").arg(exchange.bytesIn)};
        if (hasHead)
            words += QStringLiteral("head");
        if (isKept)
            words += QStringLiteral("kept");
        if (surplus > 0)
            words += QStringLiteral("%1 over").arg(surplus);
        return words.join(u' ');
    }
};

/// Everything is wanted of the answer.
HttpRequest curious()
{
    return {.method = "GET",
            .url = {},
            .headers = {},
            .body = {},
            .timeouts = {},
            .wantsHeaders = true,
            .wantsBody = true,
            .wantsCookies = true};
}

Reading read(QByteArrayView bytes, qsizetype piece, bool isHead, bool isEnd, const HttpRequest &request = curious())
{
    Reading made;
    AnswerKeeper keeper;
    AnswerParser parser;
    keeper.begin(request, made.exchange);
    parser.begin(keeper, isHead);
    while (made.progress == Progress::NeedsMore && !bytes.isEmpty()) {
        const QByteArray own = bytes.first(std::min(piece, bytes.size())).toByteArray(); // gone after each
        made.progress = parser.take(own);
        bytes = bytes.sliced(made.progress == Progress::Complete ? qsizetype(parser.taken()) : own.size());
    }
    if (made.progress == Progress::NeedsMore && isEnd)
        made.progress = parser.takeEnd();
    keeper.end();
    made.hasHead = parser.hasHead();
    made.isKept = made.progress == Progress::Complete && parser.isConnectionKept();
    made.surplus = made.progress == Progress::Complete ? bytes.size() : 0;
    made.problem = parser.problem();
    return made;
}

const QByteArray kOk = "HTTP/1.1 200 OK\r\n";

} // namespace

class AnswerParserTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWholeAndInPieces_data();
    void readsWholeAndInPieces();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void keepsHeadersThatComeInPieces();
    void givesNoTrailersAndNothingOfInterimAnswers();
    void bordersAHead();
    void takesTheNextAnswerBehindOneThatWasCut();
};

void AnswerParserTest::readsWholeAndInPieces_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("isHead");
    QTest::addColumn<bool>("isEnd");
    const auto row = [](const char *name, const QByteArray &bytes, const char *expected, bool isHead = false,
                        bool isEnd = false) {
        QTest::newRow(name) << bytes << QString::fromLatin1(expected) << isHead << isEnd;
    };
    const QByteArray five = kOk + "Content-Length: 5\r\n";
    const QByteArray chunked = kOk + "Transfer-Encoding: chunked\r\n\r\n";
    row("with a length", five + "\r\nhello", "complete 200 5 bytes head kept");
    row("not all yet", five + "\r\nhell", "open 200 4 bytes head");
    row("without a body", kOk + "Content-Length: 0\r\n\r\n", "complete 200 0 bytes head kept");
    row("more than its length", five + "\r\nhello!!", "complete 200 5 bytes head kept 2 over");
    row("two at once", five + "\r\nhello" + five + "\r\nhello",
        "complete 200 5 bytes head kept 43 over"); // 17 + 19 + 2 + 5
    row("no phrase", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "complete 200 0 bytes head kept");
    row("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", "complete 200 2 bytes head kept");
    row("chunks", chunked + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "complete 200 5 bytes head kept");
    row("chunks with an extension and a trailer", chunked + "A;x=\"y\"\r\n0123456789\r\n0\r\nSum: 1\r\n\r\n",
        "complete 200 10 bytes head kept");
    row("chunks and more", chunked + "1\r\na\r\n0\r\n\r\nx", "complete 200 1 bytes head kept 1 over");
    row("interim answers first",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + five + "\r\nhello",
        "complete 200 5 bytes head kept");
    row("an interim answer alone", "HTTP/1.1 100 Continue\r\n\r\n", "open 0 0 bytes");
    row("an interim answer, and the end", "HTTP/1.1 100 Continue\r\n\r\n", "broken 0 0 bytes", false, true);
    row("to HEAD", five + "\r\n", "complete 200 0 bytes head kept", true);
    row("to HEAD, in chunks", chunked, "complete 200 0 bytes head kept", true);
    row("to HEAD, with a body all the same", five + "\r\nhello", "complete 200 0 bytes head kept 5 over", true);
    row("to HEAD, without a length", kOk + "\r\n", "complete 200 0 bytes head kept", true);
    row("204", "HTTP/1.1 204 No Content\r\n\r\n", "complete 204 0 bytes head kept");
    row("304 with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
        "complete 304 0 bytes head kept");
    row("up to the end", kOk + "\r\nhello", "complete 200 5 bytes head", false, true);
    row("up to the end, which is not there yet", kOk + "\r\nhello", "open 200 5 bytes head");
    row("an end in a length", five + "\r\nhell", "broken 200 4 bytes head", false, true);
    row("an end in a chunk", chunked + "5\r\nhel", "broken 200 3 bytes head", false, true);
    row("an end between chunks", chunked + "5\r\nhello\r\n", "broken 200 5 bytes head", false, true);
    row("an end in a trailer", chunked + "0\r\nSum", "broken 200 0 bytes head", false, true);
    row("an end in the head", five, "broken 200 0 bytes", false, true);
    row("an end at once", "", "broken 0 0 bytes", false, true);
    row("told to close", five + "Connection: close\r\n\r\nhello", "complete 200 5 bytes head");
    row("told to close among others", five + "Connection: foo, Close\r\n\r\nhello", "complete 200 5 bytes head");
    row("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", "complete 200 5 bytes head");
    row("HTTP/1.0 that is kept", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello",
        "complete 200 5 bytes head kept");
    row("status 999", "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", "complete 999 0 bytes head kept");
}

void AnswerParserTest::readsWholeAndInPieces()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);
    QFETCH(bool, isHead);
    QFETCH(bool, isEnd);
    const Reading whole = read(bytes, std::max<qsizetype>(1, bytes.size()), isHead, isEnd);
    QCOMPARE(whole.summary(), expected);
    QVERIFY2(whole.problem.isEmpty(), qPrintable(whole.problem));
    for (qsizetype piece = 1; piece < bytes.size(); ++piece) {
        const Reading inPieces = read(bytes, piece, isHead, isEnd);
        QCOMPARE(inPieces.summary(), expected);
        QCOMPARE(inPieces.exchange.body, whole.exchange.body);
        QCOMPARE(inPieces.exchange.headers, whole.exchange.headers);
    }
}

void AnswerParserTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &bytes, const char *words, int status = 200) {
        QTest::newRow(name) << bytes << QString::fromLatin1(words) << status;
    };
    row("not HTTP", "SSH-2.0-OpenSSH_9.6\r\n", "Expected HTTP/", 0);
    row("HTTP/2 in plain", QByteArray("\0\0\0\4\0\0\0\0\0", 9), "Expected HTTP/", 0);
    row("an unknown version", "HTTP/7.1 200 OK\r\n\r\n", "version", 0);
    row("a status of letters", "HTTP/1.1 two OK\r\n\r\n", "status", 0);
    row("a status of two digits", "HTTP/1.1 20 OK\r\n\r\n", "status", 0);
    row("a status below 100", "HTTP/1.1 099 Odd\r\n\r\n", "status 99", 99);
    row("another protocol", "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
        "status 101", 101);
    row("another protocol, unnamed", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "status 101", 101);
    row("a length that is none", kOk + "Content-Length: five\r\n\r\n", "Content-Length");
    row("a negative length", kOk + "Content-Length: -5\r\n\r\n", "Content-Length");
    row("a length beyond 64 bits", kOk + "Content-Length: 99999999999999999999\r\n\r\n", "Content-Length");
    row("two lengths", kOk + "Content-Length: 5\r\nContent-Length: 3\r\n\r\n", "Content-Length");
    row("a length and chunks", kOk + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", "Content-Length");
    row("a chunk's length that is none", kOk + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", "chunk size");
    row("a chunk without its line end", kOk + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc", "chunk data");
    row("a blank before the colon", kOk + "Content-Length : 5\r\n\r\nhello", "header");
    row("a header without a colon", kOk + "Content-Length\r\n\r\n", "header");
    row("a folded header", kOk + "X: a\r\n b\r\n\r\n", "header");
    row("a zero in a header", kOk + QByteArray("X: a\0b\r\n\r\n", 10), "header");
    row("a bare carriage return", kOk + "X: a\rY: b\r\n\r\n", "LF");
}

void AnswerParserTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    QFETCH(int, status);
    for (const qsizetype piece : {bytes.size(), qsizetype(1), qsizetype(7)}) {
        const Reading made = read(bytes, piece, false, false);
        QCOMPARE(made.progress, Progress::Broken);
        QVERIFY2(made.problem.contains(words), qPrintable(made.problem));
        QCOMPARE(made.exchange.status, status);
        QVERIFY(!made.isKept);
    }
}

void AnswerParserTest::keepsHeadersThatComeInPieces()
{
    const QByteArray bytes = kOk
        + "content-type:   text/plain \r\nSet-Cookie: a=1\r\nX-Empty:\r\nSET-COOKIE: b=2\r\nContent-Length: "
          "2\r\n\r\nhi";
    for (qsizetype piece = 1; piece <= bytes.size(); ++piece) {
        const Exchange exchange = read(bytes, piece, false, false).exchange;
        QCOMPARE(exchange.contentType, "text/plain");
        QCOMPARE(exchange.setCookies, (QList<QByteArray>{"a=1", "b=2"}));
        QCOMPARE(exchange.headers.size(), 5u);
        QCOMPARE(exchange.headers[2], (std::pair<QByteArray, QByteArray>("X-Empty", "")));
        QCOMPARE(exchange.body, "hi");
    }
}

void AnswerParserTest::givesNoTrailersAndNothingOfInterimAnswers()
{
    const QByteArray bytes = "HTTP/1.1 103 Early Hints\r\nSet-Cookie: early=1\r\n\r\n" + kOk
        + "Transfer-Encoding: chunked\r\nTrailer: Set-Cookie\r\n\r\n1\r\na\r\n0\r\nSet-Cookie: late=1\r\n\r\n";
    for (const qsizetype piece : {bytes.size(), qsizetype(1)}) {
        const Reading made = read(bytes, piece, false, false);
        QCOMPARE(made.progress, Progress::Complete);
        QVERIFY(made.exchange.setCookies.isEmpty());
        QCOMPARE(made.exchange.headers.size(), 2u);
    }
}

/// An endless head ends, and endless interim answers too; a body may be of any length.
void AnswerParserTest::bordersAHead()
{
    constexpr qsizetype kPiece = 16 * 1024; // 17 of them are too many
    const QByteArray endless = kOk + "X: " + QByteArray(17 * kPiece, 'x');
    const Reading head = read(endless, kPiece, false, false);
    QCOMPARE(head.progress, Progress::Broken);
    QCOMPARE(head.problem, QStringLiteral("its head is longer than 256 KiB"));
    const Reading interim =
        read(QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(17 * kPiece / 25 + 1), kPiece, false, false);
    QCOMPARE(interim.progress, Progress::Broken);
    const QByteArray body(20 * kPiece, 'x');
    const Reading big =
        read(kOk + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body, kPiece, false, false);
    QCOMPARE(big.progress, Progress::Complete);
    QCOMPARE(big.exchange.bytesIn, std::uint64_t(body.size()));
}

void AnswerParserTest::takesTheNextAnswerBehindOneThatWasCut()
{
    AnswerParser parser;
    const HttpRequest request = curious();
    Exchange first;
    AnswerKeeper keeper;
    keeper.begin(request, first);
    parser.begin(keeper, false);
    QCOMPARE(parser.take(kOk + "X-Half"), Progress::NeedsMore);
    Exchange second;
    keeper.begin(request, second);
    parser.begin(keeper, false);
    QVERIFY(!parser.hasHead());
    QCOMPARE(parser.take("HTTP/1.1 404 Gone\r\nA: b\r\nContent-Length: 0\r\n\r\n"), Progress::Complete);
    QCOMPARE(second.status, 404);
    QCOMPARE(second.headers.front(), (std::pair<QByteArray, QByteArray>("A", "b")));
    QCOMPARE(first.status, 200);
}

QTEST_GUILESS_MAIN(AnswerParserTest)
#include "tst_answerparser.moc"
