// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/reportfiles.h"

#include "app/cli/outputfile.h"
#include "core/report/htmlreport.h"
#include "core/report/jsonreport.h"
#include "core/session/sessionreader.h"

namespace Headroom {

Result<std::vector<ReportFile>> parseReportFiles(const QStringList &values)
{
    std::vector<ReportFile> files;
    for (const QString &value : values) {
        const qsizetype equals = value.indexOf(QLatin1Char('='));
        const ReportFile file{value.first(std::max<qsizetype>(0, equals)), value.sliced(equals + 1)};
        const bool isKnown = file.format == QLatin1String("json") || file.format == QLatin1String("html");
        if (!isKnown || file.path.isEmpty())
            return failure(Error::Code::InvalidInput,
                           QStringLiteral("'%1' is no report; write --report json=FILE or --report html=FILE").arg(value));
        files.push_back(file);
    }
    return files;
}

Result<ReportModel> reportOf(const QString &sessionPath)
{
    const auto session = SessionReader::open(sessionPath);
    if (!session)
        return std::unexpected(session.error());
    return buildReport(**session);
}

Result<void> checkReports(const std::vector<ReportFile> &files, CommandFiles &among)
{
    for (const ReportFile &file : files) {
        if (const auto allowed = among.writes(file.path, Replacing::OtherFiles); !allowed)
            return allowed;
    }
    return {};
}

Result<void> writeReport(const ReportFile &file, const QByteArray &bytes)
{
    return OutputFile::write(file.path, bytes, Replacing::OtherFiles);
}

Result<void> writeReports(const ReportModel &model, const std::vector<ReportFile> &files)
{
    for (const ReportFile &file : files) {
        const QByteArray bytes = file.format == QLatin1String("html") ? htmlReport(model) : jsonReport(model);
        if (const auto written = writeReport(file, bytes); !written)
            return written;
    }
    return {};
}

} // namespace Headroom
