// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/alarmqueue.h"

namespace Headroom {

/// One alarm for all deadlines of a connection: it is set when there is none before, so that requests that are answered in
/// time cost nothing, and rings now and then for nothing.
///
/// Thread: that of its queue, which must outlive it.
class DeadlineAlarm
{
public:
    /// `call` looks what is due, and tells of what is to come by watch().
    DeadlineAlarm(AlarmQueue &alarms, AlarmQueue::Call call)
        : m_alarms(alarms)
        , m_call(call)
    {
    }
    ~DeadlineAlarm() { m_alarms.cancel(m_ticket); }
    Q_DISABLE_COPY_MOVE(DeadlineAlarm)

    /// Rings at a time at the latest.
    void watch(SteadyTime deadline)
    {
        if (m_ticket != 0 && m_rings <= deadline)
            return;
        m_alarms.cancel(m_ticket);
        m_rings = deadline;
        m_ticket = m_alarms.callAt(deadline, {[](void *self) { static_cast<DeadlineAlarm *>(self)->ring(); }, this});
    }

private:
    void ring()
    {
        m_ticket = 0;
        m_call.function(m_call.object);
    }

    AlarmQueue &m_alarms;
    const AlarmQueue::Call m_call;
    AlarmQueue::Ticket m_ticket = 0;
    SteadyTime m_rings;
};

} // namespace Headroom
