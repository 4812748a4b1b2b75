// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/stats/bytestream.h"
#include "core/stats/histogramcodec.h"

#include <QTest>

#include <bit>

using namespace Headroom;

namespace {

/// Bytes as another tool would write them; every field can lie.
struct Foreign
{
    quint32 cookie = 0x1c849314;
    quint32 innerCookie = 0x1c849313;
    int lengthError = 0;
    int innerLengthError = 0;
    quint32 offset = 0;
    qint32 digits = 3;
    qint64 lowest = 1;
    qint64 highest = 3'600'000'000;
    double ratio = 1.0;
    QByteArray counters = QByteArray::fromHex("cf0f04"); // 1,000 zeros and a 2: twice 1,000 us
    QByteArray behindStream = {}; // but within the announced length
    QByteArray trailer = {};

    QByteArray bytes() const
    {
        ByteWriter inner(0);
        inner.number(innerCookie);
        inner.number(quint32(counters.size() + innerLengthError));
        inner.number(offset);
        inner.number(digits);
        inner.number(lowest);
        inner.number(highest);
        inner.number(std::bit_cast<quint64>(ratio));
        inner.append(counters);
        const QByteArray packed = qCompress(inner.bytes()).sliced(4) + behindStream; // behind qCompress()'s own length
        ByteWriter outer(0);
        outer.number(cookie);
        outer.number(quint32(packed.size() + lengthError));
        outer.append(packed);
        outer.append(trailer);
        return outer.bytes();
    }
};

QByteArray zigZags(std::initializer_list<std::int64_t> values)
{
    ByteWriter writer(0);
    for (const std::int64_t value : values)
        writer.zigZag(value);
    return writer.bytes();
}

QByteArray trailer(Nanoseconds min, Nanoseconds max, double sum, quint64 clamped)
{
    ByteWriter writer(0);
    writer.number(quint8('h'));
    writer.zigZag(min.count());
    writer.zigZag((max - min).count());
    writer.zigZag(std::int64_t(sum));
    writer.zigZag(std::int64_t(clamped));
    return writer.bytes();
}

HdrHistogram mixed()
{
    HdrHistogram histogram;
    for (std::uint64_t i = 0; i < 500; ++i)
        histogram.record(Nanoseconds(1'000'000 + randomAt(1, i) % 50'000'000));
    histogram.record(20ns);
    histogram.record(3h, 1'000'000);
    return histogram;
}

} // namespace

class HistogramCodecTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyHistogramIsNoBytes();
    void writesTheBytesOfTheV2Encoding();
    void readsWhatItWrote_data();
    void readsWhatItWrote();
    void readsPlainBytesOfOtherTools();
    void fitsOtherLayoutsIntoOurs_data();
    void fitsOtherLayoutsIntoOurs();
    void clampsAndCountsForeignValuesOutside();
    void readsAnEmptyHistogramOfOtherTools();
    void refusesHostileBytes_data();
    void refusesHostileBytes();
    void refusesAllThatIsCutOff();
    void survivesEveryBrokenByte();
    void refusesACompressionBomb();
    void mergesWhatItReads();
    void mergingDamagedBytesChangesNothing();
};

void HistogramCodecTest::emptyHistogramIsNoBytes()
{
    QVERIFY(encodeHistogram(HdrHistogram()).isEmpty());
    const auto histogram = decodeHistogram({});
    QVERIFY(histogram && *histogram == HdrHistogram());
}

void HistogramCodecTest::writesTheBytesOfTheV2Encoding()
{
    HdrHistogram histogram;
    histogram.record(1ms, 2); // counter 1,000
    histogram.record(1002us); // counter 1,002: one zero between
    const QByteArray bytes = encodeHistogram(histogram);
    QCOMPARE(bytes.first(4).toHex(), QByteArray("1c849314"));

    const auto packedSize = qFromBigEndian<quint32>(bytes.constData() + 4);
    ByteWriter forQt(0);
    forQt.number(quint32(64)); // expected size, which qUncompress() wants in front
    forQt.append(bytes.sliced(8, packedSize));
    QCOMPARE(
        qUncompress(forQt.bytes()).toHex(" "[0]),
        QByteArray("1c 84 93 13 00 00 00 05 00 00 00 00 00 00 00 03 " // cookie, 5 bytes of counters, offset, digits
                   "00 00 00 00 00 00 00 01 00 00 00 00 d6 93 a4 00 " // 1, 3,600,000,000
                   "3f f0 00 00 00 00 00 00 " // 1.0
                   "cf 0f 04 00 02")); // -1000, 2, one zero, 1
    QCOMPARE(bytes.sliced(8 + packedSize), trailer(1ms, 1002us, 3'002'000, 0));
    QCOMPARE(bytes.sliced(8 + packedSize).toHex(), QByteArray("6880897aa01fa0baee0200"));
}

