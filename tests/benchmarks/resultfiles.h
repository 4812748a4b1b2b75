// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "tests/benchmarks/resulttable.h"

#include <utility>

namespace Headroom {

/// One measured figure, with what it is held to.
struct MeasuredFigure
{
    QString name;
    double value = 0.0;
    QString unit;
    QString bound; ///< Such as "<= 1.25"; empty: for information.
    QString verdict;
};

/// What a benchmark has measured, and on which machine.
struct BenchmarkResults
{
    QString subject;
    std::vector<std::pair<QString, QString>> machine; ///< Facts by name.
    std::vector<ResultTable> tables;
    std::vector<MeasuredFigure> figures;
    QStringList notes; ///< Sentences.
};

QByteArray resultsJson(const BenchmarkResults &results);
QByteArray resultsMarkdown(const BenchmarkResults &results);

/// Writes SUBJECT.json and SUBJECT.md into a folder, which is made. Errors: Unwritable.
Result<void> writeResults(const BenchmarkResults &results, const QString &folder);

} // namespace Headroom
