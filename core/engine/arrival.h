// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/plan/requesttemplate.h"

#include <cstdint>

namespace Headroom {

/// One iteration that is due: which flow, which content, and when the plan wanted it.
struct Arrival
{
    FlowIndex flow;
    std::uint64_t content = 0; ///< Repeatable: a function of seed and iteration number (open) or user and iteration (closed).
    SteadyTime planned;
    Nanoseconds waited{}; ///< From then on, for a free user.
    RequestValues values{}; ///< For the templates in its steps.
};

} // namespace Headroom
