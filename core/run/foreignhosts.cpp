// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/foreignhosts.h"

#include <QHostAddress>

#include <set>

namespace Headroom {

namespace {

/// Whether what is asked of the target beside the load goes through its local socket as well.
bool isPlainBySocket(const Plan &plan)
{
    return !plan.connections.socket.isEmpty() && plan.target.scheme() == QLatin1String("http");
}

/// Hosts that are asked beside the load.
QStringList askedHosts(const Plan &plan, const Scenario &scenario)
{
    QStringList hosts;
    if (plan.readyUrl)
        hosts << plan.readyUrl->host();
    for (const Scenario::Service &service : scenario.services)
        hosts << QUrl(service.tcp.isEmpty() ? service.url : QStringLiteral("tcp://") + service.tcp).host();
    for (const Scenario::Probe &probe : scenario.probes) {
        if (probe.kind == Scenario::Probe::Kind::Redis)
            hosts << QUrl(QStringLiteral("redis://") + probe.url).host();
        else if (!probe.url.isEmpty())
            hosts << plan.target.resolved(QUrl(probe.url, QUrl::StrictMode)).host();
        if (!probe.heap.isEmpty())
            hosts << plan.target.resolved(QUrl(probe.heap, QUrl::StrictMode)).host();
    }
    return hosts;
}

} // namespace

bool isLoopback(const QString &host)
{
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

QStringList foreignHosts(const Plan &plan)
{
    if (!plan.connections.socket.isEmpty())
        return {}; // all of them go to the socket of this machine, whatever their URL
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

QStringList foreignHosts(const Plan &plan, const Scenario &scenario)
{
    const QStringList loaded = foreignHosts(plan);
    std::set<QString> foreign(loaded.begin(), loaded.end());
    for (const QString &host : askedHosts(plan, scenario)) {
        const bool isBySocket = host == plan.target.host() && isPlainBySocket(plan);
        if (!host.isEmpty() && !isLoopback(host) && !isBySocket)
            foreign.insert(host);
    }
    return {foreign.begin(), foreign.end()};
}

} // namespace Headroom
