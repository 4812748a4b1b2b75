// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/redactor.h"
#include "core/base/result.h"
#include "core/metrics/runfacts.h"
#include "core/plan/plan.h"
#include "core/rules/rule.h"
#include "core/run/loadchange.h"
#include "core/scenario/scenarioreader.h"

#include <expected>

namespace Headroom {

/// A scenario with everything checked that can be checked without a network.
struct Preparation
{
    Scenario scenario;
    PlanPtr plan;            ///< With a placeholder as target when the scenario asks for a practice target.
    std::vector<FeedRowsPtr> feeds; ///< Rows of each of its feeds; none when the folder is not known.
    std::vector<Rule> rules; ///< Those written, then the implicit ones.
    Diagnostics warnings;
    QStringList leftOut{}; ///< A sentence on each probe and action that this run does without; its events tell it.
    RedactorPtr redactor{}; ///< Of the values of its secrets, once it has them (takeSecrets()); until then a mark stands for each.
};

/// Reads, plans and parses the rules of a scenario: what validate, the editor and a run all do first.
/// `folder`: of the scenario file, where its commands start from; empty: not known, so programs with a path that is
/// relative are not looked for.
/// Errors: every problem at once, sorted by place.
std::expected<Preparation, Diagnostics> prepare(const QByteArray &text,
                                                const std::vector<ScenarioOverride> &overrides = {},
                                                const LoadChange &change = {}, std::uint64_t seed = 1,
                                                const QString &folder = {}, const ProfileChoice &choice = {});

/// The same plan for the target that the practice target has turned out to be.
/// Errors: InvalidInput, with the first problem, when a path makes no URL on it although it did on the placeholder.
Result<PlanPtr> replan(const Preparation &preparation, const QUrl &target, std::uint64_t seed);

/// What frames, rules and the session need to know of a plan.
RunFacts factsOf(const Plan &plan, const std::vector<Rule> &rules, std::vector<RunFacts::Series> series, int workers);

} // namespace Headroom
