// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/sweepreport.h"

namespace Headroom {

// What the terminal and the page of a sweep say with the same words.

QString sweepFigureWords(SweepReport::Figure figure); ///< "throughput", "CPU per request".
QString sweepStoppedText(const SweepReport &sweep); ///< How many of the values were not run.

} // namespace Headroom
