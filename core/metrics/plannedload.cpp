// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/plannedload.h"

#include "core/base/plantime.h"

#include <algorithm>

namespace Headroom {

double plannedLoadBefore(const RunFacts &facts, Nanoseconds planTime)
{
    const StageIndex index = facts.stageAt(planTime - 1ns);
    if (!index.isValid())
        return 0.0;
    const RunFacts::Stage &stage = facts.stages[index.at()];
    if (stage.length <= 0ns)
        return stage.to;
    const double share = double((planTime - stage.start).count()) / double(stage.length.count());
    return stage.from + (stage.to - stage.from) * std::clamp(share, 0.0, 1.0);
}

Nanoseconds plannedEnd(const RunFacts &facts)
{
    const bool isEndless = facts.stages.empty() || facts.stages.back().length <= 0ns;
    return isEndless ? PlanTime::kNever : facts.plannedLength;
}

} // namespace Headroom
