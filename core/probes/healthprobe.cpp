// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/healthprobe.h"

#include "core/metrics/healthflip.h"

#include <QNetworkReply>

#include <algorithm>
#include <utility>

namespace Headroom {

namespace {

constexpr qsizetype kLongestReason = 200;

double secondsOf(Nanoseconds time) { return std::chrono::duration<double>(time).count(); }

/// Why there is no status.
QString reasonOf(const QNetworkReply &reply)
{
    return reply.error() == QNetworkReply::ConnectionRefusedError ? QStringLiteral("nobody listens there")
                                                                  : reply.errorString().left(kLongestReason);
}

} // namespace

HealthProbe::HealthProbe(const QString &name, Source source, Clock &clock)
    : HttpProbe(name,
                {{QStringLiteral("up"), QStringLiteral("up")}, {QStringLiteral("time"), QStringLiteral("seconds")}},
                {.url = source.url, .accept = "*/*", .timeout = source.within, .route = source.route}, clock)
    , m_expect(std::move(source.expect))
    , m_last(missingValues())
{
}

void HealthProbe::read()
{
    if (isReading())
        return succeed(m_last);
    m_askedAt = now();
    HttpProbe::read();
}

void HealthProbe::take(QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isCut = status < 400 && reply.error() != QNetworkReply::NoError; // else the error is the status
    if (status == 0 || isCut)
        return settle(false, reasonOf(reply), std::nullopt);
    const bool isExpected = std::ranges::any_of(
        m_expect, [status](const Scenario::StatusRange &range) { return status >= range.low && status <= range.high; });
    settle(isExpected, QString::number(status), secondsOf(now() - m_askedAt));
}

void HealthProbe::refuse(const QString &problem) { settle(false, problem, std::nullopt); }

void HealthProbe::settle(bool isUp, const QString &reason, std::optional<double> seconds)
{
    const std::optional<bool> before = std::exchange(m_isUp, isUp);
    if (before != isUp) {
        const Nanoseconds length = before ? now() - m_turnedAt : 0ns;
        m_turnedAt = now();
        if (before || !isUp)
            Q_EMIT flipped(HealthFlip{name(), isUp, reason, !before, length}.text());
    }
    m_last = {isUp ? 1.0 : 0.0, seconds};
    succeed(m_last);
}

} // namespace Headroom
