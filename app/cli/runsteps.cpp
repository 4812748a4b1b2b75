// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runsteps.h"

#include "app/cli/commandfiles.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/hosttrust.h"
#include "core/run/againrequest.h"
#include "core/run/attachmentfile.h"
#include "core/run/barescenario.h"
#include "core/run/ceilingcache.h"
#include "core/run/secretfilling.h"
#include "core/session/cutfrom.h"
#include "core/session/sessionreader.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>

namespace Headroom {

int exitCodeOf(const Error &error)
{
    switch (error.code) {
    case Error::Code::Unreachable:
        return kExitUnreachable;
    case Error::Code::Cancelled:
        return kExitInterrupted;
    case Error::Code::InvalidInput:
        return kExitUsage;
    default:
        return kExitFault;
    }
}

int fail(const Error &error, int exitCode)
{
    printError(error.text());
    return exitCode;
}

bool isSession(const RunOptions &options)
{
    return !options.isUrl && isSessionFile(options.source);
}

void tellWhenCut(const RunOptions &options)
{
    const auto session = isSession(options) ? SessionReader::open(options.source) : nullptr;
    if (session && *session && isCut((*session)->head()))
        printError(QStringLiteral("%1 was cut from another session; what runs is the whole run that it was cut from")
                       .arg(options.source));
}

namespace {

/// What a session says of its run, with the options on top.
Result<RunRequest> sessionRequest(const RunOptions &options)
{
    const auto session = SessionReader::open(options.source);
    if (!session)
        return std::unexpected(session.error());
    auto again = againRequest((*session)->head(), options.source);
    if (!again)
        return std::unexpected(again.error());
    RunRequest request = std::move(again->request);
    request.overrides.insert(request.overrides.end(), options.overrides.begin(), options.overrides.end());
    request.choice = overlaid(readProfileOffer(request.scenarioText), request.choice, options.choice);
    const LoadChange &newer = options.change;
    const bool isOtherLoad = (newer.rate || newer.users) && !newer.duration && !newer.iterations && !newer.findLimit;
    if (isOtherLoad) // for as long as the recorded one
        request.change = overlaid(request.change, lengthOf(request));
    request.change = overlaid(request.change, newer);
    request.seed = options.seed.value_or(request.seed);
    return request;
}

/// What is to be run, by whatever says it.
Result<RunRequest> ownRequest(const RunOptions &options)
{
    if (isSession(options))
        return sessionRequest(options);
    RunRequest request;
    request.overrides = options.overrides;
    request.choice = options.choice;
    request.change = options.change;
    request.seed = options.seed.value_or(1);
    if (options.isUrl) {
        const QUrl url(options.source, QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty())
            return failure(Error::Code::InvalidInput,
                           QStringLiteral("'%1' is no URL; write http://host/path").arg(options.source));
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

} // namespace

Result<RunRequest> requestOf(const RunOptions &options)
{
    Result<RunRequest> request = ownRequest(options);
    if (!request)
        return request;
    request->workers = options.workers;
    request->ceilingFile = defaultCeilingFile();
    request->targetProgram = QCoreApplication::applicationDirPath() + QStringLiteral("/headroom-target");
    auto attachments = readAttachments(options.attached);
    if (!attachments)
        return std::unexpected(attachments.error());
    request->attachments = std::move(*attachments);
    return request;
}

Result<void> checkOutputs(const RunOptions &options, const QStringList &sessions, const QStringList &inputs)
{
    CommandFiles files;
    for (const QString &path : (options.isUrl ? QStringList() : QStringList{options.source}) + inputs + options.attached)
        files.reads(path);
    for (const QString &session : sessions) {
        if (const auto allowed = files.writesSession(session); !allowed)
            return allowed;
    }
    return checkReports(options.reports, files);
}

std::optional<Error> runToTheEnd(Run &run)
{
    InterruptWatch interrupts;
    return runToTheEnd(run, interrupts);
}

std::optional<Error> runToTheEnd(Run &run, InterruptWatch &interrupts)
{
    std::optional<Error> result;
    QEventLoop loop;
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

namespace {

/// A session has no lines: those are of the scenario that lies in it.
void printProblems(const RunOptions &options, const Diagnostics &problems)
{
    if (isSession(options))
        printDiagnosticsWithin(QStringLiteral("the scenario of %1").arg(options.source), problems);
    else
        printDiagnostics(options.isUrl ? QStringLiteral("(made from the URL)") : options.source, problems);
}

/// Looks for the values of the scenario's secrets, of which `validate` needs none.
Result<void> giveSecrets(Preparation &preparation, const RunOptions &options, std::uint64_t seed)
{
    const Scenario &scenario = preparation.scenario;
    const auto found = findAllSecrets(scenario.secrets, standardSecretPlaces(scenario.target.folder));
    if (!found)
        return std::unexpected(found.error());
    printProblems(options, found->warnings);
    return takeSecrets(preparation, found->values, seed);
}

} // namespace

namespace {

/// Actions that wait for a hand, which the command line has none of.
Diagnostics warningsOfHands(const Plan &plan)
{
    Diagnostics warnings;
    for (const Plan::Action &action : plan.actions) {
        if (action.when == Scenario::Action::When::ByHand)
            warnings.push_back({Diagnostic::Severity::Warning, action.range,
                                QStringLiteral("the action '%1' waits for a hand, and on the command line nobody can press its "
                                               "button; run the scenario in the workbench, or write at or when").arg(action.name)});
    }
    return warnings;
}

} // namespace

std::expected<PreparedRun, int> prepareRun(const RunOptions &options, RunRequest request)
{
    auto preparation =
        prepare(request.scenarioText, request.overrides, request.change, request.seed, folderOf(options.source),
                request.choice);
    if (!preparation) {
        printProblems(options, preparation.error());
        return std::unexpected(int(kExitUsage));
    }
    printProblems(options, preparation->warnings);
    printProblems(options, warningsOfHands(*preparation->plan));
    if (const auto allowed = checkHosts(*preparation->plan, preparation->scenario, options.allowedHosts); !allowed)
        return std::unexpected(fail(allowed.error(), kExitUsage));
    if (const auto allowed = checkCommands(preparation->scenario, options.allowsCommands); !allowed)
        return std::unexpected(fail(allowed.error(), kExitUsage));
    if (const auto taken = giveSecrets(*preparation, options, request.seed); !taken)
        return std::unexpected(fail(taken.error(), kExitUsage));
    return PreparedRun{std::move(request), std::move(*preparation)};
}

} // namespace Headroom
