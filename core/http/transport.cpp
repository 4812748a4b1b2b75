// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/transport.h"

#include "core/http/direct/directtransport.h"
#include "core/http/lines/linestransport.h"
#include "core/http/pendingexchange.h"
#include "core/http/qnam/qnamtransport.h"

namespace Headroom {

QCoro::Task<Exchange> Transport::send(HttpRequest request)
{
    co_return co_await PendingExchange(*this, request);
}

std::unique_ptr<Transport> makeTransport(const TransportSetup &setup, int capacity, const Clock &clock,
                                         AlarmQueue &alarms)
{
    if (setup.name == QLatin1String("lines"))
        return std::make_unique<LinesTransport>(setup, capacity, clock, alarms);
    if (setup.name == QLatin1String("direct"))
        return std::make_unique<DirectTransport>(setup.connections, capacity, clock, alarms);
    Q_ASSERT(setup.name == QLatin1String("qnam")); // the scenario reader refuses every other name
    return std::make_unique<QnamTransport>(setup.connections, capacity, clock, alarms);
}

} // namespace Headroom
