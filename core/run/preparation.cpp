// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/preparation.h"

#include "core/analysis/limitwindow.h"
#include "core/base/humanformat.h"
#include "core/feeds/feedloader.h"
#include "core/plan/connectionplan.h"
#include "core/plan/planner.h"
#include "core/rules/ruleparser.h"
#include "core/run/actioncheck.h"
#include "core/run/ceilingcache.h"
#include "core/run/commandline.h"
#include "core/run/judgementcheck.h"
#include "core/run/leftoutactions.h"
#include "core/run/leftoutprobes.h"
#include "core/run/machinefacts.h"
#include "core/run/secretfilling.h"
#include "core/scenario/bodyreader.h"
#include "core/scenario/connectionreader.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

const QUrl kPracticePlaceholder(QStringLiteral("http://127.0.0.1:1"));

/// A place inside a rule's text, as a place in the file. Exact for rules on one line, written plainly or in quotes; of a
/// cell of the objectives all of it. `rule`: one of the scenario's.
TextRange rangeInside(const Scenario &scenario, const Scenario::RuleText &rule, const RuleProblem &problem)
{
    const TextRange &whole = rule.range;
    if (rule.source == Scenario::RuleText::Source::Outside)
        return whole;
    const bool isCell = std::ranges::contains(scenario.objectives, int(&rule - scenario.rules.data()), &Scenario::Objective::rule);
    if (whole.start.line != whole.end.line || isCell)
        return whole;
    const auto quotes = int(whole.end.column - whole.start.column - rule.text.size());
    const int start = whole.start.column + std::max(0, quotes) / 2 + int(problem.position);
    return {{whole.start.line, start}, {whole.start.line, start + int(std::max<qsizetype>(1, problem.length))}};
}

/// `wanted`: with the probes and actions that are left out. A rule on one of those stays, is not run and says so.
std::vector<Rule> parseRules(const Scenario &scenario, const RunFacts &facts, const RunFacts &wanted,
                             Diagnostics &warnings, Diagnostics &problems)
{
    std::vector<Rule> rules;
    const auto report = [&](const Scenario::RuleText &written, const RuleProblem &problem) {
        problems.push_back({Diagnostic::Severity::Error, rangeInside(scenario, written, problem),
                            withSource(written, problem.message)});
    };
    for (const Scenario::RuleText &written : scenario.rules) {
        const auto rule = parseRule(written.text);
        if (!rule) {
            report(written, rule.error());
            continue;
        }
        if (const auto problem = checkRule(*rule, wanted))
            report(written, *problem);
        else if (checkRule(*rule, facts))
            warnings.push_back({Diagnostic::Severity::Warning, written.range,
                                QStringLiteral("this rule is not run, as what it judges is left out: %1")
                                    .arg(formatQuoted(written.text))});
        rules.push_back(*rule);
    }
    const bool hasAchieved
        = std::ranges::any_of(rules, [](const Rule &rule) { return rule.metric == Rule::Metric::Achieved; });
    if (facts.isOpenModel && scenario.achievedRule && !hasAchieved)
        rules.push_back(implicitAchievedRule());
    if (rules.size() > RunFacts::kMostRules)
        problems.push_back({Diagnostic::Severity::Error, {},
                            QStringLiteral("there are %1 rules, with those of objectives and requirements; a run takes %2")
                                .arg(rules.size())
                                .arg(RunFacts::kMostRules)});
    return rules;
}

void checkCommand(const QString &command, const TextRange &range, const QString &folder, Diagnostics &problems)
{
    const QString program = QProcess::splitCommand(command).value(0);
    if (folder.isEmpty() && program.contains(u'/') && !program.startsWith(u'/'))
        return;
    if (const auto found = findCommand(command, folder); !found)
        problems.push_back({Diagnostic::Severity::Error, range, found.error().message});
}

void checkSocket(const Scenario::Target &target, const QString &socket, const TextRange &range, Diagnostics &problems)
{
    constexpr qsizetype kLongestSocketPath = 107; // sun_path in unix(7), with the zero behind it
    if (!socket.isEmpty() && QDir(target.folder).absoluteFilePath(socket).toUtf8().size() > kLongestSocketPath)
        problems.push_back({Diagnostic::Severity::Error, range,
                            QStringLiteral("the path of the socket, with its folder, is longer than %1 bytes; the system takes no more")
                                .arg(kLongestSocketPath)});
}

void checkCommands(const Scenario::Target &target, Diagnostics &problems)
{
    if (target.start)
        checkCommand(target.start->command, target.start->range, target.folder, problems);
    if (target.lines && target.lines->socket.isEmpty())
        checkCommand(target.lines->command, target.lines->range, target.folder, problems);
    if (target.lines)
        checkSocket(target, target.lines->socket, target.lines->range, problems);
    checkSocket(target, target.connection.socket, target.connection.range, problems);
}

