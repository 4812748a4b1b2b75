// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/steadyclock.h"
#include "core/http/qnam/networklane.h"
#include "tests/support/scriptedserver.h"

#include <QCoroTask>

namespace Headroom {

inline constexpr int kConnections = 6;

/// A lane on the real clock, and the server it talks to.
struct Bench
{
    SteadyClock clock;
    AlarmQueue alarms{clock};
    ScriptedServer server;
    NetworkLane lane{kConnections, clock, alarms};

    HttpRequest request(const QByteArray &method, const QString &path = QStringLiteral("/")) const
    {
        return {.method = method,
                .url = server.url(path),
                .headers = {{"User-Agent", "headroom"}, {"Accept-Encoding", "identity"}},
                .body = {},
                .timeouts = {}};
    }

    Exchange make(HttpRequest request) { return QCoro::waitFor(lane.send(std::move(request))); }
    Exchange make(const QByteArray &method) { return make(request(method)); }

    std::vector<QCoro::Task<Exchange>> sendMany(int count)
    {
        std::vector<QCoro::Task<Exchange>> tasks;
        for (int i = 0; i < count; ++i)
            tasks.push_back(lane.send(request("GET")));
        return tasks;
    }
};

} // namespace Headroom
