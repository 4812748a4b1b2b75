// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>

namespace Headroom {

/// A place in a text: lines and columns from 1, columns in characters.
struct TextPosition
{
    int line = 1;
    int column = 1;
    auto operator<=>(const TextPosition &) const = default;
};

/// From the first character to behind the last.
struct TextRange
{
    TextPosition start;
    TextPosition end;
    bool operator==(const TextRange &) const = default;
};

} // namespace Headroom
