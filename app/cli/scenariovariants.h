// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/profilechoice.h"

namespace Headroom {

/// What to check of a scenario with profiles and environments, beginning with its defaults: every combination while
/// there are at most 64 of them, else every profile and environment once.
std::vector<ProfileChoice> scenarioVariants(const ProfileOffer &offer);

} // namespace Headroom
