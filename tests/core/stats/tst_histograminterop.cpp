// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/stats/histogramcodec.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace Headroom;

namespace {

/// One line of what HistogramLogProcessor prints.
struct Row
{
    double microseconds = 0.0;
    double quantile = 0.0;
    std::uint64_t count = 0; ///< Samples up to here.
};

struct Printed
{
    QString problem = {};
    QString text = {};
    std::vector<Row> rows = {};
};

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

std::vector<Row> rowsOf(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^ *([0-9.]+) +([0-9.]+) +([0-9]+)\\b"),
                                            QRegularExpression::MultilineOption);
    std::vector<Row> rows;
    for (const auto &match : pattern.globalMatch(text))
        rows.push_back({match.captured(1).toDouble(), match.captured(2).toDouble(), match.captured(3).toULongLong()});
    return rows;
}

/// Lets Debian's Java library (libhdrhistogram-java) read the seconds and print their sum.
Printed printedByJava(const std::vector<HdrHistogram> &seconds)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("log.hlog")));
    if (!file.open(QIODevice::WriteOnly) || file.write(logOf(seconds)) < 0)
        return {.problem = file.errorString()};
    file.close();
    QProcess java;
    java.setProcessChannelMode(QProcess::MergedChannels);
    java.start(QStringLiteral("java"),
               {QStringLiteral("-cp"), QStringLiteral("/usr/share/java/hdrhistogram.jar"),
                QStringLiteral("org.HdrHistogram.HistogramLogProcessor"), QStringLiteral("-i"), file.fileName(),
                QStringLiteral("-outputValueUnitRatio"), QStringLiteral("1")});
    if (!java.waitForFinished(50'000))
        return {.problem = java.errorString()};
    const QString text = QString::fromUtf8(java.readAll());
    return {.problem = java.exitCode() == 0 ? QString() : text, .text = text, .rows = rowsOf(text)};
}

/// What Java calls the value of a sample: the highest equivalent one, in us, also for the maximum.
std::int64_t bucketEnd(Nanoseconds value)
{
    const std::int64_t microseconds = std::min((value.count() + 999) / 1000, HdrHistogram::kHighestMicroseconds);
    return HdrHistogram::highestOf(HdrHistogram::counterIndex(microseconds));
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
    const Printed printed = printedByJava({second(1), second(2)});
    QVERIFY2(printed.problem.isEmpty(), qPrintable(printed.problem));
    QVERIFY2(printed.rows.size() > 50, qPrintable(printed.text));
    for (const Row &row : printed.rows) {
        QCOMPARE(std::int64_t(row.microseconds), bucketEnd(whole.valueAtRank(row.count)));
        QCOMPARE(whole.countAtOrBelow(Nanoseconds(std::llround(row.microseconds * 1000))), row.count);
    }
    QCOMPARE(printed.rows.back().count, whole.count());
    for (const double quantile : {0.5, 0.75, 0.9}) {
        const auto row = std::ranges::find(printed.rows, quantile, &Row::quantile);
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
    const Printed printed = printedByJava({histogram});
    QVERIFY2(printed.problem.isEmpty(), qPrintable(printed.problem));
    QVERIFY2(!printed.rows.empty(), qPrintable(printed.text));
    QCOMPARE(printed.rows.front().microseconds, 1000.0);
    QCOMPARE(printed.rows.front().count, std::uint64_t(4'294'967'295));
    QCOMPARE(printed.rows.back().count, std::uint64_t(8'589'934'590));
}

QTEST_GUILESS_MAIN(HistogramInteropTest)
#include "tst_histograminterop.moc"
