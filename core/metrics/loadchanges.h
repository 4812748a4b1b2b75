// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"

#include <functional>
#include <queue>
#include <vector>

namespace Headroom {

/// In which seconds a hand or a search for the limit changes the load.
///
/// An event may be known before its time, or a little after it: the change lies in the second that the event names, or
/// in the next frame when that second is over. What a hand does to rules changes no load.
/// Range: the first 100 000 changes. Thread: one.
class LoadChanges
{
public:
    /// Takes the frame's events and tells whether the load changes in its second. Frames come in order.
    bool isChangedIn(const MetricsFrame &frame);
    /// When the load changes, in the order in which that became known.
    const std::vector<Nanoseconds> &times() const { return m_times; }

private:
    std::vector<Nanoseconds> m_times;
    std::priority_queue<Nanoseconds, std::vector<Nanoseconds>, std::greater<>> m_ahead; // those of them to come
};

} // namespace Headroom
