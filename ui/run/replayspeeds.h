// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstddef>
#include <span>

namespace Headroom {

/// The speeds that a replay is offered at, slowest first, from SessionReplayer::kSlowest to kFastest. Units: seconds of
/// the run per second.
std::span<const double> replaySpeeds();
/// The index of the one that is nearest by factor.
std::size_t nearestReplaySpeed(double speed);
QString replaySpeedText(double speed); ///< "0.25×"

} // namespace Headroom
