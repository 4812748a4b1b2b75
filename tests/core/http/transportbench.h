// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/alarmqueue.h"
#include "core/base/steadyclock.h"
#include "core/http/transport.h"
#include "tests/support/scriptedserver.h"

#include <QCoroTask>
#include <QTest>

namespace Headroom {

/// A transport on the real clock, and a server that it may talk to.
struct TransportBench
{
    static constexpr int kCapacity = 6;

    explicit TransportBench(const QString &name, const ConnectionOptions &options = {}, int capacity = kCapacity)
        : transport(makeTransport({.name = name, .connections = options}, capacity, clock, alarms))
        , isDirect(name == QLatin1String("direct"))
    {
    }

    SteadyClock clock;
    AlarmQueue alarms{clock};
    ScriptedServer server;
    std::unique_ptr<Transport> transport;
    const bool isDirect;

    HttpRequest request(const QByteArray &method, const QString &path = QStringLiteral("/")) const
    {
        return {.method = method,
                .url = server.url(path),
                .headers = {{"User-Agent", "headroom"}},
                .body = {},
                .timeouts = {}};
    }

    Exchange make(HttpRequest request) { return QCoro::waitFor(transport->send(std::move(request))); }
    Exchange make(const QByteArray &method) { return make(request(method)); }

    std::vector<QCoro::Task<Exchange>> sendMany(int count)
    {
        std::vector<QCoro::Task<Exchange>> tasks;
        for (int i = 0; i < count; ++i)
            tasks.push_back(transport->send(request("GET")));
        return tasks;
    }

    /// Deadlines that nobody waits for any more. The direct transport keeps one alarm for each connection, which may
    /// ring for nothing.
    bool hasForgottenAlarms(int connections = 1) const
    {
        return alarms.pending() > (isDirect ? std::size_t(connections) : 0u);
    }
};

/// A column "transport" with a row for each.
inline void addTransports()
{
    QTest::addColumn<QString>("transport");
    for (const char *name : {"qnam", "direct"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

/// The row's name, where there are other columns too.
inline QTestData &newTransportRow(const QString &transport, const char *name)
{
    return QTest::addRow("%s, %s", qPrintable(transport), name) << transport;
}

} // namespace Headroom
