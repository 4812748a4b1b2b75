// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/steeringwords.h"

#include "core/base/humanformat.h"

#include <cmath>
#include <numeric>

namespace Headroom {

namespace {

/// "80/s" or "12".
QString number(double value, const Plan &plan)
{
    return plan.isOpenModel ? formatRate(Rate::perSecond(value)) : formatNumber(std::ceil(value));
}

/// "80/s" or "12 users".
QString amount(double value, const Plan &plan)
{
    const QString plain = number(value, plan);
    if (plan.isOpenModel)
        return plain;
    return plain == QLatin1String("1") ? QStringLiteral("1 user") : QStringLiteral("%1 users").arg(plain);
}

/// "held at 80/s", "at 80/s (planned 60/s)", "as planned, at 60/s": what goes on.
QString whatHolds(const SteeringScene &scene)
{
    const SteeredLoad &load = scene.load;
    const QString now = amount(load.value.value_or(scene.planned), scene.written);
    if (load.isHeld)
        return QStringLiteral("held at %1").arg(now);
    return load.value ? QStringLiteral("at %1 (planned %2)").arg(now, number(scene.planned, scene.written))
                      : QStringLiteral("as planned, at %1").arg(now);
}

QString valueSentence(const SteeringScene &scene)
{
    const QString what = scene.written.isOpenModel ? QStringLiteral("rate") : QStringLiteral("users");
    const QString when = scene.load.isPaused ? QStringLiteral(", once the pause is over") : QString();
    return QStringLiteral("%1 set to %2 by hand (planned %3)%4")
        .arg(what, number(*scene.load.value, scene.written), number(scene.planned, scene.written), when);
}

QString mixSentence(const SteeringScene &scene)
{
    const std::vector<double> &mix = scene.load.mix;
    const double sum = std::accumulate(mix.begin(), mix.end(), 0.0);
    QStringList shares;
    auto weight = mix.begin();
    for (const Plan::Flow &flow : scene.written.flows) {
        if (!flow.rate && weight != mix.end())
            shares << QStringLiteral("%1 %2").arg(flow.name, formatShare(*weight++ / sum));
    }
    return QStringLiteral("mix set by hand: %1").arg(shares.join(QLatin1String(", ")));
}

QString skipSentence(const SteeringScene &scene)
{
    const QString next = scene.nextStage.isEmpty() ? QStringLiteral("and with it the load")
                                                   : QStringLiteral("for stage '%1'").arg(scene.nextStage);
    return QStringLiteral("stage '%1' ended by hand after %2 of it, %3")
        .arg(scene.stage, formatDuration(scene.inStage), next);
}

} // namespace

QString describedOrder(const SteeringOrder &order, const SteeringScene &scene)
{
    switch (order.kind) {
    case SteeringOrder::Kind::SetRate:
    case SteeringOrder::Kind::SetUsers:
        return valueSentence(scene);
    case SteeringOrder::Kind::Pause:
        return QStringLiteral("paused by hand");
    case SteeringOrder::Kind::Resume:
        return QStringLiteral("resumed after %1, %2").arg(formatDuration(scene.waited), whatHolds(scene));
    case SteeringOrder::Kind::Hold:
        return QStringLiteral("held by hand at %1, in stage '%2'")
            .arg(amount(scene.load.value.value_or(scene.planned), scene.written), scene.stage);
    case SteeringOrder::Kind::Release:
        return QStringLiteral("released after it was held for %1, %2")
            .arg(formatDuration(scene.waited), whatHolds(scene));
    case SteeringOrder::Kind::SkipStage:
        return skipSentence(scene);
    case SteeringOrder::Kind::ExtendStage:
        return QStringLiteral("stage '%1' made %2 longer by hand")
            .arg(scene.stage,
                 formatDuration(std::min(kMaxSteeredExtension, Nanoseconds(std::llround(order.value * 1e9)))));
    case SteeringOrder::Kind::SetMix:
        return mixSentence(scene);
    case SteeringOrder::Kind::SetThinkFactor:
        return QStringLiteral("think times and paces set to %1 by hand").arg(formatShare(scene.load.thinkFactor));
    case SteeringOrder::Kind::BackToPlan:
        break;
    }
    return QStringLiteral("back to plan, at %1").arg(amount(scene.planned, scene.written));
}

} // namespace Headroom
