// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/foreignhosts.h"

#include <QHostAddress>

#include <set>

namespace Headroom {

namespace {

bool isLoopback(const QString &host)
{
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

} // namespace

QStringList foreignHosts(const Plan &plan)
{
    std::set<QString> foreign;
    if (plan.betweenCall && !isLoopback(plan.betweenCall->url.host()))
        foreign.insert(plan.betweenCall->url.host());
    for (const Plan::Action &action : plan.actions) {
        if (action.call && !isLoopback(action.call->url.host()))
            foreign.insert(action.call->url.host());
    }
    for (const Plan::Step &step : plan.steps) {
        if (!plan.lines && !isLoopback(step.request.url.host())) // lines stay on this machine
            foreign.insert(step.request.url.host());
    }
    return {foreign.begin(), foreign.end()};
}

} // namespace Headroom
