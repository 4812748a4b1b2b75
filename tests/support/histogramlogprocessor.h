// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/hdrhistogram.h"

#include <QStringList>

#include <vector>

namespace Headroom {

/// One line of what HdrHistogram's own tool prints.
struct PrintedRow
{
    double microseconds = 0.0;
    double quantile = 0.0;
    std::uint64_t count = 0; ///< Samples up to here.
};

struct PrintedLog
{
    QString problem = {}; ///< Empty when the tool has done its work.
    QString text = {};
    std::vector<PrintedRow> rows = {};
};

/// Lets Debian's Java library (libhdrhistogram-java) read an interval log and print the sum of its intervals.
/// `options`: more of HistogramLogProcessor's, such as -tag.
PrintedLog printedByJava(const QString &logFile, const QStringList &options = {});

/// What Java calls the value of a sample: the highest equivalent one, in us, also for the maximum.
std::int64_t bucketEnd(Nanoseconds value);

/// What of the rows is not what the histogram says: each row's value at its rank, and its count up to its value. Empty
/// when all are equal, and the last one counts all samples.
QString differenceOf(const std::vector<PrintedRow> &rows, const HdrHistogram &histogram);

} // namespace Headroom
