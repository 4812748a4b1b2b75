// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/directtransport.h"

#include "core/http/direct/http1connection.h"
#include "core/http/direct/http2connection.h"

#include <utility>

namespace Headroom {

namespace {

constexpr std::size_t kScratch = 64 * 1024; // what is read at a time

} // namespace

DirectTransport::DirectTransport(ConnectionOptions options, int capacity, const Clock &clock, AlarmQueue &alarms)
    : m_options(std::move(options))
    , m_addresses(m_options)
    , m_tls(nullptr)
    , m_scratch(kScratch)
    , m_parts{m_options, clock, alarms, m_watch, m_addresses, m_tls, m_scratch}
    , m_writer(m_options)
    , m_capacity(capacity)
{
}

DirectTransport::~DirectTransport() = default;

void DirectTransport::start(PendingExchange &pending)
{
    Q_ASSERT(m_inFlight < m_capacity); // callers keep to capacity()
    ++m_inFlight;
    const WrittenRequest &request = m_writer.write(pending.request());
    Connection &connection = connectionFor(request.origin, pending.place());
    connection.start(pending, request);
    if (connection.place.isListed && !connection.hasRoom()) {
        Q_ASSERT(m_pools[std::size_t(request.origin)].withRoom.back() == &connection);
        m_pools[std::size_t(request.origin)].withRoom.pop_back();
        connection.place.isListed = false;
    }
}

Connection &DirectTransport::connectionFor(int origin, int place)
{
    if (std::size_t(origin) >= m_pools.size())
        m_pools.resize(std::size_t(m_writer.origins()));
    return place >= 0 ? ofPlace(origin, place) : shared(origin);
}

Connection &DirectTransport::ofPlace(int origin, int place)
{
    std::vector<Connection *> &all = m_pools[std::size_t(origin)].ofPlaces;
    const auto index = std::size_t(m_options.isHttp2 ? place / m_options.streams : place);
    if (index >= all.size())
        all.resize(index + 1);
    if (all[index] && !all[index]->hasRoom()) // the target sends it away: nobody waits for its last stream
        m_pools[std::size_t(origin)].retired.push_back(std::exchange(all[index], nullptr));
    if (!all[index])
        all[index] = &spare(origin);
    return *all[index];
}

Connection &DirectTransport::spare(int origin)
{
    std::vector<Connection *> &retired = m_pools[std::size_t(origin)].retired;
    const auto free = std::ranges::find_if(retired, &Connection::hasRoom);
    if (free == retired.end())
        return add(origin);
    Connection &found = **free;
    retired.erase(free);
    return found;
}

Connection &DirectTransport::shared(int origin)
{
    std::vector<Connection *> &withRoom = m_pools[std::size_t(origin)].withRoom;
    while (!withRoom.empty() && !withRoom.back()->hasRoom()) {
        withRoom.back()->place.isListed = false;
        withRoom.pop_back();
    }
    if (withRoom.empty()) {
        Connection &added = add(origin);
        added.place.isShared = added.place.isListed = true;
        withRoom.push_back(&added);
    }
    return *withRoom.back();
}

Connection &DirectTransport::add(int origin)
{
    Connection::Owner &owner = *this;
    if (m_options.isHttp2)
        m_connections.push_back(std::make_unique<Http2Connection>(m_writer.origin(origin), m_parts, owner));
    else
        m_connections.push_back(std::make_unique<Http1Connection>(m_writer.origin(origin), m_parts, owner));
    m_connections.back()->place.origin = origin;
    return *m_connections.back();
}

void DirectTransport::exchangeOver(Connection &connection)
{
    --m_inFlight;
    if (!connection.place.isShared || connection.place.isListed || !connection.hasRoom())
        return;
    connection.place.isListed = true;
    m_pools[std::size_t(connection.place.origin)].withRoom.push_back(&connection);
}

void DirectTransport::abortAll()
{
    for (std::size_t i = 0; i < m_connections.size(); ++i) // an end may begin something elsewhere
        m_connections[i]->abort();
}

} // namespace Headroom
