// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/planner.h"

#include "core/base/humanformat.h"
#include "core/plan/actionplan.h"
#include "core/plan/answerplan.h"
#include "core/plan/connectionplan.h"
#include "core/plan/feedplan.h"
#include "core/plan/flowcompiler.h"
#include "core/plan/linesplan.h"
#include "core/plan/observationplan.h"
#include "core/plan/requestcompiler.h"
#include "core/plan/sinewave.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace Headroom {

namespace {

/// One of them is shown as an example.
void keepBodiesOfErrors(Plan::Step &step)
{
    for (int status = 0; status < StatusSet::kEnd; ++status) {
        if (!step.expects(status))
            step.request.keepBodyOf.insert(status);
    }
}

void compileFlows(Plan &plan, const Scenario &scenario, Diagnostics &problems)
{
    double weights = 0.0;
    for (const Scenario::Flow &flow : scenario.flows)
        weights += flow.rate ? 0.0 : flow.weight;
    plan.variables = scenario.variables.size();
    std::vector<QString> groups; // of each step
    for (const Scenario::Flow &flow : scenario.flows) {
        const FlowIndex index{int(plan.flows.size())};
        Plan::Flow compiled{flow.name, flow.weight, flow.rate ? 0.0 : flow.weight / weights, flow.rate, {}, flow.pace.value_or(0ns)};
        const auto addStep = [&](const Scenario::Step &step, const QString &groupsOfStep) {
            groups.push_back(groupsOfStep);
            compiled.steps.push_back({int(plan.steps.size())});
            const QString path = step.path.written().section(QLatin1Char('?'), 0, 0);
            const QString name = step.name.isEmpty() ? standardName(step, path, plan.steps.size()) : step.name;
            const auto [request, varying] = step.isLine ? compileLine(scenario.target, step, plan.target, plan.steps.size())
                                                        : compileRequest(scenario.target, step, plan.target, plan.steps.size());
            if (const QString misfit = lineMisfit(step, scenario.target); !misfit.isEmpty())
                problems.push_back({Diagnostic::Severity::Error, step.range, misfit});
            else if (!step.isLine && (!request.url.isValid() || request.url.host().isEmpty()))
                problems.push_back({Diagnostic::Severity::Error, step.range,
                                    QStringLiteral("'%1' makes no valid URL on the target").arg(step.path.written())});
            plan.steps.push_back({name, path, index, request, varying, step.expect, step.think});
            plan.steps.back().request.form = varying ? 0 : int(plan.steps.size());
            keepBodiesOfErrors(plan.steps.back());
            takeAnswers(plan.steps.back(), step, scenario.target, scenario.variables);
            if (step.until)
                plan.steps.back().repeatUntil(*step.until);
            return compiled.steps.back();
        };
        compiled.program = compileFlow(flow.steps, addStep);
        compiled.requests = expectedRequests(flow.steps);
        plan.flows.push_back(std::move(compiled));
    }
    std::vector<QString *> names;
    for (Plan::Step &step : plan.steps)
        names.push_back(&step.name);
    qualifyNames(names, groups);
}

/// What a stage adds to the profile. `periods`: of all sines so far; their number is bounded, so that a profile stays
/// small enough to be copied when it is steered.
std::vector<LoadProfile::Piece> piecesOf(const Scenario::Stage &stage, double from, double to, double &periods,
                                         Diagnostics &problems)
{
    constexpr int kMostPeriods = 2000;
    if (!stage.sine)
        return {{stage.length == 0ns ? LoadProfile::kEndless : stage.length, from, to}};
    periods += double(stage.length.count()) / double(stage.sine->period.count());
    if (periods <= kMostPeriods)
        return SineWave{from, stage.sine->amplitude.perSecond(), stage.sine->period}.pieces(stage.length);
    problems.push_back({Diagnostic::Severity::Error, stage.range,
                        QStringLiteral("the sines up to here have more than %1 periods together; make a period longer "
                                       "or a stage shorter").arg(kMostPeriods)});
    return {};
}

void compileStages(Plan &plan, const Scenario &scenario, Diagnostics &problems)
{
    std::vector<LoadProfile::Piece> pieces;
    double periods = 0.0;
    for (const Scenario::Stage &stage : scenario.load.stages) {
        const auto [from, to] = stage.users
            ? *stage.users
            : std::pair(stage.rate->first.perSecond(), stage.rate->second.perSecond());
        plan.stages.push_back({stage.name, plan.length, stage.length, from, to, stage.isWarmUp});
        std::ranges::copy(piecesOf(stage, from, to, periods, problems), std::back_inserter(pieces));
        plan.length += stage.length;
    }
    if (!plan.stages.empty() && plan.stages.back().length == 0ns)
        plan.length = 0ns; // however long those before it are
    plan.profile = LoadProfile(std::move(pieces));
}

Plan::Stream weightedStream(const Plan &plan)
{
    Plan::Stream stream;
    double sum = 0.0;
    for (std::size_t i = 0; i < plan.flows.size(); ++i) {
        if (plan.flows[i].rate)
            continue;
        sum += plan.flows[i].share;
        stream.flows.push_back({int(i)});
        stream.upTo.push_back(sum);
    }
    return stream;
}

void compileStreams(Plan &plan, Scenario::Spacing spacing)
{
    const auto nextSpacing = [&plan, spacing] {
        return spacing == Scenario::Spacing::Poisson ? ArrivalSpacing::poisson(plan.seed, plan.streams.size())
                                                     : ArrivalSpacing();
    };
    Plan::Stream weighted = weightedStream(plan);
    const auto ownRates = std::size_t(std::ranges::count_if(plan.flows, [](const Plan::Flow &flow) { return flow.rate.has_value(); }));
    const std::size_t streams = ownRates + (weighted.flows.empty() ? 0 : 1);
    if (!weighted.flows.empty()) {
        if (plan.isOpenModel)
            weighted.schedule = ArrivalSchedule(plan.profile, fewer(plan.iterations, arrivalsByFeeds(plan, 0, streams)), nextSpacing());
        plan.streams.push_back(std::move(weighted));
    }
    for (std::size_t i = 0; i < plan.flows.size(); ++i) {
        if (!plan.flows[i].rate)
            continue;
        const double rate = plan.flows[i].rate->perSecond();
        const LoadProfile profile({{plan.length, rate, rate}});
        const auto count = arrivalsByFeeds(plan, plan.streams.size(), streams);
        plan.streams.push_back({{FlowIndex{int(i)}}, {1.0}, ArrivalSchedule(profile, count, nextSpacing())});
    }
}

void checkLoad(const Plan &plan, const Scenario &scenario, Diagnostics &problems)
{
    const bool hasOwnRates = std::ranges::any_of(plan.flows, [](const Plan::Flow &flow) { return flow.rate.has_value(); });
    const auto problem = [&](const TextRange &range, const QString &message) {
        problems.push_back({Diagnostic::Severity::Error, range, message});
    };
    if (hasOwnRates && !plan.isOpenModel)
        problem(scenario.load.range, QStringLiteral("a flow with a rate of its own needs stages with rates; users and rates do not mix yet"));
    if (hasOwnRates && plan.findLimit)
        problem(scenario.load.range, QStringLiteral("a search for the limit sets one rate for all flows; give the flow with a rate of its own a weight instead"));
    else if (hasOwnRates && plan.length == 0ns)
        problem(scenario.load.range, QStringLiteral("a flow with a rate of its own needs stages with a length"));
    if (std::ranges::all_of(plan.flows, [](const Plan::Flow &flow) { return flow.rate.has_value(); })
        && !plan.profile.end().count())
        problem(scenario.load.range, QStringLiteral("the load has no stages"));
    if (plan.isOpenModel && !hasOwnRates && plan.length > 0ns && plan.profile.cumulativeAt(plan.length) < 1e-6)
        problem(scenario.load.range, QStringLiteral("the stages plan no arrival at all; raise a rate"));
    if (!plan.isOpenModel && plan.userCap == 0)
        problem(scenario.load.range, QStringLiteral("the stages plan no user at all; raise users"));
}

/// What happens at the barriers; the batches themselves are a stage with users that ends with a count.
auto isNamed(const QString &name)
{
    return [name](const Scenario::Header &header) { return header.first.compare(name, Qt::CaseInsensitive) == 0; };
}

void compileBatches(Plan &plan, const Scenario &scenario, Diagnostics &problems)
{
    if (!plan.batches)
        return;
    for (const Scenario::Flow &flow : scenario.flows) {
        if (flow.pace)
            problems.push_back({Diagnostic::Severity::Error, flow.range,
                                QStringLiteral("'pace' is for users that begin again when they are done; in batches the "
                                               "barrier says when, so remove it")});
    }
    if (plan.batches->restartsTarget && !scenario.target.practice && !scenario.target.start)
        problems.push_back({Diagnostic::Severity::Error, scenario.load.range,
                            QStringLiteral("only a target that the run starts itself can be restarted between batches; "
                                           "write target.start or target.practice")});
    if (const auto &between = plan.batches->between) {
        plan.betweenCall = compileCall(scenario.target, *between, plan.target);
        for (const auto &[name, value] : scenario.target.headers) {
            if (!value.isConstant() && std::ranges::none_of(between->headers, isNamed(name)))
                problems.push_back({Diagnostic::Severity::Error, between->range,
                                    QStringLiteral("the target's header %1 differs from user to user, and a call between "
                                                   "batches has no user; write it in load.between.headers as well")
                                        .arg(formatQuoted(name))});
        }
        if (!plan.betweenCall->url.isValid() || plan.betweenCall->url.host().isEmpty())
            problems.push_back({Diagnostic::Severity::Error, between->range,
                                QStringLiteral("'%1' makes no valid URL on the target").arg(between->path.written())});
    }
}

SampleKeeping keepingOf(const Scenario::Record &record)
{
    switch (record.samples) {
    case Scenario::Record::Samples::All:
        return SampleKeeping::All;
    case Scenario::Record::Samples::Errors:
        return SampleKeeping::Errors;
    case Scenario::Record::Samples::Sample:
        return SampleKeeping::Sample;
    case Scenario::Record::Samples::Off:
        return SampleKeeping::Off;
    }
    Q_UNREACHABLE_RETURN(SampleKeeping::All);
}

} // namespace

