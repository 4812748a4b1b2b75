// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/stats/histogramcodec.h"
#include "tests/support/histogramlogprocessor.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace Headroom;

namespace {

QByteArray logOf(const std::vector<HdrHistogram> &seconds)
{
    QByteArray log = "#[Histogram log format version 1.3]\n"
                     "#[StartTime: 0.000 (seconds since epoch), Thu Jan 01 00:00:00 UTC 1970]\n"
                     "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n";
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        log += QByteArray::number(i) + ".000,1.000,0.000,";
        log += encodeHistogram(seconds[i]).toBase64() + '\n';
    }
    return log;
}

PrintedLog printedOf(const std::vector<HdrHistogram> &seconds)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("log.hlog")));
    if (!file.open(QIODevice::WriteOnly) || file.write(logOf(seconds)) < 0)
        return {.problem = file.errorString()};
    file.close();
    return printedByJava(file.fileName());
}

/// 20,000 durations around 1 ms to 1 s, a few of minutes, and some outside the range.
HdrHistogram second(std::uint64_t seed)
{
    HdrHistogram histogram;
    for (std::uint64_t i = 0; i < 20'000; ++i)
        histogram.record(Nanoseconds(std::int64_t(1e6 * std::pow(1000.0, unitInterval(randomAt(seed, i))))));
    histogram.record(3min, 5);
    histogram.record(0ns);
    histogram.record(2h);
    return histogram;
}

} // namespace

class HistogramInteropTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void javaReadsOurBytesAndPrintsTheSamePercentiles();
    void javaReadsFullCounters();
};

void HistogramInteropTest::javaReadsOurBytesAndPrintsTheSamePercentiles()
{
    HdrHistogram whole = second(1);
    whole.merge(second(2));
    const PrintedLog printed = printedOf({second(1), second(2)});
    QVERIFY2(printed.problem.isEmpty(), qPrintable(printed.problem));
    QVERIFY2(printed.rows.size() > 50, qPrintable(printed.text));
    QCOMPARE(differenceOf(printed.rows, whole), QString());
    for (const double quantile : {0.5, 0.75, 0.9}) {
        const auto row = std::ranges::find(printed.rows, quantile, &PrintedRow::quantile);
        QVERIFY(row != printed.rows.end());
        QCOMPARE(std::int64_t(row->microseconds), bucketEnd(whole.valueAtQuantile(quantile)));
    }
    QVERIFY2(printed.text.contains(QLatin1String("Buckets =           22, SubBuckets     =         2048")),
             qPrintable(printed.text));
}

void HistogramInteropTest::javaReadsFullCounters()
{
    HdrHistogram histogram;
    histogram.record(1ms, UINT32_MAX);
    histogram.record(1h, UINT32_MAX);
    const PrintedLog printed = printedOf({histogram});
    QVERIFY2(printed.problem.isEmpty(), qPrintable(printed.problem));
    QVERIFY2(!printed.rows.empty(), qPrintable(printed.text));
    QCOMPARE(printed.rows.front().microseconds, 1000.0);
    QCOMPARE(printed.rows.front().count, std::uint64_t(4'294'967'295));
    QCOMPARE(printed.rows.back().count, std::uint64_t(8'589'934'590));
}

QTEST_GUILESS_MAIN(HistogramInteropTest)
#include "tst_histograminterop.moc"
