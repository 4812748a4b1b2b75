// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/bodydecoder.h"
#include "core/http/exchange.h"

#include <QTest>

#include <zlib.h>

using namespace Headroom;

namespace {

constexpr qsizetype kMost = Exchange::kMaxBody;

// {"id":7}
const QByteArray kText = R"({"id":7})";
const QByteArray kGzip = QByteArray::fromHex("1f8b0800000000000203ab56ca4c51b232af0500435f071208000000");
const QByteArray kDeflate = QByteArray::fromHex("789cab56ca4c51b232af05000b59027b");
const QByteArray kRaw = QByteArray::fromHex("ab56ca4c51b232af0500");
const QByteArray kBrotli = QByteArray::fromHex("8b03807b226964223a377d03");
// 16 MiB of x, and one more
const QByteArray kMostBrotli = QByteArray::fromHex("cbffff3ff825f0e2b14020f7fe2ffffffff04b00c4611180eefd1f");
const QByteArray kBombBrotli = QByteArray::fromHex("cbffff3ff825f0e2b14020f7fe8fffff7ff04b00c4611180eefd1f0000027803");

/// So many times x; `windowBits` as of deflateInit2().
QByteArray packed(qsizetype count, int windowBits)
{
    const QByteArray plain(count, 'x');
    QByteArray bytes(qsizetype(compressBound(uLong(count))) + 64, Qt::Uninitialized);
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.constData()));
    stream.avail_in = uInt(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(bytes.data());
    stream.avail_out = uInt(bytes.size());
    deflate(&stream, Z_FINISH);
    bytes.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return bytes;
}

QByteArray flipped(QByteArray bytes, qsizetype at)
{
    bytes[at] = char(bytes[at] ^ 0x55);
    return bytes;
}

} // namespace

class BodyDecoderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decodes_data();
    void decodes();
    void saysWhyItCannot_data();
    void saysWhyItCannot();
    void isNeverLongerThanAllowed_data();
    void isNeverLongerThanAllowed();
    void answersWhateverTheBytes_data();
    void answersWhateverTheBytes();
};

void BodyDecoderTest::decodes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("codings");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("not at all") << kText << QByteArray() << kText;
    QTest::newRow("identity") << kText << QByteArray("identity") << kText;
    QTest::newRow("gzip") << kGzip << QByteArray("gzip") << kText;
    QTest::newRow("gzip by its old name, in capitals") << kGzip << QByteArray(" X-GZIP ") << kText;
    QTest::newRow("gzip in two members") << kGzip + kGzip << QByteArray("gzip") << kText + kText;
    QTest::newRow("deflate") << kDeflate << QByteArray("deflate") << kText;
    QTest::newRow("deflate without its head") << kRaw << QByteArray("deflate") << kText;
    QTest::newRow("Brotli") << kBrotli << QByteArray("br") << kText;
    QTest::newRow("nothing") << QByteArray() << QByteArray("gzip") << QByteArray();
    const QByteArray twice = QByteArray::fromHex( // Brotli of kGzip, as it is: a meta-block without compression
                                 "8b0d80")
        + kGzip + QByteArray::fromHex("03");
    QTest::newRow("gzip, then Brotli") << twice << QByteArray("gzip, br") << kText;
    QTest::newRow("a mebibyte") << packed(1024 * 1024, MAX_WBITS + 16) << QByteArray("gzip")
                                << QByteArray(1024 * 1024, 'x');
}

void BodyDecoderTest::decodes()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, codings);
    QFETCH(QByteArray, text);
    const auto decoded = decodedBody(body, codings, kMost);
    QVERIFY2(decoded, qPrintable(decoded ? QString() : decoded.error()));
    QCOMPARE(*decoded, text);
}

