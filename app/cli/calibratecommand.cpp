// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/options.h"
#include "app/cli/profileoptions.h"
#include "app/cli/reportfiles.h"
#include "app/cli/runsteps.h"
#include "core/base/humanformat.h"
#include "core/plan/connectionplan.h"
#include "core/run/calibration.h"
#include "core/run/ceilingcache.h"
#include "core/run/generatorwatch.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <algorithm>

namespace Headroom {

namespace {

struct CalibrateOptions
{
    QString scenario; ///< Empty: one GET.
    int workers = 0;
    ProfileChoice choice{};
};

Result<int> parseWorkers(const QString &text)
{
    bool isNumber = false;
    const int workers = text.toInt(&isNumber);
    if (isNumber && workers >= 1 && workers <= 256)
        return workers;
    return failure(Error::Code::InvalidInput,
                   QStringLiteral("--workers: '%1' is not a whole number from 1 to 256").arg(text));
}

/// What was run, and what came of it.
struct Calibration
{
    QString shape;
    ReportModel model;
};

/// One run against a practice target, its session in a folder that does not last. Errors: those of the run.
Result<Calibration> runOnce(const QByteArray &scenario, int workers, const QString &folder)
{
    RunRequest request;
    request.scenarioText = scenario;
    request.workers = workers;
    request.targetProgram = QCoreApplication::applicationDirPath() + QStringLiteral("/headroom-target");
    request.sessionPath = folder + QStringLiteral("/calibration-%1.headroom").arg(qHash(scenario));
    const QString sessionPath = request.sessionPath;
    auto preparation = prepare(scenario, {}, {}, 1);
    if (!preparation)
        return failure(Error::Code::Internal, preparation.error().front().message);
    const PlanPtr plan = preparation->plan;
    Run run(std::move(request), std::move(*preparation));
    if (const auto error = runToTheEnd(run))
        return std::unexpected(*error);
    Result<ReportModel> model = reportOf(sessionPath);
    if (!model)
        return std::unexpected(model.error());
    if (model->ending && model->ending->reason == RunEnding::Reason::Interrupted)
        return failure(Error::Code::Cancelled, QStringLiteral("interrupted; nothing was kept"));
    return Calibration{loadShape(*plan, model->head.facts.workers), std::move(*model)};
}

QString perSecond(double rate) { return formatRate(Rate::perSecond(rate)); }

void tellCeiling(const Calibration &calibration, double ceiling)
{
    const ReportModel &model = calibration.model;
    const double users = model.head.facts.stages.back().to;
    printOut(QStringLiteral("Shape:         %1").arg(calibration.shape));
    printOut(QStringLiteral("Closed loop:   %1 requests by %2 users, beside the target on this machine")
                 .arg(perSecond(model.measured.ratePerSecond()))
                 .arg(users));
    printOut(QStringLiteral("CPU a request: %1 µs of the busiest thread, %2 µs of the whole program")
                 .arg(formatNumber(1e6 / ceiling), formatNumber(model.health.cpuMicrosecondsPerRequest.value_or(0.0))));
    printOut(QStringLiteral("Ceiling:       %1 requests, where the busiest thread has no time left")
                 .arg(perSecond(ceiling)));
}

/// The open model at half of what was reached.
void tellHalf(const ReportModel &model, double rate)
{
    printOut(QStringLiteral("Open model:    %1 planned, %2 achieved; send lag p99 %3")
                 .arg(perSecond(rate), perSecond(model.measured.ratePerSecond()),
                      formatDuration(model.health.sendLag.valueAtQuantile(0.99))));
    if (!model.validity.isValid)
        printOut(QStringLiteral("! ") + model.validity.reasons.front());
}

int calibrate(const Plan *plan, int workers)
{
    const QTemporaryDir folder;
    if (!folder.isValid())
        return fail({Error::Code::Unwritable, folder.errorString(), {}}, kExitFault);
    const int users = calibrationUsers(plan);
    const auto closed = runOnce(calibrationScenario(plan, {.users = users}), workers, folder.path());
    if (!closed)
        return fail(closed.error(), exitCodeOf(closed.error()));
    const std::optional<double> ceiling = closed->model.health.ceilingPerSecond;
    if (!ceiling)
        return fail({Error::Code::Internal, QStringLiteral("the generator did too little to tell what it can do"), {}},
                    kExitFault);
    // Half of what can be done here: the target takes processor time that a target elsewhere would leave.
    const double rate = std::min(*ceiling, closed->model.measured.ratePerSecond()) / 2.0;
    const auto half =
        runOnce(calibrationScenario(plan, {.users = users, .ratePerSecond = rate / double(closed->model.steps.size())}),
                workers, folder.path());
    if (!half)
        return fail(half.error(), exitCodeOf(half.error()));
    // Arrivals that come one by one cost more processor time each than answers that come in heaps.
    const double kept = std::min(*ceiling, half->model.health.ceilingPerSecond.value_or(*ceiling));
    tellCeiling(*closed, kept);
    tellHalf(half->model, rate);
    if (plan && hasTls(*plan))
        printOut(
            QStringLiteral("! Measured without TLS, which costs more: runs of this scenario find their own ceiling"));
    else if (plan && loadShape(*plan, closed->model.head.facts.workers) != closed->shape)
        printOut(QStringLiteral("! Measured over TCP and without lookups of names, unlike this scenario: its runs find their own "
                                "ceiling"));
    CeilingCache cache(defaultCeilingFile(), machineName());
    if (const auto isKept = cache.keep(closed->shape, {kept, true}); !isKept)
        return fail(isKept.error(), kExitFault);
    printOut(QStringLiteral("Kept: plans of this shape that ask for more than %1 (%2) are flagged before their start")
                 .arg(perSecond(GeneratorWatch::kFlaggedShare * kept), formatShare(GeneratorWatch::kFlaggedShare)));
    return kExitMet;
}

int calibrateFor(const CalibrateOptions &options)
{
    if (options.scenario.isEmpty())
        return calibrate(nullptr, options.workers);
    const Result<QByteArray> text = readFile(options.scenario);
    if (!text)
        return fail(text.error(), kExitUsage);
    const auto preparation = prepare(*text, {}, {}, 1, folderOf(options.scenario), options.choice);
    if (!preparation) {
        printDiagnostics(options.scenario, preparation.error());
        return kExitUsage;
    }
    if (preparation->plan->lines)
        return fail({Error::Code::InvalidInput,
                     QStringLiteral("only HTTP can be calibrated, not a target that is fed lines"),
                     {}},
                    kExitUsage);
    if (preparation->plan->connections.isHttp2)
        return fail({Error::Code::InvalidInput,
                     QStringLiteral("only HTTP/1.1 can be calibrated, as the practice target speaks no other; runs with HTTP/2 "
                                    "find their own ceiling"),
                     {}},
                    kExitUsage);
    return calibrate(preparation->plan.get(), options.workers);
}

} // namespace

int calibrateCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Finds out what this generator can do on this machine with loads of a scenario's shape: about "
                       "ten seconds of load on "
                       "a target of its own on loopback. Runs beyond 70 % of it are flagged before they start."));
    parser.addPositionalArgument(QStringLiteral("[SCENARIO]"),
                                 QStringLiteral("A scenario file, - for standard input; without it, one GET."));
    addOption(parser, {QStringLiteral("workers")}, QStringLiteral("Worker threads; by default cores minus one."),
              QStringLiteral("N"));
    addProfileOptions(parser);
    if (const auto parsed = parseArguments(parser, QStringLiteral("calibrate"), arguments); !parsed)
        return fail(parsed.error(), kExitUsage);
    if (parser.isSet(QStringLiteral("help"))) {
        printHelp(parser, QStringLiteral("calibrate"));
        return kExitMet;
    }
    if (parser.positionalArguments().size() > 1)
        return fail(
            {Error::Code::InvalidInput, QStringLiteral("name at most one scenario: headroom calibrate [SCENARIO]"), {}},
            kExitUsage);
    CalibrateOptions options{parser.positionalArguments().value(0)};
    options.choice = profileChoice(parser);
    if (parser.isSet(QStringLiteral("workers"))) {
        const Result<int> workers = parseWorkers(parser.value(QStringLiteral("workers")));
        if (!workers)
            return fail(workers.error(), kExitUsage);
        options.workers = *workers;
    }
    return calibrateFor(options);
}

} // namespace Headroom
