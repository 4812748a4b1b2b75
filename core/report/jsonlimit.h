// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/limitfinding.h"
#include "core/report/jsonvalue.h"

namespace Headroom {

/// The "limit" of the JSON report; null for a run that did not search for it.
Json limitJson(const std::optional<LimitFinding> &finding);

} // namespace Headroom
