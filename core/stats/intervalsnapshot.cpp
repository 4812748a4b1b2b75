// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/intervalsnapshot.h"

namespace Headroom {

FlowCounts &FlowCounts::operator+=(const FlowCounts &other)
{
    planned += other.planned;
    started += other.started;
    completed += other.completed;
    dropped += other.dropped;
    return *this;
}

} // namespace Headroom
