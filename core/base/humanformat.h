// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/rate.h"

#include <QString>

namespace Headroom {

/// Text for people, the same in the terminal, tables, tooltips and reports. Always with a point as decimal mark.

QString formatDuration(
    Nanoseconds duration); ///< Three significant digits and the fitting unit: "1.23 ms", "45.0 s", "2 min 5 s".
QString formatElapsed(Nanoseconds duration); ///< "0:07", "12:34", "1:02:03".
QString formatElapsedSeconds(double seconds);
QString formatRate(Rate rate); ///< "50/s", "0.5/s", "170/h" for rates below 0.1/s.
QString formatBytes(double bytes); ///< "512 B", "1.5 KiB", "3.2 GiB".
QString formatShare(double share); ///< 0.0123 is "1.23 %".
QString formatNumber(double value); ///< Up to four significant digits, without trailing zeros; whole numbers in full.
QString formatCount(std::uint64_t count); ///< With thin groups: "12,345".
QString formatQuoted(
    QStringView text); ///< Foreign text for a sentence: quoted, cut to 40 characters, without control characters.

} // namespace Headroom
