// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/report/reportmodel.h"

#include <QStringList>

#include <vector>

namespace Headroom {

/// One --report FORMAT=FILE.
struct ReportFile
{
    QString format;
    QString path;
};

/// Errors: InvalidInput for a format that does not exist, or a missing file.
Result<std::vector<ReportFile>> parseReportFiles(const QStringList &values);

/// Errors: InvalidInput, NotFound, Unreadable as the session reader's.
Result<ReportModel> reportOf(const QString &sessionPath);

/// Errors: Unwritable.
Result<void> writeReports(const ReportModel &model, const std::vector<ReportFile> &files);

} // namespace Headroom
