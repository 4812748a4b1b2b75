// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runsummary.h"

namespace Headroom {

/// One sentence, without a final full stop, on runs side by side that did not make their requests alike; empty when
/// they did, and of fewer than two.
QString connectionNote(const std::vector<RunSummary> &runs);

} // namespace Headroom