std::expected<PlanPtr, Diagnostics> compilePlan(const Scenario &scenario, const QUrl &target, std::uint64_t seed,
                                                const std::vector<FeedRowsPtr> &feeds)
{
    auto plan = std::make_shared<Plan>();
    Diagnostics problems;
    plan->name = scenario.name;
    plan->target = target;
    plan->transport = scenario.target.transport;
    takeLines(*plan, scenario.target);
    compileConnections(*plan, scenario.target, problems);
    plan->timeouts = {scenario.target.timeout.connect, scenario.target.timeout.firstByte, scenario.target.timeout.total};
    if (scenario.target.ready) {
        plan->readyUrl = urlOn(target, scenario.target.ready->url);
        plan->readyWithin = scenario.target.ready->within;
    }
    plan->isOpenModel = !scenario.load.stages.empty() && scenario.load.stages.front().rate.has_value();
    plan->late = scenario.load.late;
    plan->spacing = scenario.load.spacing;
    plan->iterations = scenario.load.iterations;
    plan->iterationsEach = scenario.load.iterationsEach;
    plan->batches = scenario.load.batches;
    plan->findLimit = scenario.load.findLimit;
    plan->grace = scenario.load.grace;
    plan->seed = scenario.seed.value_or(seed);
    plan->sampleKeeping = keepingOf(scenario.record);
    compileFeeds(*plan, scenario, feeds, problems);
    compileFlows(*plan, scenario, problems);
    compileObservations(*plan, scenario, problems);
    compileStages(*plan, scenario, problems);
    if (plan->isOpenModel) {
        plan->userCap = scenario.load.users.value_or(kDefaultUserCap);
    } else {
        for (const Plan::Stage &stage : plan->stages)
            plan->userCap = std::max(plan->userCap, int(std::ceil(std::max(stage.from, stage.to))));
    }
    compileStreams(*plan, scenario.load.spacing);
    compileBatches(*plan, scenario, problems);
    compileActions(*plan, scenario, problems);
    checkLoad(*plan, scenario, problems);
    if (!problems.empty())
        return std::unexpected(std::move(problems));
    return plan;
}

} // namespace Headroom