/// A search that the command line asks for takes the place of the stages; rules on one of them have nothing to judge.
void leaveOutRulesOfStages(Preparation &made)
{
    std::vector<int> left;
    for (int i = 0; const Scenario::RuleText &written : made.scenario.rules) {
        const int index = i++;
        const auto rule = parseRule(written.text);
        if (!rule || (rule->during.isEmpty() && rule->metric != Rule::Metric::Recovery))
            continue;
        left.push_back(index);
        made.warnings.push_back({Diagnostic::Severity::Warning, written.range,
                                 QStringLiteral("the search for the limit has no stages, so this rule is left out: %1")
                                     .arg(formatQuoted(written.text))});
    }
    removeRules(made.scenario, left);
}

/// A rule that is patient for longer than a rate is judged can never break there.
void checkPatience(const Scenario &scenario, Nanoseconds hold, Diagnostics &problems)
{
    for (const Scenario::RuleText &written : scenario.rules) {
        const auto rule = parseRule(written.text);
        if (rule && rule->forLength && *rule->forLength > hold && isBrokenByLoad(*rule))
            problems.push_back({Diagnostic::Severity::Error, written.range,
                                QStringLiteral("a rule that may be violated for %1 cannot break while the search "
                                               "holds each rate for %2; hold it as long, or shorten 'for'")
                                    .arg(formatDuration(*rule->forLength), formatDuration(hold))});
    }
}

/// What a search for the limit needs beyond its own fields.
void checkSearch(Preparation &made, const LoadChange &change, Diagnostics &problems)
{
    const TextRange &range = made.scenario.load.range;
    const auto problem = [&](const QString &message) {
        problems.push_back({Diagnostic::Severity::Error, range, message});
    };
    const auto &search = made.plan->findLimit;
    if (!search) {
        if (change.findLimit)
            problem(QStringLiteral("a search for the limit begins at a rate, and this load has users; give the load a "
                                   "rate, such as 50/s"));
        return;
    }
    if (search->upTo.perSecond() <= made.plan->profile.valueAt(0ns))
        problem(QStringLiteral("the search begins at the planned rate of %1 and goes up from there; let it go further "
                               "than %2")
                    .arg(formatRate(Rate::perSecond(made.plan->profile.valueAt(0ns))), formatRate(search->upTo)));
    constexpr double kFewArrivals = 20.0; // below, a percentile is any of them
    const double arrivals = made.plan->profile.valueAt(0ns) * std::chrono::duration<double>(search->hold).count();
    if (arrivals < kFewArrivals)
        made.warnings.push_back({Diagnostic::Severity::Warning, range,
                                 QStringLiteral("the search judges the planned rate by %1 iterations, which is little to "
                                                "go by; let it hold each rate longer").arg(std::floor(arrivals))});
    checkPatience(made.scenario, search->hold, problems);
    if (std::ranges::none_of(made.rules, isBrokenByLoad))
        problem(QStringLiteral("a search for the limit needs a rule that more load can break, such as p95 < 50 ms or "
                               "errors < 1 %"));
}

void tellLeftOut(Preparation &made, const Diagnostics &warnings)
{
    made.warnings.insert(made.warnings.end(), warnings.begin(), warnings.end());
    for (const Diagnostic &warning : warnings)
        made.leftOut << warning.message;
}

void takeFindings(const Diagnostics &findings, Diagnostics &warnings, Diagnostics &problems)
{
    for (const Diagnostic &finding : findings)
        (finding.severity == Diagnostic::Severity::Error ? problems : warnings).push_back(finding);
}

void warnOfSlowTransport(Preparation &made)
{
    constexpr double kManyForQnam = 5000.0; // per second; two cores make 12,000 to 25,000 when they have nothing else to do
    const std::optional<double> rate = peakRequestRate(*made.plan);
    if (made.plan->transport == QLatin1String("qnam") && rate.value_or(0.0) > kManyForQnam)
        made.warnings.push_back({Diagnostic::Severity::Warning, made.scenario.load.range,
                                 QStringLiteral("the load asks for up to %1 requests, which is much for the transport qnam; "
                                                "transport: direct makes many times as many in a second of CPU")
                                     .arg(formatRate(Rate::perSecond(*rate)))});
}

