// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Rules write probe.field, so a name has no dot, no blank and no bracket. Reports one that has.
void checkSeriesName(const YamlNode::Entry &entry, Problems &problems);

/// Each reads what a probe of one kind looks at, and what it takes out of it.
void readPrometheusProbe(const FieldReader &fields, Scenario::Probe &probe, Problems &problems);
void readPromQlProbe(const FieldReader &fields, Scenario::Probe &probe, Problems &problems);
void readRedisProbe(const FieldReader &fields, Scenario::Probe &probe, Problems &problems);
void readLogProbe(const FieldReader &fields, Scenario::Probe &probe, Problems &problems);
void readCommandProbe(const FieldReader &fields, Scenario::Probe &probe, Problems &problems);

} // namespace Headroom
