// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/direct/bytestream.h"
#include "core/http/direct/connection.h"
#include "core/http/transport.h"

#include <algorithm>

namespace Headroom {

/// Exchanges over our own sockets, for high rates: HTTP/1.1 with a connection for each user, or HTTP/2 with as many
/// streams on one as the options say. Nothing is sent twice, followed or decoded.
class DirectTransport final : public Transport, Connection::Owner
{
public:
    DirectTransport(ConnectionOptions options, int capacity, const Clock &clock, AlarmQueue &alarms);
    ~DirectTransport() override;

    void start(PendingExchange &pending) override;
    void abortAll() override;
    int inFlight() const override { return m_inFlight; }
    int capacity() const override { return m_capacity; }
    void growTo(int capacity) override { m_capacity = std::max(m_capacity, capacity); }

private:
    void exchangeOver(Connection &connection) override;
    Connection &connectionFor(int origin, int place);
    Connection &ofPlace(int origin, int place);
    Connection &shared(int origin);
    Connection &spare(int origin);
    Connection &add(int origin);

    /// Of one origin.
    struct Pool
    {
        std::vector<Connection *> ofPlaces; ///< Each for as many places as one connection has streams; null: not needed yet.
        std::vector<Connection *> retired; ///< Had places, and take no more until what is under way on them is over.
        std::vector<Connection *> withRoom; ///< Of those of no place; who was used last comes first.
    };
    const ConnectionOptions m_options;
    ReadyWatch m_watch;
    AddressBook m_addresses;
    std::expected<std::unique_ptr<TlsContext>, QString> m_tls;
    std::vector<char> m_scratch;
    DirectParts m_parts;
    RequestWriter m_writer;
    std::vector<Pool> m_pools; // by origin
    std::vector<std::unique_ptr<Connection>> m_connections;
    int m_capacity = 0;
    int m_inFlight = 0;
};

} // namespace Headroom
