// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// The body of a request that is made of files: its field file or multipart; nothing when it has neither.
std::optional<Scenario::Body> readFileBody(const FieldReader &fields, Problems &problems);

/// Reads the files of all bodies of a scenario from its folder, each once; bodies of the same file share its bytes.
/// A folder that is empty is not known: then nothing is read.
/// Errors: a diagnostic for each request whose file cannot be read or is too large.
void loadBodies(Scenario &scenario, Diagnostics &problems);

} // namespace Headroom
