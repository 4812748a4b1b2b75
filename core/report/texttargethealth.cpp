// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/texttargethealth.h"

#include "core/base/humanformat.h"
#include "core/report/healthtiers.h"
#include "core/report/terminaltext.h"

namespace Headroom {

QStringList targetHealthLines(const ReportModel &model)
{
    constexpr int kColumns = 100;
    QStringList lines;
    if (const auto &ready = model.head.facts.timeToReady)
        lines += QStringLiteral("  ready after %1").arg(formatDuration(*ready));
    for (const HealthTier &tier : healthTiersOf(model))
        lines += shortened(QStringLiteral("  %1: %2").arg(cleaned(tier.name), tierText(tier)), kColumns);
    if (!lines.isEmpty())
        lines.prepend(QStringLiteral("The target"));
    return lines;
}

} // namespace Headroom
