// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

namespace Headroom {

/// A step's path with what the target puts behind every path, except names that the step's own query has.
TextTemplate withTargetQuery(const TextTemplate &path, const Scenario::Target &target);

} // namespace Headroom
