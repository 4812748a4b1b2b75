// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/alarmqueue.h"
#include "core/base/steadyclock.h"
#include "core/http/pendingexchange.h"
#include "core/http/transport.h"

#include <QCoroTask>

#include <memory>
#include <utility>
#include <vector>

namespace Headroom {

/// A direct transport on the real clock.
class DirectBench
{
public:
    explicit DirectBench(const ConnectionOptions &options = {}, int capacity = 1000)
        : m_transport(
              makeTransport({.name = QStringLiteral("direct"), .connections = options}, capacity, m_clock, m_alarms))
    {
    }
    Transport &transport() { return *m_transport; }
    AlarmQueue &alarms() { return m_alarms; }

    static HttpRequest get(const QUrl &url, const QByteArray &method = "GET")
    {
        return {.method = method,
                .url = url,
                .headers = {{"User-Agent", "headroom"}},
                .body = {},
                .timeouts = {},
                .wantsHeaders = true,
                .wantsBody = true,
                .wantsCookies = true};
    }
    /// `place`: of a user, or -1.
    QCoro::Task<Exchange> begin(HttpRequest request, int place = -1)
    {
        co_return co_await PendingExchange(*m_transport, request, place);
    }
    Exchange make(HttpRequest request, int place = -1) { return QCoro::waitFor(begin(std::move(request), place)); }
    Exchange make(const QUrl &url) { return make(get(url)); }
    /// All at once, one for each place from 0; or of no place.
    std::vector<Exchange> makeAtOnce(const HttpRequest &request, int count, bool isOfPlaces = false)
    {
        std::vector<QCoro::Task<Exchange>> tasks;
        for (int i = 0; i < count; ++i)
            tasks.push_back(begin(request, isOfPlaces ? i : -1));
        std::vector<Exchange> made;
        for (auto &task : tasks)
            made.push_back(QCoro::waitFor(std::move(task)));
        return made;
    }

private:
    SteadyClock m_clock;
    AlarmQueue m_alarms{m_clock};
    std::unique_ptr<Transport> m_transport;
};

} // namespace Headroom
