// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <optional>
#include <vector>

namespace Headroom {

/// A quantity over time, held or ramped in straight pieces: arrivals per second, or users.
/// Times count from the start of the run.
class LoadProfile
{
public:
    struct Piece
    {
        Nanoseconds length{}; ///< kEndless: until something else ends the run; only the last piece.
        double from = 0.0;
        double to = 0.0;
    };
    static constexpr Nanoseconds kEndless = Nanoseconds::max();
    /// An integral of 9.9999999 is 10: sums of pieces carry rounding errors far below this, arrivals lie far above.
    static constexpr double kRounding = 1e-6;

    explicit LoadProfile(std::vector<Piece> pieces = {});

    /// The value at a time; that of the later piece at a border; 0 before the start and from the end on.
    double valueAt(Nanoseconds time) const;
    /// The largest value from a time on; 0 from the end on.
    double mostFrom(Nanoseconds time) const;
    /// The integral up to a time: with arrivals per second, how many arrivals it plans before then.
    double cumulativeAt(Nanoseconds time) const;
    /// When the integral reaches `amount` for the first time; nothing when it never does. What is reached at a border,
    /// up to a rounding error, belongs to the later piece; where that holds at 0, to the one behind it.
    std::optional<Nanoseconds> timeOfCumulative(double amount) const;
    /// The next time after `time` at which ceil(value) changes or a piece begins or ends; nothing after the end.
    std::optional<Nanoseconds> nextStep(Nanoseconds time) const;
    /// Where the last piece ends; kEndless when it does not.
    Nanoseconds end() const;
    /// The pieces between two times, cut there; `to` may be kEndless.
    std::vector<Piece> between(Nanoseconds from, Nanoseconds to) const;
    /// This profile up to a time, `other` from then on. Range: at from 0 to end().
    LoadProfile continuedBy(const LoadProfile &other, Nanoseconds at) const;

private:
    struct Placed : Piece
    {
        Nanoseconds start{};
        double before = 0.0; // the integral at its start ...
        double after = 0.0; // ... and end
        bool isEndless() const { return length == kEndless; }
        Nanoseconds end() const { return isEndless() ? kEndless : start + length; }
        double valueAt(Nanoseconds time) const;
        double areaUntil(Nanoseconds time) const;
        Piece part(Nanoseconds partStart, Nanoseconds partEnd) const;
    };
    const Placed *pieceAt(Nanoseconds time) const;
    std::vector<Placed> m_pieces;
};

} // namespace Headroom
