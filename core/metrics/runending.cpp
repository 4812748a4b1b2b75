// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/runending.h"

#include <array>
#include <utility>

namespace Headroom {

namespace {

using Reason = RunEnding::Reason;

constexpr std::array kNames{
    std::pair{Reason::Completed, QLatin1String("completed")},
    std::pair{Reason::Stopped, QLatin1String("stopped")},
    std::pair{Reason::Interrupted, QLatin1String("interrupted")},
    std::pair{Reason::StopRule, QLatin1String("stop_rule")},
    std::pair{Reason::TargetLost, QLatin1String("target_lost")},
    std::pair{Reason::Fault, QLatin1String("fault")},
};

} // namespace

QLatin1String endingName(RunEnding::Reason reason)
{
    for (const auto &[known, name] : kNames) {
        if (known == reason)
            return name;
    }
    Q_UNREACHABLE_RETURN(QLatin1String());
}

std::optional<RunEnding::Reason> endingFromName(QStringView name)
{
    for (const auto &[reason, known] : kNames) {
        if (known == name)
            return reason;
    }
    return std::nullopt;
}

} // namespace Headroom
