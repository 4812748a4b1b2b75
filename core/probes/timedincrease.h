// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <optional>
#include <utility>

namespace Headroom {

/// How fast a total grows from one reading to the next.
class TimedIncrease
{
public:
    /// Per second since the total before. Nothing at the first one, when no time has passed, when it has gone back, and
    /// when one of both is missing.
    std::optional<double> perSecond(SteadyTime at, std::optional<double> total)
    {
        const Mark now{at, total};
        const Mark before = std::exchange(m_before, now);
        m_hasGoneBack = total && before.total && *total < *before.total;
        if (!total || !before.total || m_hasGoneBack || at <= before.at)
            return std::nullopt;
        const std::chrono::duration<double> elapsed = at - before.at;
        return (*total - *before.total) / elapsed.count();
    }
    bool hasGoneBack() const { return m_hasGoneBack; } ///< The last time.
    void forget() { m_before = {}; }

private:
    struct Mark
    {
        SteadyTime at;
        std::optional<double> total;
    };
    Mark m_before;
    bool m_hasGoneBack = false;
};

} // namespace Headroom
