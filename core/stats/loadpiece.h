// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Headroom {

/// A stretch of a run with one wanted load, as far as statistics care: what differs between two of them was wanted, and
/// is no sign that the samples of one are uncertain.
struct LoadPiece
{
    int number = 0;
    bool isRamp = false; ///< The load changes all the time, and what is measured with it.
    bool operator==(const LoadPiece &) const = default;
};

} // namespace Headroom
