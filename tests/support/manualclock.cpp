// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/manualclock.h"

#include <algorithm>
#include <optional>

namespace Headroom {

class ManualClock::ManualAlarm final : public Alarm
{
public:
    ManualAlarm(ManualClock &clock, std::function<void()> ring)
        : m_clock(clock)
        , m_ring(std::move(ring))
    {
        m_clock.m_alarms.push_back(this);
    }
    ~ManualAlarm() override { std::erase(m_clock.m_alarms, this); }
    void setFor(SteadyTime time) override { m_time = time; }
    void cancel() override { m_time.reset(); }

    std::optional<SteadyTime> time() const { return m_time; }
    void ring()
    {
        m_time.reset();
        m_ring();
    }

private:
    ManualClock &m_clock;
    std::function<void()> m_ring;
    std::optional<SteadyTime> m_time;
};

std::unique_ptr<Alarm> ManualClock::makeAlarm(std::function<void()> ring)
{
    return std::make_unique<ManualAlarm>(*this, std::move(ring));
}

ManualClock::ManualAlarm *ManualClock::next() const
{
    ManualAlarm *earliest = nullptr;
    for (ManualAlarm *alarm : m_alarms) {
        if (alarm->time() && (!earliest || *alarm->time() < *earliest->time()))
            earliest = alarm;
    }
    return earliest;
}

bool ManualClock::advanceToNextAlarm()
{
    ManualAlarm *alarm = next();
    if (!alarm)
        return false;
    m_now = std::max(m_now, *alarm->time());
    alarm->ring();
    return true;
}

void ManualClock::advance(Nanoseconds duration)
{
    const SteadyTime end = m_now + duration;
    for (ManualAlarm *alarm = next(); alarm && *alarm->time() <= end; alarm = next())
        advanceToNextAlarm();
    m_now = end;
}

} // namespace Headroom
