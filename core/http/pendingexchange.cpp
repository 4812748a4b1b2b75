// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/pendingexchange.h"

#include "core/http/transport.h"

namespace Headroom {

void PendingExchange::finish()
{
    Q_ASSERT(!m_isFinished);
    m_isFinished = true;
    if (m_waiting)
        m_waiting.resume();
}

bool PendingExchange::await_suspend(std::coroutine_handle<> waiting)
{
    m_transport.start(*this);
    if (m_isFinished)
        return false; // within start(): who waits goes on without having stopped
    m_waiting = waiting;
    return true;
}

} // namespace Headroom
