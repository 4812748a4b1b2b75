// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/memorymappings.h"
#include "core/metrics/runevent.h"
#include "core/probes/heapcapture.h"
#include "core/probes/probescheduler.h"
#include "core/scenario/scenario.h"
#include "core/session/attachment.h"

#include <memory>
#include <vector>

namespace Headroom {

/// What holds the memory of the watched processes: looked at just before the load and at its end, for the session.
///
/// Both looks cost the target, so there are no more. Thread: the run thread. Lifetime: the probes outlive it.
class MemoryRecord : public QObject
{
    Q_OBJECT
public:
    using Moment = MappingsLook::Moment;

    /// Probes that cannot be asked (a URL that is none) were refused before a run begins.
    MemoryRecord(const std::vector<Scenario::Probe> &probes, const QUrl &target, const TargetRoute &route,
                 ProbeScheduler &scheduler, Clock &clock);

    /// Reads the mappings now, and asks the heap endpoints, which answer later: captured() for each file, then
    /// looked(). Each moment once; a second time does nothing. `at`: since the start of the run.
    void look(Moment moment, Nanoseconds at);
    bool hasBegun(Moment moment) const { return m_hasBegun[std::size_t(moment)]; }
    bool isLooking() const; ///< Ends after HeapCapture::kTimeout at the latest.
    void cancel(); ///< Asks no endpoint and waits for none any more.
    std::uint64_t requestsMade() const;

Q_SIGNALS:
    void captured(const Headroom::Attachment &file);
    void happened(const Headroom::RunEvent &event); ///< An endpoint has failed.
    void looked(); ///< No look is under way any more.

private:
    void finish(HeapCapture &heap);

    ProbeScheduler &m_scheduler;
    std::vector<std::unique_ptr<HeapCapture>> m_heaps;
    bool m_hasBegun[2] = {};
    bool m_isCancelled = false;
    Moment m_moment = Moment::Start;
    Nanoseconds m_at{};
};

} // namespace Headroom
