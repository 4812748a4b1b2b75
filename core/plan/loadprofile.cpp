// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/loadprofile.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

double seconds(Nanoseconds time)
{
    return double(time.count()) / 1e9;
}

Nanoseconds fromSeconds(double value)
{
    return Nanoseconds(std::llround(value * 1e9));
}

} // namespace

double LoadProfile::Placed::valueAt(Nanoseconds time) const
{
    if (isEndless() || from == to)
        return from;
    return from + (to - from) * (seconds(time - start) / seconds(length));
}

double LoadProfile::Placed::areaUntil(Nanoseconds time) const
{
    return (from + valueAt(time)) / 2.0 * seconds(time - start);
}

LoadProfile::LoadProfile(std::vector<Piece> pieces)
{
    Nanoseconds start{};
    double before = 0.0;
    for (const Piece &piece : pieces) {
        m_pieces.push_back({piece, start, before});
        if (m_pieces.back().isEndless())
            break;
        start += piece.length;
        before += m_pieces.back().areaUntil(start);
    }
}

const LoadProfile::Placed *LoadProfile::pieceAt(Nanoseconds time) const
{
    if (time < 0ns)
        return nullptr;
    const auto piece = std::ranges::find_if(m_pieces, [time](const Placed &p) { return time < p.end(); });
    return piece == m_pieces.end() ? nullptr : &*piece;
}

double LoadProfile::valueAt(Nanoseconds time) const
{
    const Placed *piece = pieceAt(time);
    return piece ? piece->valueAt(time) : 0.0;
}

double LoadProfile::cumulativeAt(Nanoseconds time) const
{
    if (time <= 0ns || m_pieces.empty())
        return 0.0;
    if (const Placed *piece = pieceAt(time))
        return piece->before + piece->areaUntil(time);
    const Placed &last = m_pieces.back();
    return last.before + last.areaUntil(last.end());
}

std::optional<Nanoseconds> LoadProfile::timeOfCumulative(double amount) const
{
    for (const Placed &piece : m_pieces) {
        const double wanted = amount - piece.before;
        if (!piece.isEndless() && wanted >= piece.areaUntil(piece.end()))
            continue;
        if (piece.isEndless() && piece.from <= 0.0)
            return std::nullopt;
        // Solves from x + slope x^2 / 2 = wanted in the form that does not cancel for small slopes.
        const double slope = piece.isEndless() ? 0.0 : (piece.to - piece.from) / seconds(piece.length);
        const double root = std::sqrt(std::max(0.0, piece.from * piece.from + 2.0 * slope * wanted));
        const double x = wanted <= 0.0 ? 0.0 : 2.0 * wanted / (piece.from + root);
        return piece.start + fromSeconds(x);
    }
    return std::nullopt;
}

std::optional<Nanoseconds> LoadProfile::nextStep(Nanoseconds time) const
{
    const Placed *piece = pieceAt(time);
    if (!piece || piece->isEndless())
        return std::nullopt;
    if (piece->from == piece->to)
        return piece->end();
    const double slope = (piece->to - piece->from) / seconds(piece->length);
    const double count = std::ceil(piece->valueAt(time));
    const double nextValue = slope > 0.0 ? count : count - 1.0;
    // 1 ns later, so that a rising value has passed the whole number.
    const Nanoseconds crossing = piece->start + fromSeconds((nextValue - piece->from) / slope) + 1ns;
    return std::clamp(crossing, time + 1ns, piece->end());
}

Nanoseconds LoadProfile::end() const
{
    return m_pieces.empty() ? 0ns : m_pieces.back().end();
}

} // namespace Headroom
