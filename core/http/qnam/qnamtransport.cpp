// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/qnam/qnamtransport.h"

#include "core/base/pooledtask.h"
#include "core/http/pendingexchange.h"
#include "core/http/qnam/networklane.h"

#include <algorithm>

namespace Headroom {

namespace {

PooledTask<> exchangeThrough(NetworkLane &lane, PendingExchange &pending)
{
    pending.exchange() = co_await lane.send(pending.request());
    pending.finish();
}

} // namespace

QnamTransport::QnamTransport(const ConnectionOptions &options, int capacity, const Clock &clock, AlarmQueue &alarms)
    : m_tls(options.tls)
    , m_clock(clock)
    , m_alarms(alarms)
{
    growTo(capacity);
}

QnamTransport::~QnamTransport() = default;

NetworkLane &QnamTransport::freeLane()
{
    const auto lane = std::ranges::find_if(m_lanes, &NetworkLane::hasFreeConnection);
    Q_ASSERT(lane != m_lanes.end()); // callers keep to capacity()
    return **lane;
}

void QnamTransport::start(PendingExchange &pending)
{
    exchangeThrough(freeLane(), pending).letGo();
}

void QnamTransport::growTo(int capacity)
{
    while (m_capacity < capacity) {
        const int connections = std::min(capacity - m_capacity, NetworkLane::kMaxConnections);
        m_lanes.push_back(std::make_unique<NetworkLane>(connections, m_clock, m_alarms, m_tls));
        m_capacity += connections;
    }
}

void QnamTransport::abortAll()
{
    for (const auto &lane : m_lanes)
        lane->abortAll();
}

int QnamTransport::inFlight() const
{
    int sum = 0;
    for (const auto &lane : m_lanes)
        sum += lane->inFlight();
    return sum;
}

} // namespace Headroom
