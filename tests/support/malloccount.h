// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace Headroom {

/// Calls of malloc, calloc and realloc so far, by all threads: those of Qt's own containers, which use no operator new.
/// Nothing under a sanitizer, which has its own.
std::optional<std::uint64_t> mallocCount();

} // namespace Headroom
