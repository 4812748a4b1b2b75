// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/healthtiers.h"

#include "core/base/humanformat.h"
#include "core/metrics/healthflip.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

double inSeconds(Nanoseconds time) { return double(time.count()) / 1e9; }

Nanoseconds timeOf(double seconds) { return Nanoseconds(std::llround(seconds * 1e9)); }

/// From the first second with a value to the end of the last one. Whether it was down in that.
bool addKnown(HealthTier &tier, const ReportModel &model, std::size_t series)
{
    bool isFirst = true;
    bool isDown = false;
    for (const ReportModel::SeriesRow &row : model.series) {
        if (series >= row.probes.size() || !row.probes[series])
            continue;
        if (std::exchange(isFirst, false))
            tier.from = row.second;
        tier.to = row.second + row.lengthSeconds;
        isDown = *row.probes[series] == 0.0;
    }
    return isDown;
}

/// What a tier is at the event before; of tiers by name, so that a long list of events is read once.
struct Course
{
    HealthTier tier;
    bool isDownAtEnd = false; ///< By its series.
    bool isDown = false;
};

void addFlip(Course &course, const HealthFlip &flip, const RunEvent &event)
{
    HealthTier &tier = course.tier;
    const double at = std::clamp(inSeconds(event.at), tier.from, tier.to);
    const bool wasDownBefore = tier.outages.empty() && flip.isUp; // of a part of a session
    if (wasDownBefore)
        tier.outages.push_back({tier.from, at, event.text});
    else if (flip.isUp != course.isDown) // the same once more is no flip
        return;
    else if (flip.isUp)
        tier.outages.back().to = std::max(at, tier.outages.back().from);
    else
        tier.outages.push_back({flip.isFirst ? tier.from : at, tier.to, event.text});
    course.isDown = !flip.isUp;
    tier.flips += flip.isFirst ? 0 : 1;
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
    std::vector<Course> courses;
    QHash<QString, std::size_t> byName;
    for (std::size_t i = 0; i < model.head.facts.series.size(); ++i) {
        const RunFacts::Series &series = model.head.facts.series[i];
        if (series.unit != u"up")
            continue;
        Course course{.tier = {.name = series.probe}};
        course.isDownAtEnd = addKnown(course.tier, model, i);
        byName.insert(series.probe, courses.size());
        courses.push_back(std::move(course));
    }
    for (const RunEvent &event : model.events) {
        const auto flip = courses.empty() ? std::nullopt : healthFlipOf(event);
        if (const auto known = flip ? byName.constFind(flip->tier) : byName.constEnd(); known != byName.constEnd())
            addFlip(courses[*known], *flip, event);
    }
    std::vector<HealthTier> tiers;
    for (Course &course : courses) {
        HealthTier &tier = course.tier;
        if (tier.outages.empty() && course.isDownAtEnd) // of a part of a session that lies within an outage
            tier.outages.push_back({tier.from, tier.to, QString()});
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
