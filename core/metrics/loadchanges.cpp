// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/loadchanges.h"

namespace Headroom {

namespace {

constexpr std::size_t kMaxChanges = 100'000; // more than a day of one a second

bool changesLoad(const RunEvent &event) { return event.kind == u"steer" || event.kind == u"search"; }

} // namespace

bool LoadChanges::isChangedIn(const MetricsFrame &frame)
{
    for (const RunEvent &event : frame.events) {
        if (!changesLoad(event) || m_times.size() >= kMaxChanges)
            continue;
        m_times.push_back(event.at);
        m_ahead.push(event.at);
    }
    bool isChanged = false;
    for (; !m_ahead.empty() && m_ahead.top() < frame.second * Nanoseconds(1s) + 1s; m_ahead.pop())
        isChanged = true;
    return isChanged;
}

} // namespace Headroom