/// What the probes will deliver.
std::vector<RunFacts::Series> checkProbes(const Scenario &scenario, const QUrl &target, Diagnostics &problems)
{
    std::vector<RunFacts::Series> series;
    for (const Scenario::Probe &probe : scenario.probes) {
        if (probe.isPractice && !startsTarget(scenario.target)) {
            problems.push_back({Diagnostic::Severity::Error, probe.range,
                                QStringLiteral("probe '%1' watches the practice target or another that the run starts, but it starts none; write its port or pid").arg(probe.name)});
            continue;
        }
        const auto own = seriesOf(probe, target, problems);
        series.insert(series.end(), own.begin(), own.end());
    }
    return series;
}

/// A folder that is not known is none to look for files in; the templates are checked all the same.
std::expected<std::vector<FeedRowsPtr>, Diagnostics> readFeedFiles(const Scenario &scenario)
{
    return scenario.target.folder.isEmpty() ? std::vector<FeedRowsPtr>() : loadFeeds(scenario);
}

/// Before it has the values of its secrets, with a mark for each.
std::expected<PlanPtr, Diagnostics> planFor(const Preparation &preparation, const QUrl &target, std::uint64_t seed)
{
    const Scenario &scenario = preparation.scenario;
    if (scenario.secrets.empty())
        return compilePlan(scenario, target, seed, preparation.feeds);
    if (!preparation.redactor)
        return compilePlan(withoutSecrets(scenario), target, seed, preparation.feeds);
    const auto compiled = compilePlan(scenario, target, seed, preparation.feeds);
    if (!compiled)
        return compiled;
    auto plan = std::make_shared<Plan>(**compiled);
    plan->redactor = preparation.redactor;
    return plan;
}

} // namespace

std::expected<Preparation, Diagnostics> prepare(const QByteArray &text, const std::vector<ScenarioOverride> &overrides,
                                                const LoadChange &change, std::uint64_t seed, const QString &folder,
                                                const ProfileChoice &choice)
{
    ScenarioReading reading = readScenario(text, overrides, choice);
    if (hasErrors(reading.diagnostics))
        return std::unexpected(std::move(reading.diagnostics));
    Preparation made{std::move(reading.scenario), nullptr, {}, {}, std::move(reading.diagnostics)};
    made.scenario.target.folder = folder;
    apply(change, made.scenario);
    if (change.findLimit)
        leaveOutRulesOfStages(made);
    Diagnostics problems;
    const LeftOutProbes left = change.target ? leaveOutProbesOfStart(made.scenario, problems) : LeftOutProbes();
    tellLeftOut(made, left.warnings);
    const Diagnostics stops = change.target ? leaveOutStops(made.scenario) : Diagnostics();
    tellLeftOut(made, stops);
    loadBodies(made.scenario, problems);
    loadTlsFiles(made.scenario, problems);
    const QUrl target = made.scenario.target.practice ? kPracticePlaceholder : made.scenario.target.url;
    if (auto feeds = readFeedFiles(made.scenario))
        made.feeds = *std::move(feeds);
    else
        return std::unexpected(std::move(feeds.error()));
    auto plan = planFor(made, target, seed);
    if (!plan)
        return std::unexpected(std::move(plan.error()));
    made.plan = *plan;
    takeFindings(connectionWarnings(*made.plan, made.scenario.target), made.warnings, problems);
    warnOfSlowTransport(made);
    checkCommands(made.scenario.target, problems);
    for (const Plan::Action &action : made.plan->actions) {
        if (!action.command.isEmpty())
            checkCommand(action.command, action.range, made.scenario.target.folder, problems);
    }
    std::vector<RunFacts::Series> series = checkProbes(made.scenario, made.plan->target, problems);
    RunFacts facts = factsOf(*made.plan, {}, std::move(series), 1);
    RunFacts wanted = facts;
    wanted.series.insert(wanted.series.end(), left.series.begin(), left.series.end());
    wanted.actions.resize(facts.actions.size() + stops.size());
    for (std::size_t i = facts.actions.size(); i < wanted.actions.size(); ++i)
        wanted.actions[i].stopsTarget = true;
    if (const Diagnostics waiting = leaveOutActions(made.scenario, facts, wanted); !waiting.empty()) {
        tellLeftOut(made, waiting);
        plan = planFor(made, target, seed);
        if (!plan)
            return std::unexpected(std::move(plan.error()));
        made.plan = *plan;
        facts.actions = actionFacts(*made.plan);
    }
    made.rules = parseRules(made.scenario, facts, wanted, made.warnings, problems);
    takeFindings(checkActions(*made.plan, facts), made.warnings, problems);
    if (problems.empty())
        takeFindings(checkJudgement(made.scenario, made.rules, wanted), made.warnings, problems);
    checkSearch(made, change, problems);
    if (problems.empty())
        return made;
    problems.insert(problems.end(), left.warnings.begin(), left.warnings.end()); // what is missing may be theirs
    std::ranges::sort(problems, {}, [](const Diagnostic &problem) { return problem.range.start; });
    return std::unexpected(std::move(problems));
}

