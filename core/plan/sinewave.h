// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/loadprofile.h"

#include <vector>

namespace Headroom {

/// A rate that swings around a middle, from the middle up first.
struct SineWave
{
    double middle = 0.0;
    double amplitude = 0.0;
    Nanoseconds period{};

    /// Straight pieces of one period. They meet the sine at their ends and differ from it by at most 0.22 % of the
    /// amplitude between them (1 - cos(pi / 48)); over a whole period what is missing above the middle is missing below
    /// it too, so that the integral is exact.
    static constexpr int kPieces = 48;

    /// From the start of a period on. Range: period and length above 0.
    std::vector<LoadProfile::Piece> pieces(Nanoseconds length) const;
};

} // namespace Headroom
