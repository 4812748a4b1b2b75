// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/administration.h"

#include <cmath>

namespace Headroom {

namespace {

constexpr qsizetype kLongestBody = 10'000;

TargetOptions withoutToken(TargetOptions options)
{
    options.adminToken.clear();
    return options;
}

} // namespace

Administration::Administration(const TargetOptions &options)
    : m_started(withoutToken(options))
    , m_token(options.adminToken)
    , m_serviceTimes(options.serviceTimes)
{
}

TargetAnswer Administration::answer(Endpoint endpoint, const QByteArray &authorization, const QByteArray &body)
{
    switch (m_token.accessOf(authorization)) {
    case AdminToken::Access::Missing:
        return {401,
                problem("this takes the token of --admin-token, as Authorization: Bearer TOKEN"),
                {"WWW-Authenticate", "Bearer"}};
    case AdminToken::Access::Wrong:
        return {403, problem("this is not the token of --admin-token")};
    case AdminToken::Access::Granted:
        break;
    }
    const QString text = QString::fromUtf8(body.first(std::min(body.size(), kLongestBody))).trimmed();
    if (endpoint == Endpoint::AdminReload)
        return reload(text);
    return endpoint == Endpoint::AdminFreeze ? freeze(text) : changeTimes(text);
}

TargetAnswer Administration::changeTimes(const QString &list)
{
    const auto times = ServiceTimes::parse({list});
    if (!times)
        return {400, problem("the body is no list such as *=2ms, retrieve=20ms")};
    m_serviceTimes = *times;
    return {200, R"({"status":"changed"})"};
}

TargetAnswer Administration::reload(const QString &mode)
{
    if (!mode.isEmpty() && mode != QLatin1String("normal") && mode != QLatin1String("degraded"))
        return {400, problem("the body is normal, degraded or empty, which is normal")};
    m_isDegraded = mode == QLatin1String("degraded");
    m_serviceTimes = m_started.serviceTimes;
    return {200, QByteArray(R"({"status":"reloaded","mode":")") + (m_isDegraded ? "degraded" : "normal") + "\"}"};
}

TargetAnswer Administration::freeze(const QString &time)
{
    const auto lasts = parseFreezeTime(time);
    if (!lasts)
        return {400, problem("the body is no time such as 3s, up to 10 min")};
    m_freeze = *lasts;
    return {202, R"({"status":"freezing"})"};
}

Nanoseconds Administration::serviceTime(Endpoint worked, std::uint64_t number) const
{
    return inMode(m_serviceTimes.of(worked).sample(m_started.seed, number));
}

Nanoseconds Administration::inMode(Nanoseconds time) const
{
    if (!m_isDegraded)
        return time;
    return Nanoseconds(std::llround(double(time.count()) * m_started.troubles.degradedTime));
}

} // namespace Headroom
