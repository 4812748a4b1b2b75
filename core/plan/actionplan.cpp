// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/actionplan.h"

#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/http/sameorigin.h"
#include "core/plan/requestcompiler.h"

#include <algorithm>

namespace Headroom {

namespace {

using When = Scenario::Action::When;

/// Secrets are the same for all.
bool differsByUser(const TextTemplate &text)
{
    return std::ranges::any_of(
        text.pieces(), [](const TextTemplate::Piece &piece) { return piece.value && !piece.value->isConstant(); });
}

/// "perf of the target for 10 s", "GET /debug/pprof/profile, attached".
QString captureText(const Scenario::Action &action)
{
    using Kind = Scenario::Capture::Kind;
    const Scenario::Capture &capture = *action.capture;
    if (capture.kind == Kind::Url)
        return QStringLiteral("GET %1, attached").arg(action.call->path.written());
    if (capture.kind == Kind::Command)
        return action.command;
    const QString whose = capture.port      ? QStringLiteral("the process on port %1").arg(*capture.port)
        : capture.pid                       ? QStringLiteral("process %1").arg(*capture.pid)
        : !capture.processName.isEmpty()    ? QStringLiteral("the process %1").arg(formatQuoted(capture.processName))
                                            : QStringLiteral("the target");
    const QLatin1StringView tool(capture.kind == Kind::Perf ? "perf" : "py-spy");
    return QStringLiteral("%1 of %2 for %3").arg(tool, whose, formatDuration(capture.length));
}

class ActionCompiler
{
public:
    ActionCompiler(Plan &plan, const Scenario &scenario, Diagnostics &problems)
        : m_plan(plan)
        , m_scenario(scenario)
        , m_problems(problems)
    {
    }
    void add(const Scenario::Action &action);

private:
    Plan::Action compiled(const Scenario::Action &action);
    void place(const Scenario::Action &action, Plan::Action &compiled);
    void placeAtStage(const Scenario::Action &action, Plan::Action &compiled);
    void checkCall(const Scenario::Call &call, const HttpRequest &request);
    void checkStop(const Plan::Action &action);
    void problem(const TextRange &range, const QString &message)
    {
        m_problems.push_back({Diagnostic::Severity::Error, range, message});
    }

