// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sweepcommand.h"

#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/options.h"
#include "core/base/version.h"
#include "core/report/sweepreport.h"
#include "core/run/sessionname.h"
#include "core/scenario/scenariofiles.h"

#include <QDateTime>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace Headroom {

namespace {

struct SweptRun
{
    QString value;
    RunOptions options;
    PreparedRun prepared;
};

/// One value's options are those of the whole call and one more, which comes last and so counts.
std::expected<SweptRun, int> sweptRun(const QStringList &arguments, const RunOptions &options, const RunRequest &first,
                                      const QString &value)
{
    const LoadChange &change = first.change;
    const bool isReplaced = options.isUrl || change.rate || change.users || change.iterations;
    const QString option = optionFor(options.sweep->parameter, value, first.scenarioText, isReplaced);
    Result<RunOptions> own = parseRunOptions(withOptions(arguments, {option}));
    if (!own)
        return std::unexpected(fail(own.error(), kExitUsage));
    RunRequest request = first; // standard input can be read only once
    request.overrides = own->overrides;
    request.change = own->change;
    if (options.isUrl || isSession(options)) {
        Result<RunRequest> made = requestOf(*own);
        if (!made)
            return std::unexpected(fail(made.error(), kExitUsage));
        request = std::move(*made);
        request.attachments = first.attachments; // one copy of them is enough
    }
    auto prepared = prepareRun(*own, std::move(request));
    if (!prepared)
        return std::unexpected(prepared.error());
    return SweptRun{value, std::move(*own), std::move(*prepared)};
}

QString sessionPathFor(const SweptRun &run)
{
    const QString part = sweepFilePart(run.options.sweep->parameter, run.value);
    if (run.options.sessionPath.isEmpty()) {
        constexpr qsizetype kMostOfName = 28; // what follows must not be cut
        const QString name = run.prepared.preparation.plan->name.left(kMostOfName);
        return freeSessionFileName(QDir(), name + QLatin1Char('-') + part, QDateTime::currentDateTime());
    }
    const QFileInfo out(run.options.sessionPath);
    return out.path() + QLatin1Char('/') + out.completeBaseName() + QLatin1Char('-') + part
        + QStringLiteral(".headroom");
}

void announce(const SweptRun &run, std::size_t number, std::size_t of)
{
    const QString &parameter = run.options.sweep->parameter;
    if (run.options.progress == ProgressPrinter::Style::Json) {
        const QJsonObject line{{QStringLiteral("run"), qint64(number)},
                               {QStringLiteral("of"), qint64(of)},
                               {QStringLiteral("parameter"), parameter},
                               {QStringLiteral("value"), run.value}};
        printOut(QString::fromUtf8(QJsonDocument(line).toJson(QJsonDocument::Compact)));
    } else if (run.options.progress == ProgressPrinter::Style::Plain) {
        printError(QStringLiteral("%1 of %2: %3 = %4").arg(number).arg(of).arg(parameter, run.value));
    }
}

SweepReport::Member runOne(SweptRun &swept, SweepReport &sweep, InterruptWatch &interrupts)
{
    swept.prepared.request.sessionPath = sessionPathFor(swept);
    swept.prepared.request.canBeRenamed = swept.options.sessionPath.isEmpty();
    Run run(std::move(swept.prepared.request), std::move(swept.prepared.preparation));
    const ProgressPrinter progress(swept.options.progress, run);
    if (const auto error = runToTheEnd(run, interrupts))
        return failedRunSummary(swept.value, error->text(), exitCodeOf(*error));
    const QString path = run.sessionPath();
    Result<ReportModel> model = reportOf(path);
    if (!model)
        return failedRunSummary(swept.value, model.error().text(), kExitFault);
    if (swept.options.isStrict)
        makeStrict(model->verdict);
    sweep.target = model->head.facts.target;
    return runSummary(swept.value, QFileInfo(path).fileName(), *model);
}

Result<void> writeSweepReports(const SweepReport &sweep, const std::vector<ReportFile> &files)
{
    for (const ReportFile &file : files) {
        const QByteArray bytes = file.format == QLatin1String("html") ? sweepHtml(sweep) : sweepJson(sweep);
        if (auto written = writeReport(file, bytes); !written)
            return written;
    }
    return {};
}

int tellSweep(const SweepReport &sweep, const RunOptions &options)
{
    const auto written = writeSweepReports(sweep, options.reports);
    if (options.progress != ProgressPrinter::Style::Json) {
        printOut(sweepText(sweep));
        for (const SweepReport::Member &member : sweep.members) {
            if (member.hasRun())
                printOut(QStringLiteral("Session: %1").arg(member.session));
        }
        for (const ReportFile &file : options.reports) {
            if (written)
                printOut(QStringLiteral("Report:  %1").arg(file.path));
        }
    }
    if (!written && sweep.exitCode != kExitInterrupted)
        return fail(written.error(), kExitFault);
    return sweep.exitCode;
}

} // namespace

int sweepCommand(const QStringList &arguments, const RunOptions &options, const RunRequest &first)
{
    std::vector<SweptRun> runs;
    SweepReport sweep;
    for (const QString &value : options.sweep->values) {
        auto run = sweptRun(arguments, options, first, value);
        if (!run)
            return run.error();
        runs.push_back(std::move(*run));
        sweep.values.push_back(value);
    }
    QStringList sessions;
    QStringList inputs;
    for (const SweptRun &run : runs) {
        inputs << filesOf(run.prepared.preparation.scenario);
        if (!options.sessionPath.isEmpty())
            sessions << sessionPathFor(run);
    }
    if (const auto allowed = checkOutputs(options, sessions, inputs); !allowed)
        return fail(allowed.error(), exitCodeOf(allowed.error()));
    sweep.toolVersion = QLatin1String(kVersion);
    sweep.parameter = options.sweep->parameter;
    sweep.scenario = runs.front().prepared.preparation.plan->name;
    InterruptWatch interrupts;
    for (std::size_t i = 0; i < runs.size() && !interrupts.isInterrupted(); ++i) {
        announce(runs[i], i + 1, runs.size());
        sweep.members.push_back(runOne(runs[i], sweep, interrupts));
        const SweepReport::Member &member = sweep.members.back();
        if (!member.hasRun())
            printError(member.problem);
    }
    const bool isCutShort = sweep.members.size() < runs.size(); // also between two of them
    sweep.exitCode = isCutShort ? kExitInterrupted : worstExitCode(sweep.members);
    return tellSweep(sweep, options);
}

} // namespace Headroom
