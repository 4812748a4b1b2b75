// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/limitfinding.h"

#include <QStringList>

namespace Headroom {

/// The terminal's lines on a search for the limit: what was found, why, and every rate that was tried. None without
/// one.
QStringList limitLines(const std::optional<LimitFinding> &finding);

} // namespace Headroom
