// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// What the observation of target.server_time is called.
inline constexpr QLatin1String kServerTimeName("server_time");

/// Reads observe, behind the server's own time if target.server_time says where that is.
/// `root` is the whole scenario.
std::vector<Scenario::Observation> readObservations(const FieldReader &root,
                                                    const std::optional<AnswerPlace> &serverTime, Problems &problems);

/// target.server_time, of the mapping `target`.
std::optional<AnswerPlace> readServerTime(const FieldReader &target, Problems &problems);

} // namespace Headroom
