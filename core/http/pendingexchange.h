// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/exchange.h"

#include <coroutine>

namespace Headroom {

class Transport;

/// An exchange under way: `co_await PendingExchange(transport, request)`, and then exchange() is complete. Allocates
/// nothing.
///
/// Thread: the transport's. Lifetime: stays where it is, and its request too, until it is finished.
class PendingExchange
{
public:
    /// `place`: of the user whose own connection it takes, from 0; -1: any that is free.
    PendingExchange(Transport &transport, const HttpRequest &request, int place = -1)
        : m_transport(transport)
        , m_request(request)
        , m_place(place)
    {
    }
    Q_DISABLE_COPY_MOVE(PendingExchange)

    const HttpRequest &request() const { return m_request; }
    int place() const { return m_place; }
    Exchange &exchange() { return m_exchange; } ///< Filled in by the transport.

    /// For the transport, once, when the exchange is complete. Who waits goes on at once; this may be gone afterwards.
    void finish();

    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> waiting);
    Exchange await_resume() { return std::move(m_exchange); }

private:
    Transport &m_transport;
    const HttpRequest &m_request;
    const int m_place;
    Exchange m_exchange;
    std::coroutine_handle<> m_waiting;
    bool m_isFinished = false;
};

} // namespace Headroom
