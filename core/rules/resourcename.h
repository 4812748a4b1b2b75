// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rule.h"

namespace Headroom {

/// What stands in the brackets of cost(): "cpu", "memory", "read_bytes" ...
QString resourceName(Rule::Resource resource);
std::optional<Rule::Resource> resourceNamed(QStringView name);
QString resourceNames(); ///< All of them, for a sentence: "cpu, memory, ... or bytes_out".

/// Whether a probe tells it; the others are counted by Headroom itself.
bool isOfProbe(Rule::Resource resource);

} // namespace Headroom
