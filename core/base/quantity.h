// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/rate.h"
#include "core/base/result.h"

#include <QStringList>
#include <QStringView>

namespace Headroom {

/// The one parser of everything with a unit: in files, on the command line and in the window.
/// White space around and between number and unit is free. Errors: InvalidInput with a sentence that names the units.

/// "250 us", "500 ms", "30 s", "2 min", "1 h", "1 d"; several add up: "1 h 30 min". Range: 0 to 365 d.
Result<Nanoseconds> parseDuration(QStringView text);
/// "50/s", "600/min", "170/h", "1000/d". Range: 0 to 10 million a second.
Result<Rate> parseRate(QStringView text);
/// "123", "123 B", "10 KiB", "5 MB", "2 GiB": bytes, rounded. Range: 0 to 1 EiB.
Result<std::int64_t> parseSize(QStringView text);
/// "1 %" is 0.01. Range: any finite number.
Result<double> parsePercent(QStringView text);
/// A plain finite number, "1e3" included.
Result<double> parseNumber(QStringView text);

QStringList durationUnits(); ///< All that parseDuration() knows: "ns", "us", ...
QStringList rateUnits(); ///< All that may stand behind the slash of a rate.

} // namespace Headroom
