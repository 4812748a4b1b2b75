// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/lateevents.h"

namespace Headroom {

LateEvents::LateEvents(const std::vector<RunEvent> &all)
{
    for (const RunEvent &event : all)
        ++m_left[{event.at, event.kind, event.text}];
}

void LateEvents::takeOut(const MetricsFrame &frame)
{
    for (const RunEvent &event : frame.events) {
        if (const auto found = m_left.find({event.at, event.kind, event.text});
            found != m_left.end() && found->second > 0)
            --found->second;
    }
}

std::vector<RunEvent> LateEvents::left() const
{
    std::vector<RunEvent> events;
    for (const auto &[event, times] : m_left)
        events.insert(events.end(), std::size_t(times), {std::get<0>(event), std::get<1>(event), std::get<2>(event)});
    return events;
}

} // namespace Headroom
