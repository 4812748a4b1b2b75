// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/histogramlogprocessor.h"

#include <QProcess>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

std::vector<PrintedRow> rowsOf(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^ *([0-9.]+) +([0-9.]+) +([0-9]+)\\b"),
                                            QRegularExpression::MultilineOption);
    std::vector<PrintedRow> rows;
    for (const auto &match : pattern.globalMatch(text))
        rows.push_back({match.captured(1).toDouble(), match.captured(2).toDouble(), match.captured(3).toULongLong()});
    return rows;
}

} // namespace

PrintedLog printedByJava(const QString &logFile, const QStringList &options)
{
    QProcess java;
    java.setProcessChannelMode(QProcess::MergedChannels);
    java.start(QStringLiteral("java"),
               QStringList{QStringLiteral("-cp"), QStringLiteral("/usr/share/java/hdrhistogram.jar"),
                           QStringLiteral("org.HdrHistogram.HistogramLogProcessor"), QStringLiteral("-i"), logFile,
                           QStringLiteral("-outputValueUnitRatio"), QStringLiteral("1")}
                   + options);
    if (!java.waitForFinished(50'000))
        return {.problem = java.errorString()};
    const QString text = QString::fromUtf8(java.readAll());
    return {.problem = java.exitCode() == 0 ? QString() : text, .text = text, .rows = rowsOf(text)};
}

std::int64_t bucketEnd(Nanoseconds value)
{
    const std::int64_t microseconds = std::min((value.count() + 999) / 1000, HdrHistogram::kHighestMicroseconds);
    return HdrHistogram::highestOf(HdrHistogram::counterIndex(microseconds));
}

QString differenceOf(const std::vector<PrintedRow> &rows, const HdrHistogram &histogram)
{
    for (const PrintedRow &row : rows) {
        const bool isValueSame = std::int64_t(row.microseconds) == bucketEnd(histogram.valueAtRank(row.count));
        const bool isCountSame =
            histogram.countAtOrBelow(Nanoseconds(std::llround(row.microseconds * 1000))) == row.count;
        if (!isValueSame || !isCountSame)
            return QStringLiteral("%1 us up to %2 samples").arg(row.microseconds).arg(row.count);
    }
    const bool isAll = !rows.empty() && rows.back().count == histogram.count();
    return isAll ? QString() : QStringLiteral("%1 rows do not count all samples").arg(rows.size());
}

} // namespace Headroom
