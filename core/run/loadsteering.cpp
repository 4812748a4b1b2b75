// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/loadsteering.h"

#include "core/base/humanformat.h"
#include "core/plan/steeredplan.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

bool hasWeightedFlow(const Plan &plan)
{
    return std::ranges::any_of(plan.flows, [](const Plan::Flow &flow) { return !flow.rate; });
}

} // namespace

LoadSteering::LoadSteering(PlanPtr written)
    : m_written(std::move(written))
    , m_current(m_written)
{
}

std::optional<SteeredChange> LoadSteering::obey(const SteeringOrder &order, Nanoseconds now)
{
    const Nanoseconds at = std::max({now + kLead, m_changedAt, Nanoseconds(0ns)});
    if (!fits(order) || at >= m_written->profile.end())
        return std::nullopt;
    const SteeredLoad load = after(order);
    if (load == m_load)
        return std::nullopt;
    m_current = steeredPlan(*m_current, *m_written, at, {load.value, load.isPaused});
    m_load = load;
    m_changedAt = at;
    return SteeredChange{m_current, load, {at, QStringLiteral("steer"), described(order, load, at)}};
}

bool LoadSteering::fits(const SteeringOrder &order) const
{
    switch (order.kind) {
    case SteeringOrder::Kind::SetRate:
        return m_written->isOpenModel && hasWeightedFlow(*m_written) && !std::isnan(order.value);
    case SteeringOrder::Kind::SetUsers:
        return !m_written->isOpenModel;
    default:
        return true;
    }
}

SteeredLoad LoadSteering::after(const SteeringOrder &order) const
{
    switch (order.kind) {
    case SteeringOrder::Kind::SetRate:
        return {std::clamp(order.value, 0.0, kMaxSteeredRate.perSecond()), m_load.isPaused};
    case SteeringOrder::Kind::SetUsers:
        return {std::clamp(order.value, 0.0, double(kMaxSteeredUsers)), m_load.isPaused};
    case SteeringOrder::Kind::Pause:
        return {m_load.value, true};
    case SteeringOrder::Kind::Resume:
        return {m_load.value, false};
    case SteeringOrder::Kind::BackToPlan:
        break;
    }
    return {};
}

QString LoadSteering::described(const SteeringOrder &order, const SteeredLoad &load, Nanoseconds at) const
{
    const double planned = m_written->profile.valueAt(at);
    switch (order.kind) {
    case SteeringOrder::Kind::SetRate:
    case SteeringOrder::Kind::SetUsers: {
        const QString what = m_written->isOpenModel ? QStringLiteral("rate") : QStringLiteral("users");
        const QString when = load.isPaused ? QStringLiteral(", once the pause is over") : QString();
        return QStringLiteral("%1 set to %2 by hand (planned %3)%4")
            .arg(what, number(*load.value), number(planned), when);
    }
    case SteeringOrder::Kind::Pause:
        return QStringLiteral("paused by hand");
    case SteeringOrder::Kind::Resume:
        return load.value ? QStringLiteral("resumed at %1 (planned %2)").arg(amount(*load.value), number(planned))
                          : QStringLiteral("resumed as planned, at %1").arg(amount(planned));
    case SteeringOrder::Kind::BackToPlan:
        break;
    }
    return QStringLiteral("back to plan, at %1").arg(amount(planned));
}

/// "80/s" or "12".
QString LoadSteering::number(double value) const
{
    return m_written->isOpenModel ? formatRate(Rate::perSecond(value)) : formatNumber(std::ceil(value));
}

/// "80/s" or "12 users".
QString LoadSteering::amount(double value) const
{
    const QString plain = number(value);
    if (m_written->isOpenModel)
        return plain;
    return plain == QLatin1String("1") ? QStringLiteral("1 user") : QStringLiteral("%1 users").arg(plain);
}

} // namespace Headroom
