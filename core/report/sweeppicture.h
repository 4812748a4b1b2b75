// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/sweepreport.h"

namespace Headroom {

/// One figure over the values of a sweep as a static drawing (SVG), with a point for each run; nothing when no run has
/// the figure. Values stand side by side in their order, whatever lies between them.
Html sweepPictureHtml(const SweepReport &sweep, SweepReport::Figure figure);

} // namespace Headroom
