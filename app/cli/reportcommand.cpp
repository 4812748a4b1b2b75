// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/options.h"
#include "app/cli/reportfiles.h"
#include "core/report/textsummary.h"

namespace Headroom {

namespace {

int fail(const Error &error)
{
    printError(error.text());
    return error.code == Error::Code::Unwritable ? kExitFault : kExitUsage;
}

} // namespace

int reportCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Shows a saved session with its verdict, or writes its report again: the same bytes as from the run. The exit code is 0 whatever the verdict; the JSON report has the one that the run returned for it."));
    parser.addPositionalArgument(QStringLiteral("SESSION"), QStringLiteral("A .headroom file."));
    addOption(parser, {QStringLiteral("report")}, QStringLiteral("Writes a report: json=FILE or html=FILE; - as file is standard output. May be repeated."), QStringLiteral("FORMAT=FILE"));
    if (const auto parsed = parseArguments(parser, QStringLiteral("report"), arguments); !parsed)
        return fail(parsed.error());
    if (parser.isSet(QStringLiteral("help"))) {
        printHelp(parser, QStringLiteral("report"));
        return kExitMet;
    }
    if (parser.positionalArguments().size() != 1)
        return fail({Error::Code::InvalidInput, QStringLiteral("name one session: headroom report SESSION"), {}});
    const auto files = parseReportFiles(parser.values(QStringLiteral("report")));
    if (!files)
        return fail(files.error());
    CommandFiles among;
    among.reads(parser.positionalArguments().first());
    if (const auto allowed = checkReports(*files, among); !allowed)
        return fail(allowed.error());
    const Result<ReportModel> model = reportOf(parser.positionalArguments().first());
    if (!model)
        return fail(model.error());
    if (files->empty())
        printOut(textSummary(*model));
    const auto written = writeReports(*model, *files);
    return written ? int(kExitMet) : fail(written.error());
}

} // namespace Headroom
