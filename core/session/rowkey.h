// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace Headroom {

/// Tables with many rows of a second, or of a minute, have one number as key: its high bits are the second, the low 20
/// say which row of it this is. So the rows of a second lie side by side and are found without an index.
inline constexpr int kRowBits = 20;
inline constexpr std::size_t kMaxRowsOfASecond = std::size_t(1) << kRowBits;

constexpr std::int64_t rowKey(int second, std::size_t position = 0)
{
    return (std::int64_t(second) << kRowBits) + std::int64_t(position);
}

} // namespace Headroom
