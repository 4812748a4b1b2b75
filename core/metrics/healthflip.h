// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runevent.h"

#include <optional>

namespace Headroom {

/// A tier of the target's health has turned: it is told as the text of an event of the kind "health", and read back
/// from there.
struct HealthFlip
{
    QString tier; ///< Name of the probe: without a blank.
    bool isUp = false;
    QString reason; ///< "503", "no answer within 2.00 s"
    bool isFirst = false; ///< The first look, which found it down.
    Nanoseconds before{}; ///< Else how long it was the other way.

    /// "ready went down: 503 after 12.0 s up", "ready came up: 200 after 3.00 s down", "ready is down at the first
    /// look: 503"
    QString text() const;
};

/// Which tier the event tells of, and whether it is up from then on; nothing for another event, or a damaged one.
/// The reason and the time before stay empty.
std::optional<HealthFlip> healthFlipOf(const RunEvent &event);

} // namespace Headroom
