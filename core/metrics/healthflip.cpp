// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/healthflip.h"

#include "core/base/humanformat.h"

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
    const qsizetype blank = event.text.indexOf(u' ');
    if (event.kind != u"health" || blank <= 0)
        return std::nullopt;
    const QStringView said = QStringView(event.text).sliced(blank + 1);
    const bool isUp = said.startsWith(kUp);
    if (!isUp && !said.startsWith(kDown) && !said.startsWith(kDownAtFirst))
        return std::nullopt;
    return HealthFlip{event.text.first(blank), isUp, {}, said.startsWith(kDownAtFirst)};
}

} // namespace Headroom
