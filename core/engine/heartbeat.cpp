// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/heartbeat.h"

#include <algorithm>
#include <utility>

namespace Headroom {

namespace {

constexpr auto kBeat = 2ms; // how often the event loop's lateness is looked at: costs about 0.3 % of a processor
constexpr int kMostMissedBeats = 100'000; // 200 s; a machine that slept longer is not counted through

} // namespace

Heartbeat::Heartbeat(Clock &clock, AlarmQueue &alarms, IntervalKeeper &keeper, SteadyTime start,
                     std::function<void(SteadyTime now)> closeSeconds)
    : m_clock(clock)
    , m_alarms(alarms)
    , m_keeper(keeper)
    , m_closeSeconds(std::move(closeSeconds))
    , m_due(start)
{
    setAlarm();
}

void Heartbeat::setAlarm()
{
    m_alarms.callAt(m_due, {[](void *self) { static_cast<Heartbeat *>(self)->beat(); }, this});
}

void Heartbeat::beat()
{
    if (m_isStopped)
        return;
    const SteadyTime now = m_clock.now();
    m_closeSeconds(now);
    countBefore(now + 1ns);
    setAlarm();
}

void Heartbeat::countBefore(SteadyTime limit)
{
    const SteadyTime now = m_clock.now();
    m_due = std::max(m_due, now - kMostMissedBeats * kBeat);
    for (; m_due < limit; m_due += kBeat)
        m_keeper.recordLoopLag(now - m_due);
}

} // namespace Headroom
