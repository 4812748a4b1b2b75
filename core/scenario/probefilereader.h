// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Each reads what a probe of one kind looks at, and what it takes out of it.
void readGpuProbe(const FieldReader &fields, Scenario::Probe &probe);
void readCsvProbe(const FieldReader &fields, Scenario::Probe &probe, Problems &problems);
void readSqliteProbe(const FieldReader &fields, Scenario::Probe &probe, Problems &problems);

} // namespace Headroom
