// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads how a target's connections are made and encrypted into it, once its transport and address are known. What only
/// another transport can do is refused with the name of that.
void readConnections(const FieldReader &target, Scenario::Target &into, Problems &problems);

/// Reads the files that target.tls names. Problems stand at their fields. Of a scenario whose folder is not known
/// nothing is read.
void loadTlsFiles(Scenario &scenario, Diagnostics &problems);

} // namespace Headroom
