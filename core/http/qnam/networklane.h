// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/alarmqueue.h"
#include "core/http/exchange.h"
#include "core/http/qnam/tlsconfiguration.h"

#include <QCoroTask>
#include <QHttp1Configuration>
#include <QNetworkAccessManager>

#include <vector>

namespace Headroom {

/// One QNetworkAccessManager set up for measuring: buffered sockets, own deadlines, no cache, no cookies, no redirects,
/// no silent decompression, and never more requests than connections.
///
/// Thread: the worker's; Qt adds a hidden one per lane.
class NetworkLane
{
public:
    static constexpr int kMaxConnections = 255; // QHttp1Configuration's upper bound (Qt 6.8)

    /// Range: connections 1 to kMaxConnections.
    NetworkLane(int connections, const Clock &clock, AlarmQueue &alarms, const TlsOptions &tls = {});

    QCoro::Task<Exchange> send(HttpRequest request);
    void abortAll();
    int inFlight() const { return int(m_underWay.size()); }
    bool hasFreeConnection() const { return inFlight() < m_connections; }

private:
    struct Sending; // one exchange under way; lives in its coroutine's frame
    QNetworkRequest madeFor(const HttpRequest &request) const;
    QNetworkRequest networkRequest(const HttpRequest &request);
    QNetworkReply *start(const HttpRequest &request);
    void watch(Sending &sending);

    const int m_connections;
    const Clock &m_clock;
    AlarmQueue &m_alarms;
    const TlsConfiguration m_tls;
    QNetworkAccessManager m_network;
    QHttp1Configuration m_http1;
    std::vector<Sending *> m_underWay;
    std::vector<std::optional<QNetworkRequest>> m_forms; // by HttpRequest::form; making one costs a twentieth of a request
};

} // namespace Headroom
