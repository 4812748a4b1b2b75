// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pooledtask.h"
#include "core/http/transport.h"

#include <vector>

namespace Headroom {

/// One exchange as the client saw it. Its place in the list is its X-Request-Id.
struct ClientRow
{
    SteadyTime sent;
    SteadyTime finished;
    int status = 0; ///< 0: no answer came.
};

/// Passes every exchange on with a running number as its X-Request-Id, and keeps what became of it.
class RecordingTransport final : public Transport
{
public:
    /// `rows` must outlive it.
    RecordingTransport(std::unique_ptr<Transport> inner, std::vector<ClientRow> &rows);

    void start(PendingExchange &pending) override;
    void abortAll() override { m_inner->abortAll(); }
    int inFlight() const override { return m_inner->inFlight(); }
    int capacity() const override { return m_inner->capacity(); }
    void growTo(int capacity) override { m_inner->growTo(capacity); }

private:
    PooledTask<> exchange(PendingExchange &pending);

    std::unique_ptr<Transport> m_inner;
    std::vector<ClientRow> &m_rows;
};

} // namespace Headroom
