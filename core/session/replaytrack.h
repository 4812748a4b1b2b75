// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"

#include <vector>

namespace Headroom {

/// The frames and events of a loaded session, and what of them a moment of the run has seen.
class ReplayTrack
{
public:
    void addFrames(const std::vector<FramePtr> &frames); ///< In order of seconds.
    void setEvents(const std::vector<RunEvent> &events) { m_events = events; } ///< By time.

    const std::vector<FramePtr> &frames() const { return m_frames; }
    const std::vector<RunEvent> &events() const { return m_events; }
    /// When a frame is complete; never before the frames in front of it, whatever a file says.
    Nanoseconds endOf(std::size_t frame) const { return m_ends[frame]; }
    Nanoseconds length() const { return m_ends.empty() ? Nanoseconds(0) : m_ends.back(); }

    /// How many frames are complete, and how many events have happened, at a moment. The end has seen everything, also
    /// what became known behind the last second.
    std::size_t framesUpTo(Nanoseconds time) const;
    std::size_t eventsUpTo(Nanoseconds time) const;
    /// The next moment at which something is to be shown, with so many shown already; the end when nothing is left.
    Nanoseconds nextMoment(std::size_t frames, std::size_t events) const;

private:
    std::vector<FramePtr> m_frames;
    std::vector<Nanoseconds> m_ends; // by frame
    std::vector<RunEvent> m_events;
};

} // namespace Headroom
