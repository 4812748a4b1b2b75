// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/bytestream.h"

#include <QTest>

using namespace Headroom;

class ByteStreamTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesNumbersBigEndian();
    void zigZagHasTheBytesOfHdrHistogram_data();
    void zigZagHasTheBytesOfHdrHistogram();
    void findsNoNumberInBytesThatEndWithinIt();
};

void ByteStreamTest::writesNumbersBigEndian()
{
    ByteWriter writer(0);
    writer.number(quint32(0x01020304));
    QCOMPARE(writer.bytes().toHex(), QByteArray("01020304"));
}

void ByteStreamTest::zigZagHasTheBytesOfHdrHistogram_data()
{
    QTest::addColumn<qint64>("value");
    QTest::addColumn<QByteArray>("hex");
    // ZigZag: 0, -1, 1, -2, 2 become 0, 1, 2, 3, 4. LEB128: 7 bits a byte, lowest first, high bit = more follows.
    QTest::newRow("zero") << qint64(0) << QByteArray("00");
    QTest::newRow("minus one") << qint64(-1) << QByteArray("01");
    QTest::newRow("one") << qint64(1) << QByteArray("02");
    QTest::newRow("last of one byte: 127 = zigzag of -64") << qint64(-64) << QByteArray("7f");
    QTest::newRow("first of two bytes: 128 = zigzag of 64") << qint64(64) << QByteArray("8001");
    QTest::newRow("-1000: 1999 = 15 * 128 + 79") << qint64(-1000) << QByteArray("cf0f");
    QTest::newRow("full counter: 2^33 - 2") << qint64(0xffffffff) << QByteArray("feffffff1f");
    // All 64 bits set: eight bytes of 7 bits make 56, and the ninth holds the last 8 without a flag.
    QTest::newRow("lowest of 64 bits") << qint64(INT64_MIN) << QByteArray("ffffffffffffffffff");
    QTest::newRow("highest of 64 bits") << qint64(INT64_MAX) << QByteArray("feffffffffffffffff");
}

void ByteStreamTest::zigZagHasTheBytesOfHdrHistogram()
{
    QFETCH(qint64, value);
    QFETCH(QByteArray, hex);
    ByteWriter writer(0);
    writer.zigZag(value);
    QCOMPARE(writer.bytes().toHex(), hex);

    const QByteArray bytes = QByteArray::fromHex(hex);
    ByteReader reader(ByteReader::Bytes(bytes.constData(), std::size_t(bytes.size())));
    QVERIFY(reader.zigZag() == value);
    QVERIFY(reader.isAtEnd());
}

void ByteStreamTest::findsNoNumberInBytesThatEndWithinIt()
{
    const QByteArray bytes = QByteArray::fromHex("8080");
    ByteReader reader(ByteReader::Bytes(bytes.constData(), std::size_t(bytes.size())));
    QVERIFY(!reader.zigZag());
}

QTEST_GUILESS_MAIN(ByteStreamTest)
#include "tst_bytestream.moc"
