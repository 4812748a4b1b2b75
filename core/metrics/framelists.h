// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/intervalsnapshot.h"

#include <span>
#include <vector>

namespace Headroom {

// Lists of one second by several workers, or several generators, as one.

/// The counts of each failure added up, sorted by step, kind, status and text; of its examples the first.
std::vector<FailureCount> mergedFailures(const std::vector<std::span<const FailureCount>> &lists);

/// Step by step the slowest first, and no more of a step than one worker would have kept.
std::vector<Exemplar> mergedExemplars(const std::vector<std::span<const Exemplar>> &lists);

} // namespace Headroom
