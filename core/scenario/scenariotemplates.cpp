// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenariotemplates.h"

#include "core/base/humanformat.h"

#include <algorithm>

namespace Headroom {

namespace {

using Visit = std::function<void(TextTemplate &)>;

void visitHeaders(std::vector<Scenario::Header> &headers, const Visit &visit)
{
    for (auto &[name, value] : headers)
        visit(value);
}

void visitBody(std::optional<Scenario::Body> &body, const Visit &visit)
{
    if (!body)
        return;
    visit(body->text);
    for (Scenario::Part &part : body->parts)
        visit(part.text);
}

void visitIdentity(std::optional<Scenario::Identity> &identity, const Visit &visit)
{
    if (identity)
        visit(identity->value);
}

void visitCall(std::optional<Scenario::Call> &call, const Visit &visit)
{
    if (!call)
        return;
    visit(call->path);
    visitHeaders(call->headers, visit);
    visitBody(call->body, visit);
}

void visitTarget(Scenario::Target &target, const Visit &visit)
{
    visitHeaders(target.headers, visit);
    visitHeaders(target.query, visit);
    visitIdentity(target.identity, visit);
    if (target.start)
        visitHeaders(target.start->environment, visit);
    if (target.lines)
        visitHeaders(target.lines->environment, visit);
}

void visitStep(Scenario::Step &step, const Visit &visit)
{
    visit(step.path);
    visitHeaders(step.headers, visit);
    visitBody(step.body, visit);
    for (Check &check : step.checks)
        visit(check.value);
    visitIdentity(step.identity, visit);
    visit(step.condition.left);
    visit(step.condition.right);
    if (step.until)
        visit(step.until->value);
    for (Scenario::Step &child : step.steps)
        visitStep(child, visit);
}

void visitAction(Scenario::Action &action, const Visit &visit)
{
    visitCall(action.call, visit);
    for (Scenario::Action &rung : action.ladder)
        visitAction(rung, visit);
}

/// Why a secret cannot stand where it is wanted; empty when it can.
QString misfitOf(const TemplateValue &secret, const QString &value)
{
    const QString misfit = misfitAt(secret.place, value);
    return misfit.isEmpty()
        ? QString()
        : QStringLiteral("secret %1 %2, which cannot stand in a header or a line; use another value")
              .arg(formatQuoted(secret.name), misfit);
}

} // namespace

void visitTemplates(Scenario &scenario, const Visit &visit)
{
    visitTarget(scenario.target, visit);
    for (Scenario::Flow &flow : scenario.flows) {
        for (Scenario::Step &step : flow.steps)
            visitStep(step, visit);
    }
    if (scenario.load.batches)
        visitCall(scenario.load.batches->between, visit);
    for (Scenario::Observation &observation : scenario.observations)
        visit(observation.hit.value);
    for (Scenario::Probe &probe : scenario.probes)
        visit(probe.password);
    for (Scenario::Action &action : scenario.actions)
        visitAction(action, visit);
}

Result<void> fillSecrets(Scenario &scenario, const std::function<QString(const QString &)> &valueOf)
{
    QString problem;
    const auto known = [&](const TemplateValue &value) -> std::optional<QString> {
        if (value.kind != TemplateValue::Kind::Secret)
            return std::nullopt;
        const QString text = valueOf(value.name);
        if (problem.isEmpty())
            problem = misfitOf(value, text);
        return text;
    };
    visitTemplates(scenario, [&](TextTemplate &text) {
        const auto isSecret = [](const TextTemplate::Piece &piece) {
            return piece.value && piece.value->kind == TemplateValue::Kind::Secret;
        };
        if (std::ranges::any_of(text.pieces(), isSecret))
            text = text.filled(known);
    });
    if (!problem.isEmpty())
        return failure(Error::Code::InvalidInput, problem);
    return {};
}

} // namespace Headroom
