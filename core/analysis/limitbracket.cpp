// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/limitbracket.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr double kGrowth = 1.5; // up, while nothing breaks: steep enough to arrive, flat enough not to bury the target
constexpr double kLowestShare = 1.0 / 64.0; // of the planned rate; what breaks there is not broken by load
constexpr int kMostRefused = 4; // rates confirmed in vain before the search gives up

/// Three significant digits: 187.5 is tried as 188, as people like to read it.
double rounded(double rate)
{
    const double unit = std::pow(10.0, std::floor(std::log10(rate)) - 2.0);
    return std::round(rate / unit) * unit;
}

} // namespace

LimitBracket::LimitBracket(double plannedPerSecond, double upToPerSecond, double within)
    : m_planned(plannedPerSecond)
    , m_upTo(std::max(upToPerSecond, plannedPerSecond))
    , m_within(within)
{
}

std::optional<LimitBracket::Move> LimitBracket::next() const
{
    if (m_isConfirmed || isUnstable())
        return std::nullopt;
    if (m_held.empty()) {
        if (!m_broken)
            return Move{m_planned, false};
        const double lower = rounded(*m_broken / 2.0);
        return lower < m_planned * kLowestShare ? std::nullopt : std::optional(Move{lower, false});
    }
    if (m_broken)
        return isNarrow() ? Move{m_held.back(), true} : Move{middle(), false};
    if (m_held.back() >= m_upTo)
        return Move{m_held.back(), true};
    return Move{std::min(m_upTo, rounded(m_held.back() * kGrowth)), false};
}

void LimitBracket::held(const Move &move)
{
    m_isConfirmed = m_isConfirmed || move.isConfirming;
    if (m_held.empty() || move.ratePerSecond > m_held.back())
        m_held.push_back(move.ratePerSecond);
}

void LimitBracket::broke(const Move &move)
{
    m_refused += move.isConfirming;
    m_broken = std::min(move.ratePerSecond, m_broken.value_or(move.ratePerSecond));
    std::erase_if(m_held, [this](double rate) { return rate >= *m_broken; });
}

std::optional<double> LimitBracket::highestHeld() const
{
    return m_held.empty() ? std::nullopt : std::optional(m_held.back());
}

bool LimitBracket::isUnstable() const { return m_refused >= kMostRefused; }

bool LimitBracket::isNarrow() const
{
    constexpr double kRounding = 1e-9;
    const double held = m_held.back();
    return *m_broken - held <= m_within * held * (1.0 + kRounding);
}

double LimitBracket::middle() const
{
    const double exact = (m_held.back() + *m_broken) / 2.0;
    const double shown = rounded(exact);
    const double width = *m_broken - m_held.back();
    return std::abs(shown - exact) < width / 4.0 ? shown : exact;
}

} // namespace Headroom
