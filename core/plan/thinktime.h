// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <cstdint>

namespace Headroom {

/// How long a user thinks: a function of a random number.
Nanoseconds thinkTimeAt(const Scenario::ThinkTime &think, std::uint64_t random);

} // namespace Headroom
