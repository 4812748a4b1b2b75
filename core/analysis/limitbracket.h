// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

namespace Headroom {

/// Chooses the rates that a search for the limit tries, from how the ones before went.
///
/// Begins at the planned rate. While a rate holds, half as much again is tried, never beyond `upTo`; while none has
/// held, half of the lowest that broke. Between the highest that held and the lowest that broke it bisects until they
/// are near enough, and then confirms at the lower end. A rate that is not confirmed counts as broken. Source:
/// exponential range finding, then binary search, then a test stage at the found load, as Nighthawk's adaptive load
/// controller does it.
class LimitBracket
{
public:
    struct Move
    {
        double ratePerSecond = 0.0;
        bool isConfirming = false;
        bool operator==(const Move &) const = default;
    };

    /// `within`: share of the bracket's lower end. Range: 0 < planned <= upTo, within > 0.
    LimitBracket(double plannedPerSecond, double upToPerSecond, double within);

    /// What to try next; nothing when the search is over.
    std::optional<Move> next() const;
    void held(const Move &move);
    void broke(const Move &move);

    std::optional<double> highestHeld() const; ///< Below all that broke.
    std::optional<double> lowestBroken() const { return m_broken; }
    bool isConfirmed() const { return m_isConfirmed; }
    /// Whether rate after rate was confirmed in vain, so that no more is tried.
    bool isUnstable() const;

private:
    bool isNarrow() const;
    double middle() const;

    double m_planned;
    double m_upTo;
    double m_within;
    std::vector<double> m_held; // rising, all below m_broken
    std::optional<double> m_broken;
    int m_refused = 0; // rates that were not confirmed
    bool m_isConfirmed = false;
};

} // namespace Headroom
