// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faketransport.h"

#include "core/engine/pause.h"
#include "core/http/pendingexchange.h"

#include <algorithm>

namespace Headroom {

FakeTransport::FakeTransport(int capacity, const Clock &clock, AlarmQueue &, Script script)
    : m_capacity(capacity)
    , m_clock(clock)
    , m_made(clock.now())
    , m_answers(const_cast<Clock &>(clock)) // tests own the clock
    , m_script(std::move(script))
{
}

void FakeTransport::start(PendingExchange &pending) { exchange(pending).letGo(); }

PooledTask<> FakeTransport::exchange(PendingExchange &pending)
{
    const HttpRequest &request = pending.request();
    Exchange &exchange = pending.exchange();
    Q_ASSERT(m_inFlight < m_capacity);
    m_mostInFlight = std::max(m_mostInFlight, ++m_inFlight);
    exchange.sent = m_clock.now();
    const Answer answer = m_script(m_requests++, exchange.sent - m_made);
    if (answer.after > 0ns)
        co_await Pause{m_answers, exchange.sent + answer.after};
    exchange.finished = exchange.firstByte = m_clock.now();
    if (answer.firstByteAfter)
        exchange.firstByte = std::min(exchange.finished, exchange.sent + *answer.firstByteAfter);
    exchange.opening = answer.opening;
    exchange.failure = m_isAborting ? FailureKind::Aborted : answer.failure;
    exchange.status = exchange.failure == FailureKind::None ? answer.status : 0;
    exchange.bytesIn = std::uint64_t(answer.body.size());
    if (request.keepBodyOf.contains(exchange.status)) {
        exchange.contentType = "text/plain";
        exchange.bodyHead = answer.body;
    }
    --m_inFlight;
    pending.finish();
}

void FakeTransport::abortAll()
{
    m_isAborting = true;
    m_answers.callAllNow();
}

} // namespace Headroom
