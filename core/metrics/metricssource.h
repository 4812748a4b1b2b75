// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/metrics/metricsframe.h"
#include "core/metrics/runending.h"
#include "core/metrics/runfacts.h"

namespace Headroom {

/// Whatever delivers frames: a live run and a replay are both one.
/// Thread: main; signals are emitted there.
class MetricsSource : public ThreadDoor
{
    Q_OBJECT
public:
    using ThreadDoor::ThreadDoor;
    /// Known from the first frame on.
    virtual RunFactsPtr facts() const = 0;
    /// All frames were delivered and none will follow; a live run never says so.
    virtual bool isOver() const { return false; }
    /// How the run ended; known when it is over. Nothing then: it was killed.
    virtual std::optional<RunEnding> ending() const { return std::nullopt; }

Q_SIGNALS:
    void frameReady(const Headroom::FramePtr &frame);
    void eventHappened(const Headroom::RunEvent &event);
    /// Whatever was shown so far is void; these are all frames and events up to the new place. Only a replay does it.
    void rewound(const std::vector<Headroom::FramePtr> &frames, const std::vector<Headroom::RunEvent> &events);
};

} // namespace Headroom
