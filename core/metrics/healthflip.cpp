// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/healthflip.h"

#include "core/base/humanformat.h"

#include <QRegularExpression>

namespace Headroom {

namespace {

constexpr QLatin1String kDown("went down");
constexpr QLatin1String kUp("came up");
constexpr QLatin1String kDownAtFirst("is down at the first look");

} // namespace

QString HealthFlip::text() const
{
    if (isFirst)
        return QStringLiteral("%1 %2: %3").arg(tier, kDownAtFirst, reason);
    return QStringLiteral("%1 %2: %3 after %4 %5")
        .arg(tier, isUp ? kUp : kDown, reason, formatDuration(before),
             isUp ? QLatin1String("down") : QLatin1String("up"));
}

std::optional<HealthFlip> healthFlipOf(const RunEvent &event)
{
    if (event.kind != u"health")
        return std::nullopt;
    // In merged sessions the name of the recording and a colon stand in front.
    static const QRegularExpression kSaid(
        QStringLiteral("(?:^|: )([^\\s:]+) (%1|%2|%3): ").arg(kDown, kUp, kDownAtFirst));
    const auto said = kSaid.match(event.text);
    if (!said.hasMatch())
        return std::nullopt;
    return HealthFlip{said.captured(1), said.captured(2) == kUp, {}, said.captured(2) == kDownAtFirst};
}

} // namespace Headroom
