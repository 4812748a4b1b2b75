// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/suitecommand.h"
#include "app/cli/sweepcommand.h"
#include "core/report/textsummary.h"
#include "core/run/sessionname.h"
#include "core/scenario/scenariofiles.h"
#include "core/scenario/suite.h"

#include <QDateTime>

namespace Headroom {

namespace {

int tellResult(const RunOptions &options, const QString &sessionPath)
{
    Result<ReportModel> model = reportOf(sessionPath);
    if (!model)
        return fail(model.error(), kExitFault);
    if (options.isStrict)
        makeStrict(model->verdict);
    const auto written = writeReports(*model, options.reports);
    const int verdict = model->verdict.exitCode;
    const int exitCode = written || verdict == kExitInterrupted ? verdict : int(kExitFault);
    if (options.progress != ProgressPrinter::Style::Json) {
        printOut(textSummary(*model, exitCode));
        printOut(QStringLiteral("Session: %1").arg(sessionPath));
        for (const ReportFile &file : options.reports) {
            if (written)
                printOut(QStringLiteral("Report:  %1").arg(file.path));
        }
    }
    if (!written)
        printError(written.error().text());
    return exitCode;
}

} // namespace

int runCommand(const QStringList &arguments)
{
    const Result<RunOptions> options = parseRunOptions(arguments);
    if (!options)
        return fail(options.error(), kExitUsage);
    if (options->wantsHelp)
        return kExitMet;
    Result<RunRequest> request = requestOf(*options);
    if (!request)
        return fail(request.error(), kExitUsage);
    if (isSuite(request->scenarioText))
        return suiteCommand(arguments, *options, request->scenarioText);
    if (!options->only.isEmpty())
        return fail({Error::Code::InvalidInput, QStringLiteral("--only: names members of a suite, and this is a scenario"), {}},
                    kExitUsage);
    tellWhenCut(*options);
    if (options->sweep)
        return sweepCommand(arguments, *options, *request);
    const QStringList sessions = options->sessionPath.isEmpty() ? QStringList() : QStringList{options->sessionPath};
    auto prepared = prepareRun(*options, std::move(*request));
    if (!prepared)
        return prepared.error();
    const auto allowed = checkOutputs(*options, sessions, filesOf(prepared->preparation.scenario));
    if (!allowed)
        return fail(allowed.error(), exitCodeOf(allowed.error()));
    RunRequest &made = prepared->request;
    made.sessionPath = options->sessionPath.isEmpty()
        ? freeSessionFileName(QDir(), prepared->preparation.plan->name, QDateTime::currentDateTime())
        : options->sessionPath;
    made.canBeRenamed = options->sessionPath.isEmpty();

    Run run(std::move(made), std::move(prepared->preparation));
    const ProgressPrinter progress(options->progress, run);
    if (const auto error = runToTheEnd(run))
        return fail(*error, exitCodeOf(*error));
    return tellResult(*options, run.sessionPath());
}

} // namespace Headroom