void HistogramCodecTest::readsWhatItWrote_data()
{
    QTest::addColumn<HdrHistogram>("histogram");
    const auto row = [](const char *name, std::initializer_list<std::pair<Nanoseconds, std::uint32_t>> values) {
        HdrHistogram histogram;
        for (const auto &[value, times] : values)
            histogram.record(value, times);
        QTest::newRow(name) << histogram;
    };
    row("one value", {{1'234'567ns, 1}});
    row("borders of the range", {{1us, 1}, {1h, 1}});
    row("all outside", {{0ns, 3}, {5h, 4}});
    row("full counters", {{1us, UINT32_MAX}, {1ms, UINT32_MAX}, {1h, UINT32_MAX}});
    row("neighbours and single zeros", {{5us, 1}, {6us, 1}, {8us, 1}, {11us, 1}});
    QTest::newRow("mixed") << mixed();
}

void HistogramCodecTest::readsWhatItWrote()
{
    QFETCH(HdrHistogram, histogram);
    const auto read = decodeHistogram(encodeHistogram(histogram));
    QVERIFY2(read, qPrintable(read ? QString() : read.error().text()));
    QVERIFY(*read == histogram);
}

void HistogramCodecTest::readsPlainBytesOfOtherTools()
{
    const auto histogram = decodeHistogram(Foreign().bytes());
    QVERIFY2(histogram, qPrintable(histogram ? QString() : histogram.error().text()));
    HdrHistogram expected;
    expected.record(1ms, 2);
    QVERIFY(*histogram == expected);
}

void HistogramCodecTest::fitsOtherLayoutsIntoOurs_data()
{
    QTest::addColumn<int>("digits");
    QTest::addColumn<qint64>("lowest");
    QTest::addColumn<qint64>("highest");
    QTest::addColumn<int>("zeros");
    QTest::addColumn<qint64>("microseconds");
    // 2 digits: 256 single values, then 128 pairs: 300 zeros, so counter 300 = pair 300 - 128 = 172: 344 and 345 us.
    QTest::newRow("2 digits") << 2 << qint64(1) << qint64(60'000'000) << 300 << qint64(345);
    // Lowest 1000: units of 512 us; counter 4 holds 2048 to 2559 us.
    QTest::newRow("coarse unit") << 3 << qint64(1000) << qint64(60'000'000) << 4 << qint64(2559);
    // 0 digits: 2 single values, then one counter for each power of two: counter 5 holds 16 to 31 us.
    QTest::newRow("no digits") << 0 << qint64(1) << qint64(1000) << 5 << qint64(31);
}

void HistogramCodecTest::fitsOtherLayoutsIntoOurs()
{
    QFETCH(int, digits);
    QFETCH(qint64, lowest);
    QFETCH(qint64, highest);
    QFETCH(int, zeros);
    QFETCH(qint64, microseconds);
    const Foreign foreign{.digits = digits, .lowest = lowest, .highest = highest, .counters = zigZags({-zeros, 7})};
    const auto histogram = decodeHistogram(foreign.bytes());
    QVERIFY2(histogram, qPrintable(histogram ? QString() : histogram.error().text()));
    HdrHistogram expected;
    expected.record(std::chrono::microseconds(microseconds), 7);
    QVERIFY(*histogram == expected);
}

