// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace Headroom {

/// Calls of operator new so far, by all threads. A program that asks for it gets counting operators; others keep theirs.
std::uint64_t allocationCount();

} // namespace Headroom
