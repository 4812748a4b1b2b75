// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"

#include <map>
#include <tuple>
#include <vector>

namespace Headroom {

/// Tells the events of a session that belong to no second from those that came with one.
class LateEvents
{
public:
    explicit LateEvents(const std::vector<RunEvent> &all);
    void takeOut(const MetricsFrame &frame); ///< A second of the same session, as it lies there.
    std::vector<RunEvent> left() const; ///< By time.

private:
    std::map<std::tuple<Nanoseconds, QString, QString>, int> m_left;
};

} // namespace Headroom
