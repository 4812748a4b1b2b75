// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/alarmqueue.h"
#include "core/base/pooledtask.h"
#include "core/http/transport.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

namespace Headroom {

/// A transport without a network: every exchange takes as long as a function says, on the injected clock.
class FakeTransport final : public Transport
{
public:
    /// What the k-th request (from 0) gets, sent at a time since the transport was made.
    struct Answer
    {
        Nanoseconds after{1ms};
        int status = 200;
        FailureKind failure = FailureKind::None;
        QByteArray body{}; ///< Kept only when the request wants that.
        std::optional<Nanoseconds> firstByteAfter{}; ///< Nothing: it comes with the last.
        std::optional<ConnectionOpening> opening{}; ///< Of a connection that was opened for it.
    };
    using Script = std::function<Answer(std::uint64_t request, Nanoseconds sent)>;

    FakeTransport(int capacity, const Clock &clock, AlarmQueue &alarms, Script script);
    void start(PendingExchange &pending) override;
    void abortAll() override;
    int inFlight() const override { return m_inFlight; }
    int capacity() const override { return m_capacity; }
    void growTo(int capacity) override { m_capacity = std::max(m_capacity, capacity); }

    int mostInFlight() const { return m_mostInFlight; }

private:
    PooledTask<> exchange(PendingExchange &pending);

    int m_capacity;
    const Clock &m_clock;
    const SteadyTime m_made;
    AlarmQueue m_answers; // its own, so that abortAll() can end them all
    Script m_script;
    std::uint64_t m_requests = 0;
    int m_inFlight = 0;
    int m_mostInFlight = 0;
    bool m_isAborting = false;
};

} // namespace Headroom
