// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

namespace Headroom {

/// Something worth a mark on the time axis: a stage border, a change by hand, a lost target, a missed second.
struct RunEvent
{
    Nanoseconds at{};  ///< Since the start of the run; negative before it.
    QString kind;      ///< One word: "stage", "steer" (the load, by hand), "rule" (by hand), "search", "action", "profile", "stop", "probe", "health" (a tier is up or down), "target", "interrupt", "note".
    QString text;      ///< One sentence.
    bool operator==(const RunEvent &) const = default;
};

} // namespace Headroom
