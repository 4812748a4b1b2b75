// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Headroom {

/// An even part of a whole: the first ones are larger by one when it does not divide. Range: part in [0, parts).
constexpr int evenShare(int whole, int part, int parts) { return whole / parts + (part < whole % parts ? 1 : 0); }

} // namespace Headroom
