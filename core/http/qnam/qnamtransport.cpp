// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/qnam/qnamtransport.h"

#include "core/http/qnam/networklane.h"

#include <algorithm>

namespace Headroom {

QnamTransport::QnamTransport(int capacity, const Clock &clock, AlarmQueue &alarms)
    : m_capacity(capacity)
{
    for (int left = capacity; left > 0; left -= NetworkLane::kMaxConnections)
        m_lanes.push_back(std::make_unique<NetworkLane>(std::min(left, NetworkLane::kMaxConnections), clock, alarms));
}

QnamTransport::~QnamTransport() = default;

QCoro::Task<Exchange> QnamTransport::send(HttpRequest request)
{
    const auto lane = std::ranges::find_if(m_lanes, &NetworkLane::hasFreeConnection);
    Q_ASSERT(lane != m_lanes.end()); // callers keep to capacity()
    return (*lane)->send(std::move(request));
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
