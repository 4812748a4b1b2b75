// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/rules/rule.h"

#include <optional>
#include <vector>

namespace Headroom {

/// What a plan brings to the window of a rule.
class RulePlan
{
public:
    RulePlan(const RunFacts &facts, const std::vector<double> &mostPerIteration, bool hasSine)
        : m_facts(facts)
        , m_most(mostPerIteration)
        , m_hasSine(hasSine)
    {
    }

    /// Of the stages that the rule judges; nothing when a load has no set end.
    std::optional<Nanoseconds> length(const Rule &rule) const;
    /// The longest stretch of those without a gap.
    std::optional<Nanoseconds> longestStretch(const Rule &rule) const;
    /// At most: a draw between weighted flows, or of arrivals, may be in favour of the rule's steps, by five standard
    /// deviations; and what began before the window may end in it. Nothing when the plan does not say.
    std::optional<double> requests(const Rule &rule) const;
    /// Users, or iterations under way, at most.
    std::optional<double> users(const Rule &rule) const;

private:
    struct Piece
    {
        Nanoseconds start{};
        Nanoseconds length{};
        double iterations = 0.0;
    };
    std::vector<Piece> piecesOf(const Rule &rule) const;
    Piece carriedInto(const std::vector<Piece> &pieces) const;
    std::optional<double> countedRequests(const Rule &rule) const;

    const RunFacts &m_facts;
    const std::vector<double> &m_most;
    bool m_hasSine; // the facts know a stage's middle only
};

} // namespace Headroom
