// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/transport.h"

#include <vector>

namespace Headroom {

class NetworkLane;

/// Exchanges through QNetworkAccessManager: as many managers ("lanes") as the wanted connections need, 255 each. A
/// lane's connections are fixed when it is made, so growing adds lanes. A later lane is used only while the earlier
/// ones are full, so low load keeps to one.
class QnamTransport final : public Transport
{
public:
    /// Of the options it can only the TLS ones.
    QnamTransport(const ConnectionOptions &options, int capacity, const Clock &clock, AlarmQueue &alarms);
    ~QnamTransport() override;

    void start(PendingExchange &pending) override;
    void abortAll() override;
    int inFlight() const override;
    int capacity() const override { return m_capacity; }
    void growTo(int capacity) override;

private:
    NetworkLane &freeLane();

    const TlsOptions m_tls;
    const Clock &m_clock;
    AlarmQueue &m_alarms;
    int m_capacity = 0;
    std::vector<std::unique_ptr<NetworkLane>> m_lanes;
};

} // namespace Headroom
