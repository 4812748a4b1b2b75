// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/knee.h"
#include "core/rules/ruleevaluator.h"

#include <optional>
#include <vector>

namespace Headroom {

/// One rate that a search for the limit tried.
struct LimitProbe
{
    enum class Verdict {
        Running,
        Held, ///< No rule that load can break was broken; when confirming, each with "surely" was met.
        Broke,
        NotShown, ///< Confirming broke nothing, but its samples do not show that a "surely" rule is met.
        GeneratorLimited, ///< The rate did not hold, but the generator was late: no evidence against the target.
    };
    double ratePerSecond = 0.0;
    int start = 0; ///< Second from which on the rate held ...
    int from = 0; ///< ... from which on it was judged, settled ...
    int to = 0; ///< ... and before which the judging ended.
    bool isConfirming = false;
    Verdict verdict = Verdict::Running;
    std::optional<double> p95Ms; ///< Response time of all steps.
    std::optional<double> errorShare; ///< Of requests.
    std::optional<double> achievedShare; ///< Of planned arrivals.
    std::optional<RuleResult> broken; ///< The first rule that was not met, in the order they are written.
    std::optional<RuleResult> notShown; ///< The first "surely" rule left undecided; only when confirming.
    bool isHopeless = false; ///< Broke because arrivals found no free user: waited ever longer, or were dropped.
    bool isAtCap = false; ///< Arrivals waited or were dropped because all users were taken.
};

/// What a search for the limit has found.
struct LimitFinding
{
    enum class Ending {
        Running, ///< Not over, or ended from outside.
        Found, ///< Confirmed, with a rate above it that broke a rule.
        AtLeast, ///< Confirmed at the highest rate allowed: the limit lies above.
        NothingHeld, ///< Rules broke at every rate, down to a small part of the planned one.
        Unstable, ///< Rates held at first and were not confirmed when they were judged longer, again and again.
        GeneratorLimit, ///< The generator was the limit before the target was.
        NotRecovered, ///< The target did not come back after it had been overloaded.
        OutOfTime,
    };
    Ending ending = Ending::Running;
    double plannedPerSecond = 0.0;
    double upToPerSecond = 0.0;
    Nanoseconds hold{}; ///< Judged at each rate ...
    Nanoseconds confirm{}; ///< ... and at the one found.
    double within = 0.0; ///< What the interval was to be narrower than, as a share of its lower end.
    std::optional<double> sustainablePerSecond; ///< Highest rate that held below all that broke; confirmed or not.
    std::optional<double> brokenPerSecond; ///< Lowest rate that broke or was not confirmed.
    std::optional<double> generatorPerSecond; ///< Rate at which the generator was the limit.
    std::optional<RuleResult> brokeFirst; ///< The rule that broke at that lowest rate ...
    std::optional<RuleResult> firstNotShown; ///< ... or that could not be shown to be met there.
    bool brokeAtCap = false; ///< And all users were taken there.
    std::optional<Knee> knee; ///< Of the 95th percentile in ms over the rate.
    std::vector<LimitProbe> probes; ///< In the order they were made; the last may be running.

    bool isConfirmed() const { return ending == Ending::Found || ending == Ending::AtLeast; }
    /// Sustainable / planned rate.
    std::optional<double> headroom() const;
};

/// "found", "at_least", "nothing_held", "unstable", "generator_limit", "not_recovered", "out_of_time", "running"
QLatin1String endingName(LimitFinding::Ending ending);
/// "held", "broke", "not_shown", "generator_limited", "running"
QLatin1String verdictName(LimitProbe::Verdict verdict);

/// "190/s sustainable (between 190/s and 197/s), headroom 1.9 of the planned 100/s": the finding in one line; says so
/// when it is not confirmed or only a part.
QString headline(const LimitFinding &finding);
/// Why the search ended where it did, in a sentence; empty when it found what it looked for.
QString whyItEnded(const LimitFinding &finding);
/// What stands behind it: the rule that broke first, the cap, why the search ended as it did. Whole sentences.
std::vector<QString> remarks(const LimitFinding &finding);
/// "225/s broke p95 < 50 ms (61 ms)".
QString probeText(const LimitProbe &probe);

/// How a rule on headroom stands. Undecided as long as the search has not confirmed what would settle it.
RuleResult headroomResult(RuleResult unjudged, const LimitFinding &finding);

} // namespace Headroom
