// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/sweepreport.h"

namespace Headroom {

// What the terminal and the page of a sweep say with the same words.

QString sweepVerdictText(const SweepReport::Member &member); ///< "all rules met"; NOT VALID stands in front.
QString sweepFigureWords(SweepReport::Figure figure); ///< "throughput", "CPU per request".
QString sweepStoppedText(const SweepReport &sweep); ///< How many of the values were not run.

} // namespace Headroom