void HistogramCodecTest::clampsAndCountsForeignValuesOutside()
{
    // Counter 0 stands for 0 us; the last one, 23,551, begins at 2047 * 2^21 = 4,292,870,144 us.
    const auto histogram = decodeHistogram(Foreign{.counters = zigZags({1, -23'550, 2})}.bytes());
    QVERIFY(histogram);
    QCOMPARE(histogram->count(), std::uint64_t(3));
    QCOMPARE(histogram->clamped(), std::uint64_t(3));
    QCOMPARE(histogram->min(), 0ns);
    QCOMPARE(histogram->max(), Nanoseconds(4'292'870'144us));
}

void HistogramCodecTest::readsAnEmptyHistogramOfOtherTools()
{
    const auto histogram = decodeHistogram(Foreign{.counters = zigZags({0})}.bytes());
    QVERIFY(histogram && histogram->isEmpty());
}

void HistogramCodecTest::refusesHostileBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const Foreign &foreign, const char *reason) {
        QTest::newRow(name) << foreign.bytes() << QString::fromLatin1(reason);
    };
    QTest::newRow("one byte") << QByteArray("x") << QStringLiteral("do not begin");
    row("other cookie", {.cookie = 0x1c849302}, "do not begin");
    row("other cookie inside", {.innerCookie = 0x1c849301}, "do not begin");
    row("length beyond the end", {.lengthError = 1}, "cut off");
    row("length of nearly 2^32", {.lengthError = -1000}, "cut off");
    row("length too short", {.lengthError = -1}, "compressed part");
    QTest::newRow("not compressed") << QByteArray::fromHex("1c849314000000041c849313")
                                    << QStringLiteral("compressed part");
    row("more behind the compressed part", {.behindStream = "x"}, "compressed part");
    row("counters longer than announced", {.innerLengthError = -1}, "length of the counters");
    row("counters shorter than announced", {.innerLengthError = 1}, "length of the counters");
    row("shifted", {.offset = 1}, "shifted");
    row("scaled", {.ratio = 0.001}, "scaled");
    row("4 digits", {.digits = 4}, "another range");
    row("digits below 0", {.digits = -1}, "another range");
    row("lowest 0", {.lowest = 0}, "another range");
    row("lowest of 2^63 - 1", {.lowest = INT64_MAX}, "another range");
    row("highest above 1 h", {.highest = 3'600'000'001}, "another range");
    row("highest below lowest", {.lowest = 1000, .highest = 999}, "another range");
    row("counter cut off", {.counters = QByteArray::fromHex("cf")}, "is cut off");
    row("counter of 2^32", {.counters = zigZags({4'294'967'296})}, "exceeds 32 bits");
    row("zeros beyond the last counter", {.counters = zigZags({-23'553})}, "more counters");
    row("counter behind the last", {.counters = zigZags({-23'552, 1})}, "more counters");
    row("2^63 zeros", {.counters = zigZags({INT64_MIN})}, "more counters");
    row("2^63 zeros after some", {.counters = zigZags({-100, 1, INT64_MIN})}, "more counters");
    row("short trailer", {.trailer = trailer(1ms, 1ms, 2e6, 0).chopped(1)}, "what follows");
    row("long trailer", {.trailer = trailer(1ms, 1ms, 2e6, 0) + 'x'}, "what follows");
    row("other trailer", {.trailer = QByteArray(12, 'x')}, "what follows");
    row("trailer without a number", {.trailer = "h"}, "what follows");
    row("trailer without a sum", {.trailer = "H" + zigZags({1'000'000, 0, 0, 0})}, "what follows");
    row("minimum below 0", {.trailer = "h" + zigZags({-1, 1'000'001, 2'000'000, 0})}, "what follows");
    row("maximum below the minimum", {.trailer = "h" + zigZags({1'000'000, -1, 2'000'000, 0})}, "what follows");
    row("maximum beyond all numbers", {.trailer = "h" + zigZags({1'000'000, INT64_MAX, 2'000'000, 0})}, "what follows");
    row("clamped below 0", {.trailer = "h" + zigZags({1'000'000, 0, 2'000'000, -1})}, "what follows");
    row("sum that is no number", {.trailer = "H" + zigZags({1'000'000, 0}) + QByteArray(8, '\xff') + '\0'}, "contradict");
    row("our trailer behind another layout", {.highest = 3'599'999'999, .trailer = trailer(1ms, 1ms, 2e6, 0)},
        "what follows");
    row("trailer that contradicts", {.trailer = trailer(1ms, 2ms, 3e6, 0)}, "contradict");
}

void HistogramCodecTest::refusesHostileBytes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    const auto histogram = decodeHistogram(bytes);
    QVERIFY(!histogram);
    QCOMPARE(histogram.error().code, Error::Code::InvalidInput);
    QVERIFY2(histogram.error().message.contains(reason), qPrintable(histogram.error().message));
}

void HistogramCodecTest::refusesAllThatIsCutOff()
{
    const QByteArray bytes = encodeHistogram(mixed());
    for (qsizetype size = 1; size < bytes.size(); ++size) {
        const bool isPlain = size == plainHistogram(bytes).size(); // all but our trailer is what other tools write
        QCOMPARE(decodeHistogram(bytes.first(size)).has_value(), isPlain);
    }
}

void HistogramCodecTest::survivesEveryBrokenByte()
{
    const QByteArray bytes = encodeHistogram(mixed());
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        for (const char bit : {'\x01', '\x10', '\x80', '\xff'}) {
            QByteArray broken = bytes;
            broken[i] = char(broken[i] ^ bit);
            const auto histogram = decodeHistogram(broken);
            if (!histogram)
                QCOMPARE(histogram.error().code, Error::Code::InvalidInput);
            else
                QVERIFY(decodeHistogram(encodeHistogram(*histogram)) == *histogram);
        }
    }
}

void HistogramCodecTest::refusesACompressionBomb()
{
    // 64 MiB of zeros in about 64 KiB; what is inflated is bounded to about 207 KiB.
    const auto histogram = decodeHistogram(Foreign{.counters = QByteArray(64 << 20, '\0')}.bytes());
    QVERIFY(!histogram);
    QVERIFY(histogram.error().message.contains(QLatin1String("too large")));
}

void HistogramCodecTest::mergesWhatItReads()
{
    HdrHistogram merged;
    merged.record(5us);
    QVERIFY(mergeEncodedHistogram(encodeHistogram(mixed()), merged));
    QVERIFY(mergeEncodedHistogram({}, merged));
    HdrHistogram expected;
    expected.record(5us);
    expected.merge(mixed());
    QVERIFY(merged == expected);
}

void HistogramCodecTest::mergingDamagedBytesChangesNothing()
{
    HdrHistogram histogram = mixed();
    QVERIFY(!mergeEncodedHistogram(encodeHistogram(mixed()).chopped(1), histogram));
    QVERIFY(histogram == mixed());
}

QTEST_GUILESS_MAIN(HistogramCodecTest)
#include "tst_histogramcodec.moc"
