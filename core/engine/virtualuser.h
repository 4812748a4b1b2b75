// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/http/cookiejar.h"
#include "core/plan/requesttemplate.h"

#include <cstdint>
#include <vector>

namespace Headroom {

/// What one user keeps from request to request: of the closed model for all of its iterations, of the open model for
/// the one of its arrival. Stays where it is while one of its iterations is walked.
struct VirtualUser
{
    CookieJar cookies;
    std::uint64_t sent = 0; ///< Requests.
    int place = -1; ///< Closed model: among the users of its worker, from 0; a transport may keep a connection for it.
    Variables variables{}; ///< Empty until its first iteration in a scenario that has some.
    std::vector<bool> flowsBegun{}; ///< Empty until its first iteration of a flow that asks for it.

    /// Notes that it begins an iteration of a flow. True for its first of that one.
    bool beginFlow(FlowIndex flow)
    {
        if (flowsBegun.size() <= flow.at())
            flowsBegun.resize(flow.at() + 1);
        const bool isFirst = !flowsBegun[flow.at()];
        flowsBegun[flow.at()] = true;
        return isFirst;
    }
};

} // namespace Headroom
