// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runending.h"
#include "core/session/sessionhead.h"

namespace Headroom {

inline constexpr std::uint64_t kMaxSessionCount = std::uint64_t(1) << 53; ///< Exact as a double, so also in JSON.
inline constexpr Nanoseconds kMaxSessionTime = std::chrono::years(10); ///< Sums of two stay far from overflow.
inline constexpr std::size_t kMaxSessionEntries = 10'000; ///< Of steps, flows, stages, series ... each.
/// Of rules, objectives, requirements and observations, each of which takes memory when it is judged or summed.
inline constexpr std::size_t kMaxJudgedEntries = RunFacts::kMostRules;

/// What about a value does not fit into a session, as part of a sentence; empty when it fits.
///
/// The writer refuses and the reader calls damaged exactly the same: whatever was written can be read, and whatever was
/// read has indices within the facts, finite numbers and times that can be added. Histograms are not looked into.
QString misfitOf(const SessionHead &head);
QString misfitOf(const MetricsFrame &frame, const RunFacts &facts);
QString misfitOf(const RunEvent &event);
QString misfitOf(const RunEnding &ending, qint64 endedAtMs);
bool areFine(const RequestCounts &counts); ///< Each can stand in a session.

} // namespace Headroom
