// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"

#include <vector>

namespace Headroom {

/// In what two runs differ that the same plan would give both, as a few words: "their steps"; empty when they could
/// have been parts of one run. Target, seed, workers and the height of the load may differ: generators share these.
QString differenceOf(const RunFacts &a, const RunFacts &b);

/// What is fixed about several runs that fit, taken as one: loads, caps, counts and workers added up, each target
/// once, the rest as in the first. Range: at least one.
RunFacts sumOf(const std::vector<RunFactsPtr> &parts);

} // namespace Headroom
