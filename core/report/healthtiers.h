// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <optional>
#include <vector>

namespace Headroom {

/// What was seen of one tier of the target's health. Units: seconds since the start of the run.
struct HealthTier
{
    struct Outage
    {
        double from = 0.0;
        double to = 0.0; ///< The end of what is known, when it was still down then.
        QString text; ///< Of the event that it began with: "ready went down: 503 after 12.0 s up".
        double seconds() const { return to - from; }
    };
    QString name;
    double from = 0.0; ///< It was looked at from here ...
    double to = 0.0; ///< ... to here; the same when it never was.
    std::size_t flips = 0; ///< Down or up again; being down at the first look is none.
    std::vector<Outage> outages{};

    double knownSeconds() const { return to - from; }
    std::optional<double> upShare() const; ///< Of the known time; nothing without any.
    const Outage *longestOutage() const; ///< The first of equal ones; null without one.
};

/// By their probes, in the scenario's order. Flips are taken from the events, which have their exact times.
std::vector<HealthTier> healthTiersOf(const ReportModel &model);

/// "up 96.7 % of the time, 2 flips, longest outage 1.00 s at 0:03"
QString tierText(const HealthTier &tier);

} // namespace Headroom
