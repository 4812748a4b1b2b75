// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>

#include <cstdint>

namespace Headroom {

/// What held the load of a second back (LANGUAGE, section 6; LimitClassifier says how it is found).
enum class LimitedBy : std::uint8_t {
    Nothing, ///< The load was what the plan wanted.
    Generator, ///< Headroom itself was late.
    Plan, ///< The scenario's own cap, think times or pacing, while the target was as fast as ever.
    Target, ///< The target had become slower, or did not answer.
};
inline constexpr int kLimitedByCount = 4;

/// The word of the JSON report: "nothing", "generator", "plan", "target".
inline QLatin1String limitedByName(LimitedBy limitedBy)
{
    switch (limitedBy) {
    case LimitedBy::Nothing:
        break;
    case LimitedBy::Generator:
        return QLatin1String("generator");
    case LimitedBy::Plan:
        return QLatin1String("plan");
    case LimitedBy::Target:
        return QLatin1String("target");
    }
    return QLatin1String("nothing");
}

} // namespace Headroom
