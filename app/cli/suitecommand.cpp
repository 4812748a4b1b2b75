// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/suitecommand.h"

#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/options.h"
#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/base/version.h"
#include "core/report/suitereport.h"
#include "core/run/servicecheck.h"
#include "core/run/sessionname.h"
#include "core/run/suitemember.h"
#include "core/scenario/scenariofiles.h"
#include "core/scenario/suite.h"

#include <QDateTime>
#include <QFileInfo>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Headroom {

namespace {

struct SuiteRun
{
    Suite::Member member;
    RunOptions options;
    PreparedRun prepared;
};

/// The options of the whole call, and behind them those of the member.
QStringList argumentsOf(const QStringList &arguments, const Suite::Member &member)
{
    QStringList own;
    for (const auto &[place, value] : member.set)
        own << QStringLiteral("--set=%1=%2").arg(place, value);
    for (const QString &profile : member.profiles)
        own << QStringLiteral("--profile=") + profile;
    if (!member.environment.isEmpty())
        own << QStringLiteral("--environment=") + member.environment;
    return withOptions(arguments, own);
}

std::expected<SuiteRun, int> suiteRun(const QStringList &arguments, const RunOptions &options, const Suite &suite,
                                      const Suite::Member &member)
{
    const auto problem = [&](const QString &text, int exitCode) {
        return std::unexpected(fail({Error::Code::InvalidInput, text, {}}, exitCode));
    };
    Result<RunOptions> own = parseRunOptions(argumentsOf(arguments, member));
    if (!own)
        return problem(QStringLiteral("member %1: %2").arg(formatQuoted(member.name), own.error().text()), kExitUsage);
    const Result<QString> file = memberFile(folderOf(options.source), member);
    if (!file)
        return std::unexpected(fail(file.error(), kExitUsage));
    own->source = *file;
    Result<RunRequest> request = requestOf(*own);
    if (!request)
        return std::unexpected(fail(request.error(), kExitUsage));
    if (isSuite(request->scenarioText))
        return problem(QStringLiteral("member %1 is a suite itself; a suite holds scenarios").arg(formatQuoted(member.name)),
                       kExitUsage);
    request->change.rules = objectiveRules(suite, member.name);
    auto prepared = prepareRun(*own, std::move(*request));
    if (!prepared)
        return std::unexpected(prepared.error());
    return SuiteRun{member, std::move(*own), std::move(*prepared)};
}

/// Those that were asked for; all when none was named.
std::expected<std::vector<Suite::Member>, int> chosenMembers(const Suite &suite, const QStringList &only)
{
    QStringList names;
    for (const Suite::Member &member : suite.members)
        names << member.name;
    for (const QString &name : only) {
        if (!names.contains(name))
            return std::unexpected(fail({Error::Code::InvalidInput,
                                         QStringLiteral("--only: %1 is no member of the suite%2")
                                             .arg(formatQuoted(name), didYouMean(name, names)),
                                         {}},
                                        kExitUsage));
    }
    std::vector<Suite::Member> chosen;
    std::ranges::copy_if(suite.members, std::back_inserter(chosen), [&only](const Suite::Member &member) {
        return only.isEmpty() || only.contains(member.name);
    });
    return chosen;
}

/// Asked before the first run, so that the last one does not end a long night.
Result<void> checkServices(const std::vector<SuiteRun> &runs, const InterruptWatch &interrupts)
{
    for (const SuiteRun &run : runs) {
        const Preparation &prepared = run.prepared.preparation;
        ServiceCheck check(prepared.scenario.services, prepared.scenario.target.folder);
        const QObject untilItEnds;
        QObject::connect(&interrupts, &InterruptWatch::interrupted, &untilItEnds, [&check] { check.cancel(); });
        if (const auto found = QCoro::waitFor(check.awaitAll()); !found)
            return std::unexpected(hidden(prepared.redactor, found.error()));
    }
    return {};
}

QString sessionPathFor(const SuiteRun &run, const Suite &suite)
{
    const QString name = suite.name.left(28) + QLatin1Char('-') + run.member.name;
    if (run.options.sessionPath.isEmpty())
        return freeSessionFileName(QDir(), name, QDateTime::currentDateTime());
    const QFileInfo out(run.options.sessionPath);
    return QStringLiteral("%1/%2-%3.headroom").arg(out.path(), out.completeBaseName(), safeFilePart(run.member.name));
}

/// With --out each member's session is named by the member, of which a file's name takes less than a suite does.
Result<void> checkFiles(const std::vector<Suite::Member> &members, const RunOptions &options)
{
    QHash<QString, QString> known; // members by their part of the name
    for (const Suite::Member &member : members) {
        const QString part = safeFilePart(member.name);
        if (!options.sessionPath.isEmpty() && known.contains(part))
            return failure(Error::Code::InvalidInput,
                           QStringLiteral("--out: the sessions of the members %1 and %2 would be one file; give one of "
                                          "them another name, or leave --out out")
                               .arg(formatQuoted(known[part]), formatQuoted(member.name)));
        known.insert(part, member.name);
    }
    return {};
}

Result<void> checkAllOutputs(const std::vector<SuiteRun> &runs, const Suite &suite, const RunOptions &options)
{
    QStringList sessions;
    QStringList inputs;
    for (const SuiteRun &run : runs) {
        inputs << run.options.source << filesOf(run.prepared.preparation.scenario);
        if (!options.sessionPath.isEmpty())
            sessions << sessionPathFor(run, suite);
    }
    return checkOutputs(options, sessions, inputs);
}

void announce(const SuiteRun &run, std::size_t number, std::size_t of)
{
    if (run.options.progress == ProgressPrinter::Style::Json) {
        const QJsonObject line{{QStringLiteral("run"), qint64(number)},
                               {QStringLiteral("of"), qint64(of)},
                               {QStringLiteral("member"), run.member.name}};
        printOut(QString::fromUtf8(QJsonDocument(line).toJson(QJsonDocument::Compact)));
    } else if (run.options.progress == ProgressPrinter::Style::Plain) {
        printError(QStringLiteral("%1 of %2: %3").arg(number).arg(of).arg(run.member.name));
    }
}

/// A member before this one that was run and is no plain yes, or was not run itself.
QString unmetNeed(const Suite::Member &member, const SuiteReport &report)
{
    for (const SuiteReport::Member &before : report.members) {
        if (member.needs.contains(before.run.label) && (!before.run.hasRun() || before.run.exitCode != kExitMet))
            return before.run.label;
    }
    return {};
}

RunSummary runOne(SuiteRun &one, const Suite &suite, SuiteReport::Member &into, InterruptWatch &interrupts)
{
    one.prepared.request.sessionPath = sessionPathFor(one, suite);
    one.prepared.request.canBeRenamed = one.options.sessionPath.isEmpty();
    into.profiles = profileWords(one.prepared.preparation.scenario.profiles, one.prepared.preparation.scenario.environment);
    Run run(std::move(one.prepared.request), std::move(one.prepared.preparation));
    const ProgressPrinter progress(one.options.progress, run);
    if (const auto error = runToTheEnd(run, interrupts))
        return failedRunSummary(one.member.name, error->text(), exitCodeOf(*error));
    const QString path = run.sessionPath();
    Result<ReportModel> model = reportOf(path);
    if (!model)
        return failedRunSummary(one.member.name, model.error().text(), kExitFault);
    if (one.options.isStrict)
        makeStrict(model->verdict);
    into.target = model->head.facts.target;
    into.rules = model->rules;
    return runSummary(one.member.name, QFileInfo(path).fileName(), *model);
}

void addMember(SuiteRun &one, const Suite &suite, SuiteReport &report, InterruptWatch &interrupts)
{
    SuiteReport::Member member;
    member.scenario = one.member.scenario;
    if (const QString unmet = unmetNeed(one.member, report); !unmet.isEmpty()) {
        member.skipped = QStringLiteral("it needs %1, which did not meet its rules").arg(formatQuoted(unmet));
        member.run = failedRunSummary(one.member.name, member.skipped, kExitNotMet);
    } else {
        member.run = runOne(one, suite, member, interrupts);
    }
    if (!member.run.hasRun())
        printError(QStringLiteral("%1: %2").arg(one.member.name, member.run.problem));
    report.members.push_back(std::move(member));
}

void addObjectives(const Suite &suite, SuiteReport &report)
{
    for (const Suite::Objective &objective : suite.objectives) {
        const auto member = std::ranges::find(report.members, objective.member,
                                              [](const SuiteReport::Member &one) { return one.run.label; });
        SuiteReport::Objective cell{objective.member, objective.metric, std::nullopt};
        if (member != report.members.end()) {
            const auto rule = std::ranges::find(member->rules, objectiveRule(objective),
                                                [](const RuleResult &result) { return result.rule.text; });
            if (rule != member->rules.end())
                cell.result = *rule;
        }
        report.objectives.push_back(std::move(cell));
    }
}

Result<void> writeSuiteReports(const SuiteReport &suite, const std::vector<ReportFile> &files)
{
    for (const ReportFile &file : files) {
        const QByteArray bytes = file.format == QLatin1String("html") ? suiteHtml(suite) : suiteJson(suite);
        if (auto written = writeReport(file, bytes); !written)
            return written;
    }
    return {};
}

int tellSuite(const SuiteReport &suite, const RunOptions &options)
{
    const auto written = writeSuiteReports(suite, options.reports);
    if (options.progress != ProgressPrinter::Style::Json) {
        printOut(suiteText(suite));
        for (const SuiteReport::Member &member : suite.members) {
            if (member.run.hasRun())
                printOut(QStringLiteral("Session: %1").arg(member.run.session));
        }
        for (const ReportFile &file : options.reports) {
            if (written)
                printOut(QStringLiteral("Report:  %1").arg(file.path));
        }
    }
    if (!written && suite.exitCode != kExitInterrupted)
        return fail(written.error(), kExitFault);
    return suite.exitCode;
}

int worstOf(const SuiteReport &suite)
{
    std::vector<RunSummary> runs;
    for (const SuiteReport::Member &member : suite.members)
        runs.push_back(member.run);
    return worstExitCode(runs);
}

} // namespace

