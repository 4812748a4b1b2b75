// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/rules/ruleevaluator.h"

namespace Headroom {

/// How a run stands against what its scenario accepts.
struct AcceptanceResult
{
    QString text; ///< "at least 5 of 6"
    bool isAccepted = false; ///< Enough are met, and whatever is required besides.
    bool isOpen = false; ///< Enough are met, and of what is required besides only something is undecided.
    int met = 0; ///< Rules that count and are met ...
    int of = 0; ///< ... of so many.
    double metWeight = 0.0;
    double weight = 0.0;
    std::vector<std::size_t> notMet; ///< Rules that count, by index: not met, ...
    std::vector<std::size_t> notShown; ///< ... and undecided or not run, which counts as not met.
    std::vector<std::size_t> required; ///< Each must be met by itself; they count only where the scenario says them too.

    /// "5 of 6 rules are met; at least 5 of 6 are asked for: accepted", with what is required besides and not met, and
    /// what was not shown.
    QString sentence(const std::vector<RuleResult> &results) const;
};

/// Nothing when the text says no acceptance: then all rules must be met.
/// `required`: what must be met besides, by index into the results. Rules that a hand has switched off are not there;
/// those that it has added count.
std::optional<AcceptanceResult> judgeAcceptance(const QString &text, const std::vector<RuleResult> &results,
                                                const std::vector<RunFacts::RequiredRule> &required);

} // namespace Headroom
