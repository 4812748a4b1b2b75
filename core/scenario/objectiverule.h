// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Headroom {

inline constexpr QLatin1String kAllRows{"all"}; ///< The row of the table of objectives that is of all steps.

/// The rule that a cell of the table of objectives says: row "retrieve", column "p95" and "900 ms" make
/// "p95(retrieve) < 900 ms".
///
/// What shall be much gets ">=" (throughput, sustained, achieved, reached, count, hit_rate, headroom), everything else
/// "<", unless the cell begins with a comparison of its own; "80 % to 90 %" is between. Words behind the bound stay:
/// "900 ms during burst". A column may have brackets: share(5xx) in row retrieve is share(retrieve, 5xx), sustained(60
/// s) likewise, and recovery(p95, burst) is recovery(p95(retrieve), burst).
QString objectiveRule(const QString &row, const QString &column, const QString &cell);

} // namespace Headroom
