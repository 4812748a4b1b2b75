// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QStringView>

#include <vector>

namespace Headroom {

/// A time in which the target does nothing at all, as in a long collection of garbage.
struct Freeze
{
    Nanoseconds lasts{};
    Nanoseconds at{}; ///< From the start of the target.
};

inline constexpr Nanoseconds kLongestFreeze = 10min;

/// "3s@10s, 1s@20s": for how long and when; at most 100. Errors: InvalidInput.
Result<std::vector<Freeze>> parseFreezes(QStringView list);
/// "3s", up to kLongestFreeze. Errors: InvalidInput.
Result<Nanoseconds> parseFreezeTime(QStringView text);

} // namespace Headroom
