// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/runfacts.h"

#include <algorithm>

namespace Headroom {

std::optional<StepIndex> RunFacts::stepNamed(QStringView name) const
{
    const auto found = std::ranges::find_if(steps, [&](const Step &step) { return step.name == name; });
    if (found == steps.end())
        return std::nullopt;
    return StepIndex{std::int32_t(found - steps.begin())};
}

StageIndex RunFacts::stageAt(Nanoseconds sinceStart) const
{
    // Stages follow each other, so the last one that has begun is it; one without length is skipped by the next.
    StageIndex found{stages.empty() ? -1 : 0};
    for (std::size_t i = 0; i < stages.size() && stages[i].start <= sinceStart; ++i)
        found.value = std::int32_t(i);
    return found;
}

} // namespace Headroom
