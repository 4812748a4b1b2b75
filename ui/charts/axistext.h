// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartspec.h"
#include "ui/charts/nicescale.h"

#include <optional>

namespace Headroom {

/// A tick of a scale: "200 ms", "1.5 s", "12,000/s", "512 MiB"; all of a linear scale in one unit. 0 is "0".
QString axisText(double value, const NiceScale &scale, ChartSpec::Unit unit);
/// A value as a legend shows it, and "–" for none.
QString valueText(const std::optional<double> &value, ChartSpec::Unit unit);
QString timeText(double seconds); ///< "0:07", "1:02:03"

} // namespace Headroom
