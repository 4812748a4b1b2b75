// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/byhand.h"

#include "core/base/humanformat.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr double kWorthTelling = 1.0; // seconds; what is less comes of seconds that are cut

bool isByHand(const RunEvent &event) { return event.kind == u"steer" || event.kind == u"rule"; }

} // namespace

ByHand byHandOf(const ReportModel &model)
{
    ByHand byHand;
    byHand.changes = std::size_t(std::ranges::count_if(model.events, isByHand));
    byHand.pausedSeconds = byHand.loadSeconds = model.pausedSeconds;
    for (const ReportModel::NamedBlock &stage : model.stages)
        byHand.loadSeconds += stage.block.lengthSeconds;
    return byHand;
}

QString byHandText(const ReportModel &model)
{
    const ByHand byHand = byHandOf(model);
    if (byHand.changes == 0)
        return {};
    QStringList parts{byHand.changes == 1 ? QStringLiteral("1 change")
                                          : QStringLiteral("%1 changes").arg(formatCount(byHand.changes))};
    if (byHand.pausedSeconds > 0.0)
        parts << QStringLiteral("paused for %1").arg(formatElapsedSeconds(byHand.pausedSeconds));
    const double planned = std::chrono::duration<double>(model.head.facts.plannedLength).count();
    if (planned > 0.0 && std::abs(byHand.loadSeconds - planned) >= kWorthTelling)
        parts << QStringLiteral("the load took %1 instead of the planned %2")
                     .arg(formatElapsedSeconds(byHand.loadSeconds), formatElapsedSeconds(planned));
    return parts.join(QLatin1String("; "));
}

} // namespace Headroom