    Plan &m_plan;
    const Scenario &m_scenario;
    Diagnostics &m_problems;
};

void ActionCompiler::add(const Scenario::Action &action)
{
    if (action.ladder.empty()) {
        m_plan.actions.push_back(compiled(action));
        place(action, m_plan.actions.back());
        checkStop(m_plan.actions.back());
        return;
    }
    for (std::size_t i = 0; i < action.ladder.size(); ++i) {
        Plan::Action rung = compiled(action.ladder[i]);
        rung.ladder = action.name;
        rung.after = i == 0 ? -1 : int(m_plan.actions.size()) - 1;
        checkStop(rung);
        m_plan.actions.push_back(std::move(rung));
    }
}

Plan::Action ActionCompiler::compiled(const Scenario::Action &action)
{
    Plan::Action compiled;
    compiled.name = action.name;
    compiled.when = action.when;
    compiled.rule = action.rule;
    compiled.command = action.command;
    compiled.text = action.command;
    compiled.stopsTarget = action.stopsTarget;
    if (action.stopsTarget)
        compiled.text = QStringLiteral("stop the target");
    compiled.expectEffect = action.expectEffect;
    compiled.settle = action.settle;
    compiled.window = action.window;
    compiled.within = action.within;
    compiled.range = action.range;
    if (action.call) {
        compiled.text =
            QStringLiteral("%1 %2").arg(QString::fromLatin1(action.call->method), action.call->path.written());
        compiled.call = compileCall(m_scenario.target, *action.call, m_plan.target);
        compiled.call->timeouts.total = action.within;
        compiled.call->timeouts.firstByte = action.within;
        compiled.expect = action.call->expect;
        checkCall(*action.call, *compiled.call);
        compiled.call->wantsBody = compiled.call->cutsLongBody = action.capture.has_value();
        if (action.capture) // it is attached as it comes
            compiled.call->headers.emplace_back("Accept-Encoding", "identity");
    }
    if (action.capture) {
        compiled.capture = action.capture;
        compiled.text = captureText(action);
    }
    return compiled;
}

void ActionCompiler::checkCall(const Scenario::Call &call, const HttpRequest &request)
{
    for (const auto &[name, value] : m_scenario.target.headers) {
        const auto isNamed = [&name](const Scenario::Header &header) {
            return header.first.compare(name, Qt::CaseInsensitive) == 0;
        };
        const bool isSent = isSameOrigin(request.url, m_plan.target);
        if (isSent && differsByUser(value) && std::ranges::none_of(call.headers, isNamed))
            problem(call.range,
                    QStringLiteral("the target's header %1 differs from user to user, and an action has no "
                                   "user; write it in the action's headers as well")
                        .arg(formatQuoted(name)));
    }
    if (!request.url.isValid() || request.url.host().isEmpty())
        problem(call.range, QStringLiteral("'%1' makes no valid URL on the target").arg(call.path.written()));
}

void ActionCompiler::checkStop(const Plan::Action &action)
{
    if (!action.stopsTarget)
        return;
    if (!m_scenario.target.practice && !m_scenario.target.start)
        problem(action.range,
                QStringLiteral("the run does not start the target itself, so it cannot stop it; write target.start with "
                               "its command"));
    if (action.when == When::StageEnd && m_plan.length > 0ns && action.at >= m_plan.length)
        problem(action.range,
                QStringLiteral("the load has ended by then, so nothing would be seen of how the target ends; stop it at "
                               "an earlier time"));
}

void ActionCompiler::place(const Scenario::Action &action, Plan::Action &compiled)
{
    if (action.when == When::StageStart || action.when == When::StageEnd)
        return placeAtStage(action, compiled);
    if (action.when != When::AtTime)
        return;
    compiled.at = action.at;
    compiled.place = QStringLiteral("at ") + formatElapsed(action.at);
    if (m_plan.length > 0ns && action.at >= m_plan.length)
        problem(action.range,
                QStringLiteral("the load ends after %1, so the action at %2 is never done; do it earlier")
                    .arg(formatDuration(m_plan.length), formatDuration(action.at)));
}

void ActionCompiler::placeAtStage(const Scenario::Action &action, Plan::Action &compiled)
{
    const bool isEnd = action.when == When::StageEnd;
    const auto stage = std::ranges::find(m_plan.stages, action.stage, &Plan::Stage::name);
    if (stage == m_plan.stages.end()) {
        QStringList names;
        for (const Plan::Stage &each : m_plan.stages)
            names << each.name;
        return problem(action.range,
                       QStringLiteral("there is no stage %1 to do the action at%2")
                           .arg(formatQuoted(action.stage), didYouMean(action.stage, names)));
    }
    if (isEnd && stage->length == 0ns)
        return problem(action.range,
                       QStringLiteral("the stage %1 ends when the iterations are done, so nothing can be "
                                      "planned for its end")
                           .arg(formatQuoted(action.stage)));
    compiled.at = stage->start + (isEnd ? stage->length : 0ns);
    compiled.place =
        QStringLiteral("at the %1 of %2").arg(isEnd ? QLatin1String("end") : QLatin1String("start"), action.stage);
}

} // namespace

void compileActions(Plan &plan, const Scenario &scenario, Diagnostics &problems)
{
    ActionCompiler compiler(plan, scenario, problems);
    for (const Scenario::Action &action : scenario.actions) {
        if (plan.batches)
            problems.push_back(
                {Diagnostic::Severity::Error, action.range,
                 QStringLiteral("actions go with a load that holds; in batches, load.between says what is "
                                "done at each barrier")});
        else if (plan.findLimit)
            problems.push_back(
                {Diagnostic::Severity::Error, action.range,
                 QStringLiteral("a search for the limit changes the load by itself, and an action would change "
                                "what it finds; remove one of the two")});
        else
            compiler.add(action);
    }
}

} // namespace Headroom
