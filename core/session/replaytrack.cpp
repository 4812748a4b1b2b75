// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/replaytrack.h"

#include <algorithm>

namespace Headroom {

void ReplayTrack::addFrames(const std::vector<FramePtr> &frames)
{
    for (const FramePtr &frame : frames) {
        const Nanoseconds end = frame->second * Nanoseconds(1s) + frame->length;
        m_ends.push_back(std::max(length(), end));
        m_frames.push_back(frame);
    }
}

std::size_t ReplayTrack::framesUpTo(Nanoseconds time) const
{
    return std::size_t(std::ranges::upper_bound(m_ends, time) - m_ends.begin());
}

std::size_t ReplayTrack::eventsUpTo(Nanoseconds time) const
{
    if (time >= length())
        return m_events.size();
    return std::size_t(std::ranges::upper_bound(m_events, time, {}, &RunEvent::at) - m_events.begin());
}

Nanoseconds ReplayTrack::nextMoment(std::size_t frames, std::size_t events) const
{
    Nanoseconds next = length();
    if (frames < m_ends.size())
        next = std::min(next, m_ends[frames]);
    if (events < m_events.size())
        next = std::min(next, m_events[events].at);
    return next;
}

} // namespace Headroom
