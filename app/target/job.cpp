// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/job.h"

#include "core/base/random.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Headroom {

namespace {

QByteArray jobJson(const QString &id, const QString &state)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("id"), id}, {QStringLiteral("state"), state}})
        .toJson(QJsonDocument::Compact);
}

/// A whole number in milliseconds; nothing for what is none, or longer than the target lives.
std::optional<Nanoseconds> milliseconds(const QString &text)
{
    bool isNumber = false;
    const qlonglong number = text.toLongLong(&isNumber);
    constexpr qlonglong kMost = 1'000'000'000'000;
    return isNumber && number >= 0 && number <= kMost ? std::optional<Nanoseconds>(std::chrono::milliseconds(number))
                                                      : std::nullopt;
}

} // namespace

QByteArray newJob(std::uint64_t request, Nanoseconds now)
{
    const std::uint64_t takesMs = 100 + mix(request) % 201;
    return jobJson(QStringLiteral("%1-%2-%3").arg(request).arg(now / 1ms).arg(takesMs), QStringLiteral("queued"));
}

std::optional<QByteArray> stateOfJob(const QString &id, Nanoseconds now)
{
    const QStringList parts = id.split(u'-');
    const auto begun = parts.size() == 3 ? milliseconds(parts[1]) : std::nullopt;
    const auto takes = parts.size() == 3 ? milliseconds(parts[2]) : std::nullopt;
    if (!begun || !takes)
        return std::nullopt;
    const Nanoseconds age = now - *begun;
    return jobJson(id,
                   age >= *takes           ? QStringLiteral("done")
                       : age >= *takes / 2 ? QStringLiteral("running")
                                           : QStringLiteral("queued"));
}

} // namespace Headroom
