// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/healthtiers.h"

#include "core/base/humanformat.h"
#include "core/metrics/healthflip.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

double secondsOf(Nanoseconds time) { return double(time.count()) / 1e9; }

Nanoseconds timeOf(double seconds) { return Nanoseconds(std::llround(seconds * 1e9)); }

/// From the first second with a value to the end of the last one.
void addKnown(HealthTier &tier, const ReportModel &model, std::size_t series)
{
    bool isFirst = true;
    for (const ReportModel::SeriesRow &row : model.series) {
        if (series >= row.probes.size() || !row.probes[series])
            continue;
        if (std::exchange(isFirst, false))
            tier.from = row.second;
        tier.to = row.second + row.lengthSeconds;
    }
}

void addFlips(HealthTier &tier, const std::vector<RunEvent> &events)
{
    bool isDown = false;
    for (const RunEvent &event : events) {
        const auto flip = healthFlipOf(event);
        if (!flip || flip->tier != tier.name || flip->isUp != isDown) // the same once more is no flip
            continue;
        const double at = std::clamp(secondsOf(event.at), tier.from, tier.to);
        isDown = !flip->isUp;
        tier.flips += flip->isFirst ? 0 : 1;
        if (isDown)
            tier.outages.push_back({flip->isFirst ? tier.from : at, tier.to, event.text});
        else
            tier.outages.back().to = std::max(at, tier.outages.back().from);
    }
}

} // namespace

std::optional<double> HealthTier::upShare() const
{
    if (knownSeconds() <= 0.0)
        return std::nullopt;
    double down = 0.0;
    for (const Outage &outage : outages)
        down += outage.seconds();
    return std::clamp(1.0 - down / knownSeconds(), 0.0, 1.0);
}

const HealthTier::Outage *HealthTier::longestOutage() const
{
    const auto longest = std::ranges::max_element(outages, {}, &Outage::seconds);
    return longest == outages.end() ? nullptr : &*longest;
}

std::vector<HealthTier> healthTiersOf(const ReportModel &model)
{
    std::vector<HealthTier> tiers;
    for (std::size_t i = 0; i < model.head.facts.series.size(); ++i) {
        const RunFacts::Series &series = model.head.facts.series[i];
        if (series.unit != u"up")
            continue;
        HealthTier tier{.name = series.probe};
        addKnown(tier, model, i);
        addFlips(tier, model.events);
        tiers.push_back(std::move(tier));
    }
    return tiers;
}

QString tierText(const HealthTier &tier)
{
    const auto share = tier.upShare();
    if (!share)
        return QStringLiteral("never looked at");
    const HealthTier::Outage *longest = tier.longestOutage();
    if (!longest)
        return QStringLiteral("up all the time");
    return QStringLiteral("up %1 of the time, %2 %3, longest outage %4 at %5")
        .arg(formatShare(*share), formatCount(tier.flips),
             tier.flips == 1 ? QLatin1String("flip") : QLatin1String("flips"),
             formatDuration(timeOf(longest->seconds())), formatElapsed(timeOf(longest->from)));
}

} // namespace Headroom
