// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/loadsteering.h"

namespace Headroom {

/// What the sentences about an order need to know.
struct SteeringScene
{
    const Plan &written;
    const SteeredLoad &load; ///< After the order.
    double planned = 0.0; ///< What the plan wants there.
    QString stage; ///< That is on; of SkipStage: that ended ...
    QString nextStage; ///< ... and that begins; empty: none.
    Nanoseconds inStage{}; ///< How long of it was walked.
    Nanoseconds waited{}; ///< How long the pause or hold lasted that ends.
};

/// One sentence for the event: "rate set to 80/s by hand (planned 60/s)".
QString describedOrder(const SteeringOrder &order, const SteeringScene &scene);

} // namespace Headroom
