// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commandfiles.h"
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

/// Whether they may be written by the command whose files these are. Errors: those of CommandFiles::writes().
Result<void> checkReports(const std::vector<ReportFile> &files, CommandFiles &among);

/// In place of a file that is there already, unless that is a session or a scenario. Errors: Unwritable.
Result<void> writeReport(const ReportFile &file, const QByteArray &bytes);
Result<void> writeReports(const ReportModel &model, const std::vector<ReportFile> &files);

} // namespace Headroom
