// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/hosttrust.h"
#include "app/cli/interruptwatch.h"
#include "app/cli/runoptions.h"
#include "core/report/textsummary.h"
#include "core/run/barescenario.h"
#include "core/run/run.h"
#include "core/run/sessionname.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QEventLoop>
#include <QFileInfo>

namespace Headroom {

namespace {

int exitCodeOf(const Error &error)
{
    switch (error.code) {
    case Error::Code::Unreachable: return kExitUnreachable;
    case Error::Code::Cancelled: return kExitInterrupted;
    case Error::Code::InvalidInput: return kExitUsage;
    default: return kExitFault;
    }
}

int fail(const Error &error, int exitCode)
{
    printError(error.text());
    return exitCode;
}

Result<RunRequest> requestOf(const RunOptions &options)
{
    RunRequest request;
    request.overrides = options.overrides;
    request.change = options.change;
    request.seed = options.seed.value_or(1);
    request.workers = options.workers;
    request.targetProgram = QCoreApplication::applicationDirPath() + QStringLiteral("/headroom-target");
    if (options.isUrl) {
        const QUrl url(options.source, QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty())
            return failure(Error::Code::InvalidInput, QStringLiteral("'%1' is no URL; write http://host/path").arg(options.source));
        request.scenarioText = bareScenario(url, options.change);
        request.change = {}; // it stands in the text
        return request;
    }
    Result<QByteArray> text = readFile(options.source);
    if (!text)
        return std::unexpected(text.error());
    request.scenarioText = std::move(*text);
    request.scenarioFile = QFileInfo(options.source).fileName();
    return request;
}

/// Runs until the end, with the first interrupt finishing and the second cutting what is under way.
std::optional<Error> runToTheEnd(Run &run)
{
    std::optional<Error> result;
    QEventLoop loop;
    InterruptWatch interrupts;
    QObject::connect(&interrupts, &InterruptWatch::interrupted, &run, [&run](int times) {
        if (times == 1) {
            printError(QStringLiteral("interrupted; finishing what is under way (again to cut it)"));
            run.stop(RunEnding::Reason::Interrupted, QStringLiteral("interrupted by a signal"));
        } else {
            run.cut();
        }
    });
    QObject::connect(&run, &Run::finished, &loop, [&](const std::optional<Error> &error) {
        result = error;
        loop.quit();
    });
    run.start();
    loop.exec();
    return result;
}

int tellResult(const RunOptions &options, const QString &sessionPath)
{
    Result<ReportModel> model = reportOf(sessionPath);
    if (!model)
        return fail(model.error(), kExitFault);
    if (options.isStrict)
        makeStrict(model->verdict);
    const auto written = writeReports(*model, options.reports);
    if (options.progress != ProgressPrinter::Style::Json) {
        printOut(textSummary(*model));
        printOut(QStringLiteral("Session: %1").arg(sessionPath));
        for (const ReportFile &file : options.reports) {
            if (written)
                printOut(QStringLiteral("Report:  %1").arg(file.path));
        }
    }
    if (!written && model->verdict.exitCode != kExitInterrupted)
        return fail(written.error(), kExitFault);
    return model->verdict.exitCode;
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
    const QString sourceName = options->isUrl ? QStringLiteral("(made from the URL)") : options->source;
    auto preparation = prepare(request->scenarioText, request->overrides, request->change, request->seed);
    if (!preparation) {
        printDiagnostics(sourceName, preparation.error());
        return kExitUsage;
    }
    printDiagnostics(sourceName, preparation->warnings);
    if (const auto allowed = checkHosts(*preparation->plan, options->allowedHosts); !allowed)
        return fail(allowed.error(), kExitUsage);
    request->sessionPath = options->sessionPath.isEmpty()
        ? sessionFileName(preparation->plan->name, QDateTime::currentDateTime())
        : options->sessionPath;
    const QString sessionPath = request->sessionPath;

    Run run(std::move(*request), std::move(*preparation));
    const ProgressPrinter progress(options->progress, run);
    if (const auto error = runToTheEnd(run))
        return fail(*error, exitCodeOf(*error));
    return tellResult(*options, sessionPath);
}

} // namespace Headroom
