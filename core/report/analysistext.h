// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QStringList>

namespace Headroom {

// What the seconds of a run tell together, in words: the same in the terminal and on the page.

/// A stage's name; empty when there is no such stage.
QString stageName(const RunFacts &facts, StageIndex stage);
/// "steady from the beginning", "steady from 0:35 on", "no steady state found: it still rises: …".
QString steadyText(const Segment &segment);
/// "broke at 1:05 with 65 users: 934 ms" or "never broke up to 100 users: 512 ms".
QString crossingText(const Crossing &crossing, const RunFacts &facts);
/// "4.00 s", "at once".
QString recoveryTimeText(double seconds);
/// "p95 was back at 12.0 ms (before: 11.5 ms) 4.00 s after the load fell at 1:40", "p95 was not back at …: still 340 ms".
QString recoveryText(const Recovery &recovery);

/// For the terminal; empty when there is nothing to say. Long lists end with how many more there are.
QStringList analysisLines(const ReportModel &model);

} // namespace Headroom
