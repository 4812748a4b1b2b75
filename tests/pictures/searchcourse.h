// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loadcourse.h"

namespace Headroom {

/// A search for the limit of a target with a known capacity, by the search itself: the rate over time, and every rate
/// that was judged as a bar, of flow 0 where the rules held and of flow 1 where one broke.
LoadCourse walkSearch();

} // namespace Headroom
