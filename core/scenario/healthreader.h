// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads what says whether the target is well, and how that is judged. Without a URL for tiers, whose probes have one
/// each.
void readHealthProbe(const FieldReader &fields, Scenario::Probe &probe, Problems &problems);

/// Adds a probe for each tier of `all`: api_live and api_ready of api.
void addTiers(const FieldReader &fields, const Scenario::Probe &all, std::vector<Scenario::Probe> &probes,
              Problems &problems);

/// Reports a tier whose probe has the name of another probe.
void checkNamesOfTiers(const std::vector<Scenario::Probe> &probes, Problems &problems);

} // namespace Headroom
