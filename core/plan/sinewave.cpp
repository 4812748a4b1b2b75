// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/sinewave.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace Headroom {

std::vector<LoadProfile::Piece> SineWave::pieces(Nanoseconds length) const
{
    const auto timeOf = [this](std::int64_t end) { return end / kPieces * period + end % kPieces * period / kPieces; };
    const auto valueOf = [this](std::int64_t end) {
        const double angle = 2.0 * std::numbers::pi * double(end % kPieces) / kPieces;
        return std::max(0.0, middle + amplitude * std::sin(angle));
    };
    std::vector<LoadProfile::Piece> pieces;
    for (std::int64_t i = 0; timeOf(i) < length; ++i) {
        const Nanoseconds whole = timeOf(i + 1) - timeOf(i);
        const Nanoseconds part = std::min(whole, length - timeOf(i));
        const double walked = double(part.count()) / double(whole.count());
        pieces.push_back({part, valueOf(i), std::lerp(valueOf(i), valueOf(i + 1), walked)});
    }
    return pieces;
}

} // namespace Headroom