void BodyDecoderTest::saysWhyItCannot_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("codings");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const QByteArray &body, const char *codings, const char *why) {
        QTest::newRow(name) << body << QByteArray(codings) << QString::fromLatin1(why);
    };
    const char *cutGzip = "the body is cut off: the end of its gzip is missing";
    const char *noGzip = "the body is damaged: it says that it is gzip, and is not";
    row("unknown coding", kText, "zstd",
        "the body is encoded ('zstd'), and only gzip, deflate and br can be looked into; ask for one of them in the "
        "header "
        "Accept-Encoding");
    row("too many codings", kText, "br, br, br, br, br", "the body is encoded 5 times and is not looked into");
    row("plain text as gzip", kText, "gzip", noGzip);
    row("gzip cut in its head", kGzip.first(5), "gzip", cutGzip);
    row("gzip cut in its middle", kGzip.first(15), "gzip", cutGzip);
    row("gzip without its sum", kGzip.chopped(8), "gzip", cutGzip);
    row("gzip with another sum", flipped(kGzip, kGzip.size() - 5), "gzip", noGzip);
    row("gzip with something behind it", kGzip + "more", "gzip", noGzip);
    row("second member cut off", kGzip + kGzip.first(12), "gzip", cutGzip);
    row("deflate with another sum", flipped(kDeflate, kDeflate.size() - 1), "deflate",
        "the body is damaged: it says that it is deflate, and is not");
    row("deflate with something behind it", kDeflate + "more", "deflate",
        "the body is damaged: it says that it is deflate, and is not");
    row("deflate cut off", kDeflate.chopped(6), "deflate", "the body is cut off: the end of its deflate is missing");
    row("Brotli cut off", kBrotli.chopped(3), "br", "the body is cut off: the end of its br is missing");
    row("Brotli with something behind it", kBrotli + "more", "br",
        "the body is damaged: it says that it is br, and is not");
    row("plain text as Brotli", "HTTP", "br", "the body is damaged: it says that it is br, and is not");
}

void BodyDecoderTest::saysWhyItCannot()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, codings);
    const auto decoded = decodedBody(body, codings, kMost);
    QVERIFY(!decoded);
    QTEST(decoded.error(), "why");
}

void BodyDecoderTest::isNeverLongerThanAllowed_data()
{
    QTest::addColumn<QByteArray>("most"); // 16 MiB
    QTest::addColumn<QByteArray>("bomb"); // one byte more
    QTest::addColumn<QByteArray>("codings");
    QTest::newRow("gzip") << packed(kMost, MAX_WBITS + 16) << packed(kMost + 1, MAX_WBITS + 16) << QByteArray("gzip");
    QTest::newRow("deflate") << packed(kMost, MAX_WBITS) << packed(kMost + 1, MAX_WBITS) << QByteArray("deflate");
    QTest::newRow("Brotli") << kMostBrotli << kBombBrotli << QByteArray("br");
}

void BodyDecoderTest::isNeverLongerThanAllowed()
{
    QFETCH(QByteArray, most);
    QFETCH(QByteArray, bomb);
    QFETCH(QByteArray, codings);
    const auto decoded = decodedBody(most, codings, kMost);
    QVERIFY2(decoded, qPrintable(decoded ? QString() : decoded.error()));
    QVERIFY(*decoded == QByteArray(kMost, 'x'));
    const auto exploded = decodedBody(bomb, codings, kMost);
    QVERIFY(!exploded);
    QCOMPARE(exploded.error(), QStringLiteral("the decoded body is longer than 16.0 MiB and is not looked into"));
}

void BodyDecoderTest::answersWhateverTheBytes_data()
{
    QTest::addColumn<QByteArray>("good");
    QTest::addColumn<QByteArray>("codings");
    QTest::newRow("gzip") << kGzip << QByteArray("gzip");
    QTest::newRow("deflate") << kDeflate << QByteArray("deflate");
    QTest::newRow("raw deflate") << kRaw << QByteArray("deflate");
    QTest::newRow("Brotli") << kBrotli << QByteArray("br");
}

void BodyDecoderTest::answersWhateverTheBytes()
{
    QFETCH(QByteArray, good);
    QFETCH(QByteArray, codings);
    for (qsizetype at = 0; at < good.size(); ++at) {
        QVERIFY(decodedBody(good.first(at), codings, kMost) != kText || at == 0);
        for (int byte = 0; byte < 256; ++byte) {
            QByteArray changed = good;
            changed[at] = char(byte);
            if (const auto decoded = decodedBody(changed, codings, 1000))
                QVERIFY(decoded->size() <= 1000);
        }
    }
}

QTEST_GUILESS_MAIN(BodyDecoderTest)
#include "tst_bodydecoder.moc"