bool validateSuite(const QString &path, const QByteArray &text)
{
    const SuiteReading reading = readSuite(text);
    printDiagnostics(path, reading.diagnostics);
    bool isFine = !hasErrors(reading.diagnostics);
    for (const Suite::Member &member : isFine ? reading.suite.members : std::vector<Suite::Member>()) {
        const Result<QString> file = memberFile(folderOf(path), member);
        const Result<QByteArray> scenario = file ? readFile(*file) : std::unexpected(file.error());
        if (!scenario) {
            printError(scenario.error().text());
            isFine = false;
            continue;
        }
        LoadChange change;
        change.rules = objectiveRules(reading.suite, member.name);
        std::vector<ScenarioOverride> overrides;
        for (const auto &[place, value] : member.set)
            overrides.push_back({place, value});
        const auto made = prepare(*scenario, overrides, change, 1, folderOf(*file), {member.profiles, member.environment});
        printDiagnostics(QStringLiteral("%1 (%2)").arg(*file, member.name), made ? made->warnings : made.error());
        isFine = isFine && made.has_value();
    }
    if (isFine)
        printOut(QStringLiteral("%1: a suite of %2 members").arg(path).arg(reading.suite.members.size()));
    return isFine;
}

int suiteCommand(const QStringList &arguments, const RunOptions &options, const QByteArray &text)
{
    const SuiteReading reading = readSuite(text);
    printDiagnostics(options.source, reading.diagnostics);
    if (hasErrors(reading.diagnostics))
        return kExitUsage;
    if (options.sweep)
        return fail({Error::Code::InvalidInput, QStringLiteral("--sweep: a suite cannot be swept; sweep one of its scenarios"), {}},
                    kExitUsage);
    const auto members = chosenMembers(reading.suite, options.only);
    if (!members)
        return members.error();
    if (const auto apart = checkFiles(*members, options); !apart)
        return fail(apart.error(), kExitUsage);
    std::vector<SuiteRun> runs;
    for (const Suite::Member &member : *members) {
        auto run = suiteRun(arguments, options, reading.suite, member);
        if (!run)
            return run.error();
        runs.push_back(std::move(*run));
    }
    if (const auto allowed = checkAllOutputs(runs, reading.suite, options); !allowed)
        return fail(allowed.error(), exitCodeOf(allowed.error()));
    InterruptWatch interrupts;
    const auto found = checkServices(runs, interrupts);
    if (!found && found.error().code != Error::Code::Cancelled)
        return fail(found.error(), exitCodeOf(found.error()));
    if (!found)
        printError(found.error().text());
    SuiteReport report;
    report.toolVersion = QLatin1String(kVersion);
    report.name = reading.suite.name;
    report.planned = runs.size();
    for (std::size_t i = 0; i < runs.size() && !interrupts.isInterrupted(); ++i) {
        announce(runs[i], i + 1, runs.size());
        addMember(runs[i], reading.suite, report, interrupts);
    }
    addObjectives(reading.suite, report);
    report.exitCode = report.isComplete() ? worstOf(report) : kExitInterrupted; // also between two of them
    return tellSuite(report, options);
}

} // namespace Headroom