Result<PlanPtr> replan(const Preparation &preparation, const QUrl &target, std::uint64_t seed)
{
    const auto plan = planFor(preparation, target, seed);
    if (plan)
        return *plan;
    return failure(
        Error::Code::InvalidInput,
        QStringLiteral("the scenario does not fit the practice target: %1").arg(plan.error().front().message),
        target.toString());
}

namespace {

RunFacts::Observation::Kind factOf(Scenario::Observation::Kind kind)
{
    using From = Scenario::Observation::Kind;
    using To = RunFacts::Observation::Kind;
    switch (kind) {
    case From::Hit:
        return To::Hit;
    case From::Value:
        return To::Value;
    case From::Part:
        return To::Part;
    case From::ServerTime:
        return To::ServerTime;
    }
    Q_UNREACHABLE_RETURN(To::Value);
}

std::vector<RunFacts::Observation> observationFacts(const Plan &plan)
{
    std::vector<RunFacts::Observation> facts;
    for (const Scenario::Observation &one : plan.observations)
        facts.push_back({one.name, factOf(one.kind), one.unit, one.isOfRejections, one.expectedShare});
    return facts;
}

RunFacts::Connections connectionFacts(const Plan &plan)
{
    const ConnectionOptions &options = plan.connections;
    RunFacts::Connections facts{.isTls = hasTls(plan),
                                .isVerified = options.tls.isVerified,
                                .isResumed = options.tls.isResumed,
                                .hasAuthorities = !options.tls.authorities.isEmpty(),
                                .hasCertificate = !options.tls.certificate.isEmpty(),
                                .serverName = options.tls.serverName,
                                .isReused = options.isReused,
                                .isHttp2 = options.isHttp2,
                                .streams = options.streams,
                                .isResolvedEachTime = options.isResolvedEachTime,
                                .socket = QFileInfo(options.socket).fileName()}; // where it is concerns nobody
    if (options.family != ConnectionOptions::Family::Any)
        facts.family = options.family == ConnectionOptions::Family::IPv6 ? QStringLiteral("ipv6") : QStringLiteral("ipv4");
    for (const QHostAddress &source : options.sources)
        facts.sources << source.toString();
    return facts;
}

} // namespace

RunFacts factsOf(const Plan &plan, const std::vector<Rule> &rules, std::vector<RunFacts::Series> series, int workers)
{
    RunFacts facts;
    facts.name = plan.name;
    facts.target = plan.target.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    facts.transport = plan.transport;
    facts.connections = connectionFacts(plan);
    facts.isOpenModel = plan.isOpenModel;
    if (plan.isOpenModel) {
        facts.userCap = std::uint64_t(plan.userCap);
        facts.latePolicy = plan.late == Scenario::Late::Queue ? QStringLiteral("queue") : QStringLiteral("drop");
        facts.spacing = plan.spacing == Scenario::Spacing::Poisson ? QStringLiteral("poisson") : QStringLiteral("even");
    }
    facts.seed = plan.seed;
    facts.workers = workers;
    facts.iterations = plan.iterations;
    facts.iterationsEach = plan.iterationsEach;
    facts.plannedLength = plan.length;
    if (plan.batches)
        facts.batches = {plan.batches->count, plan.batches->size};
    if (plan.findLimit) {
        facts.limitSearch = {plan.profile.valueAt(0ns), plan.findLimit->upTo.perSecond(), plan.findLimit->hold,
                             plan.findLimit->confirm, plan.findLimit->within};
    }
    for (const Plan::Step &step : plan.steps)
        facts.steps.push_back({step.name, QString::fromLatin1(step.request.method), step.path, step.flow});
    for (const Plan::Flow &flow : plan.flows)
        facts.flows.push_back({flow.name, flow.share, flow.rate ? std::optional(flow.rate->perSecond()) : std::nullopt});
    for (const Plan::Stage &stage : plan.stages)
        facts.stages.push_back({stage.name, stage.start, stage.length, stage.from, stage.to, stage.isWarmUp});
    if (!facts.stages.empty()) // a plan without an end has stages of some length all the same
        facts.plannedLength = std::max(plan.length, facts.stages.back().start + facts.stages.back().length);
    facts.sampleKeeping = plan.sampleKeeping;
    facts.machineMemoryBytes = machineMemory();
    facts.observations = observationFacts(plan);
    facts.actions = actionFacts(plan);
    facts.series = std::move(series);
    for (const Rule &rule : rules)
        facts.rules.push_back(rule.text);
    return facts;
}

} // namespace Headroom
