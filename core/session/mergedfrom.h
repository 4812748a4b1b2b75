// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionhead.h"

#include <algorithm>

namespace Headroom {

/// The fact of the environment that a merged session has: the names of those that it was merged of.
inline const QString kMergedFrom = QStringLiteral("merged from");

/// Whether it was merged of several that ran at the same time: its text is that of each of them, its load their sum.
inline bool isMerged(const SessionHead &head)
{
    return std::ranges::any_of(head.environment, [](const auto &fact) { return fact.first == kMergedFrom; });
}

} // namespace Headroom
