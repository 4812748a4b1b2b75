// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionhead.h"

#include <algorithm>

namespace Headroom {

/// The fact of the environment that a trimmed session has, once for each time: "a.headroom: 0:01 to 0:03 of 0:10".
inline const QString kCutFrom = QStringLiteral("cut from");

/// Whether it has some seconds of another session: its text is that of the whole run, its stages are not.
inline bool isCut(const SessionHead &head)
{
    return std::ranges::any_of(head.environment, [](const auto &fact) { return fact.first == kCutFrom; });
}

} // namespace Headroom
