// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads the target, and checks what the schema table cannot say.
Scenario::Target readTarget(const FieldReader &fields, Problems &problems);

/// Reads the headers of a target or a step: names and values that HTTP can carry, no name twice.
std::vector<Scenario::Header> readHeaders(const FieldReader &fields, Problems &problems);

/// The path or address in a field, reported when it is none.
TextTemplate readLocation(const FieldReader &fields, QStringView name, Problems &problems);
/// The same of a node below the field.
TextTemplate readLocation(const YamlNode &node, const FieldReader &fields, QStringView name, Problems &problems);

} // namespace Headroom
