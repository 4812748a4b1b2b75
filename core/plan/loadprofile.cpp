// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/loadprofile.h"

#include <algorithm>
#include <cmath>
#include <limits>

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

/// Adds a piece; one that goes on holding the same value only makes the last longer.
void append(std::vector<LoadProfile::Piece> &pieces, const LoadProfile::Piece &piece)
{
    const auto holds = [&piece](double value) { return value == piece.from && value == piece.to; };
    if (pieces.empty() || !holds(pieces.back().from) || !holds(pieces.back().to)) {
        pieces.push_back(piece);
        return;
    }
    const bool isEndless = piece.length == LoadProfile::kEndless;
    pieces.back().length = isEndless ? LoadProfile::kEndless : pieces.back().length + piece.length;
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

LoadProfile::Piece LoadProfile::Placed::part(Nanoseconds partStart, Nanoseconds partEnd) const
{
    return {partEnd == kEndless ? kEndless : partEnd - partStart, partStart == start ? from : valueAt(partStart),
            partEnd == end() ? to : valueAt(partEnd)};
}

LoadProfile::LoadProfile(std::vector<Piece> pieces)
{
    Nanoseconds start{};
    double before = 0.0;
    for (const Piece &piece : pieces) {
        Placed &placed = m_pieces.emplace_back(piece, start, before, std::numeric_limits<double>::infinity());
        if (placed.isEndless())
            break;
        start += piece.length;
        before += placed.areaUntil(start);
        placed.after = before;
    }
}

const LoadProfile::Placed *LoadProfile::pieceAt(Nanoseconds time) const
{
    if (time < 0ns)
        return nullptr;
    const auto piece = std::ranges::partition_point(m_pieces, [time](const Placed &p) { return p.end() <= time; });
    return piece == m_pieces.end() ? nullptr : &*piece;
}

double LoadProfile::valueAt(Nanoseconds time) const
{
    const Placed *piece = pieceAt(time);
    return piece ? piece->valueAt(time) : 0.0;
}

double LoadProfile::mostFrom(Nanoseconds time) const
{
    double most = valueAt(time);
    for (const Placed &piece : m_pieces) {
        if (piece.end() > time)
            most = std::max({most, piece.start < time ? 0.0 : piece.from, piece.to});
    }
    return most;
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
    const auto isBefore = [amount](const Placed &p) { return p.after <= amount + kRounding; };
    const auto piece = std::ranges::partition_point(m_pieces, isBefore);
    if (piece == m_pieces.end() || (piece->isEndless() && piece->from <= 0.0))
        return std::nullopt;
    const double wanted = amount - piece->before;
    // Solves from x + slope x^2 / 2 = wanted in the form that does not cancel for small slopes.
    const double slope = piece->isEndless() ? 0.0 : (piece->to - piece->from) / seconds(piece->length);
    const double root = std::sqrt(std::max(0.0, piece->from * piece->from + 2.0 * slope * wanted));
    const double x = wanted <= 0.0 ? 0.0 : 2.0 * wanted / (piece->from + root);
    return piece->start + fromSeconds(x);
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

std::vector<LoadProfile::Piece> LoadProfile::between(Nanoseconds from, Nanoseconds to) const
{
    std::vector<Piece> pieces;
    for (const Placed &piece : m_pieces) {
        if (piece.start < to && piece.end() > from)
            append(pieces, piece.part(std::max(piece.start, from), std::min(piece.end(), to)));
    }
    return pieces;
}

LoadProfile LoadProfile::continuedBy(const LoadProfile &other, Nanoseconds at) const
{
    std::vector<Piece> pieces;
    for (const Placed &piece : m_pieces) {
        if (piece.start < at)
            append(pieces, piece.part(piece.start, std::min(piece.end(), at)));
    }
    for (const Placed &piece : other.m_pieces) {
        if (piece.end() > at)
            append(pieces, piece.part(std::max(piece.start, at), piece.end()));
    }
    return LoadProfile(std::move(pieces));
}

} // namespace Headroom
