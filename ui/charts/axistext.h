// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/charts/chartspec.h"
#include "ui/charts/nicescale.h"

#include <optional>

namespace Headroom {

/// A tick of a scale: "200 ms", "1.5 s", "12,000/s", "512 MiB"; all of a linear scale in one unit. 0 is "0".
QString axisText(double value, const NiceScale &scale, ChartSpec::Unit unit);
/// A value as a legend shows it, and "–" for none.
QString valueText(const std::optional<double> &value, ChartSpec::Unit unit);
/// What a unit is called: "ms", "/s", "number" ...
QString unitName(ChartSpec::Unit unit);
/// What a hand has typed as a value: "40 MiB", "1.5 s", "70 %", "12"; a number alone is in the unit of valueText()'s axis:
/// ms, bytes, percent, a second. Errors: InvalidInput with a sentence that names the units.
Result<double> parseValue(const QString &text, ChartSpec::Unit unit);
QString timeText(double seconds); ///< "0:07", "1:02:03"

} // namespace Headroom
