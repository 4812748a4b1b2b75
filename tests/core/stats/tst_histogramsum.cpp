// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/histogramcodec.h"
#include "core/stats/histogramsum.h"

#include <QTest>

using namespace Headroom;

namespace {

QByteArray encodedOf(std::initializer_list<Nanoseconds> values)
{
    HdrHistogram histogram;
    for (const Nanoseconds value : values)
        histogram.record(value);
    return encodeHistogram(histogram);
}

} // namespace

class HistogramSumTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addsUpAgainAndAgain();
    void givesASingleOneAsItIs();
    void refusesDamagedBytes();
    void plainBytesAreWithoutOurTrailer();
};

void HistogramSumTest::addsUpAgainAndAgain()
{
    HistogramSum sum;
    for (int times = 0; times < 2; ++times) {
        const auto all = sum.of({encodedOf({1ms, 3ms}), {}, encodedOf({2ms})});
        QVERIFY(all.has_value());
        QCOMPARE(*all, encodedOf({1ms, 3ms, 2ms}));
    }
    QCOMPARE(*sum.of({}), QByteArray());
    QCOMPARE(*sum.of({{}, {}}), QByteArray());
}

void HistogramSumTest::givesASingleOneAsItIs()
{
    HistogramSum sum;
    QCOMPARE(*sum.of({{}, encodedOf({5ms}), {}}), encodedOf({5ms}));
}

void HistogramSumTest::refusesDamagedBytes()
{
    HistogramSum sum;
    QVERIFY(!sum.of({encodedOf({5ms}), "damaged"}).has_value());
    QCOMPARE(*sum.of({encodedOf({1ms}), encodedOf({2ms})}), encodedOf({1ms, 2ms})); // and nothing of it is left
}

void HistogramSumTest::plainBytesAreWithoutOurTrailer()
{
    const QByteArray bytes = encodedOf({1ms, 2ms});
    const QByteArray plain = plainHistogram(bytes);
    QCOMPARE(bytes.size() - plain.size(), 12); // kind, 1 ms, 1 ms more, 3 ms in sum, none clamped
    QVERIFY(bytes.startsWith(plain) && bytes.sliced(plain.size()).startsWith('h'));
    QCOMPARE(decodeHistogram(plain)->count(), 2U);
    QCOMPARE(plainHistogram({}), QByteArray());
}

QTEST_GUILESS_MAIN(HistogramSumTest)
#include "tst_histogramsum.moc"
