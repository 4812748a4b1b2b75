// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"

#include <optional>

namespace Headroom {

/// Notices when a target goes away and when it is back: away is a whole second in which requests ended and not one of
/// them found a connection.
class TargetWatch
{
public:
    /// The frames of a run, in order. The event: kind "target", at the second's beginning.
    std::optional<RunEvent> look(const MetricsFrame &frame);

private:
    bool m_isAway = false;
};

} // namespace Headroom
