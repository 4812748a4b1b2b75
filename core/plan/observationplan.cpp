// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/observationplan.h"

#include "core/base/glob.h"
#include "core/base/humanformat.h"
#include "core/base/suggestion.h"

#include <algorithm>

namespace Headroom {

namespace {

const AnswerPlace &placeOf(const Scenario::Observation &observation)
{
    return observation.kind == Scenario::Observation::Kind::Hit ? observation.hit.place : observation.place;
}

/// The steps of that name, else of that path, else those that the glob matches; all for an empty text.
std::vector<std::size_t> stepsOf(const QString &text, const std::vector<Plan::Step> &steps)
{
    std::vector<std::size_t> found;
    const auto find = [&](auto matches) {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (matches(steps[i]))
                found.push_back(i);
        }
        return !found.empty();
    };
    if (text.isEmpty()) {
        find([](const Plan::Step &) { return true; });
        return found;
    }
    if (find([&](const Plan::Step &step) { return step.name == text; })
        || find([&](const Plan::Step &step) { return step.path == text; }))
        return found;
    find([&](const Plan::Step &step) { return matchesGlob(text, step.name) || matchesGlob(text, step.path); });
    return found;
}

Diagnostic unknownSteps(const Scenario::Observation &observation, const Plan &plan)
{
    QStringList names;
    for (const Plan::Step &step : plan.steps)
        names << step.name << step.path;
    names.removeDuplicates();
    const bool isGlob = observation.of.contains(u'*') || observation.of.contains(u'?');
    return {Diagnostic::Severity::Error, observation.range,
            QStringLiteral("no step has the name or path %1 that %2 is to be observed of%3")
                .arg(formatQuoted(observation.of), formatQuoted(observation.name),
                     isGlob ? QString() : didYouMean(observation.of, names))};
}

} // namespace

void wantPlace(const AnswerPlace &place, HttpRequest &request)
{
    request.wantsBody = request.wantsBody || place.isInBody();
    request.wantsHeaders = request.wantsHeaders || place.isInHeaders();
}

void compileObservations(Plan &plan, const Scenario &scenario, Diagnostics &problems)
{
    plan.observations = scenario.observations;
    for (std::size_t i = 0; i < plan.observations.size(); ++i) {
        const Scenario::Observation &observation = plan.observations[i];
        const std::vector<std::size_t> steps = stepsOf(observation.of, plan.steps);
        if (steps.empty())
            problems.push_back(unknownSteps(observation, plan));
        for (const std::size_t step : steps) {
            (observation.isOfRejections ? plan.steps[step].ofRejections : plan.steps[step].observations).push_back(i);
            wantPlace(placeOf(observation), plan.steps[step].request);
        }
        if (plan.lines && placeOf(observation).isInHeaders())
            problems.push_back({Diagnostic::Severity::Error, observation.range,
                                QStringLiteral("a target of lines answers without headers, so %1 cannot be observed; "
                                               "write a place in the line, as in $.took_ms")
                                    .arg(formatQuoted(observation.name))});
    }
}

} // namespace Headroom
