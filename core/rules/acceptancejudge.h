// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/ruleevaluator.h"

namespace Headroom {

/// How a run stands against what its scenario accepts.
struct AcceptanceResult
{
    QString text; ///< "at least 5 of 6"
    bool isAccepted = false;
    int met = 0; ///< Rules that count and are met ...
    int of = 0; ///< ... of so many.
    double metWeight = 0.0;
    double weight = 0.0;
    std::vector<std::size_t> notMet; ///< Rules that count, by index: not met, ...
    std::vector<std::size_t> notShown; ///< ... and undecided or not run, which counts as not met.
    std::vector<std::size_t> required; ///< Those that do not count, as nobody wrote them: each must be met by itself.

    /// "5 of 6 rules are met, and at least 5 must be", with what was not shown.
    QString sentence(const std::vector<RuleResult> &results) const;
};

/// Nothing when the text says no acceptance: then all rules must be met.
/// The implicit rule of the open model does not count. Rules that a hand has switched off are not there; those that it
/// has added count.
std::optional<AcceptanceResult> judgeAcceptance(const QString &text, const std::vector<RuleResult> &results);

} // namespace Headroom
