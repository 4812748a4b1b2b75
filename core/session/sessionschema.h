// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/database.h"

namespace Headroom {

inline constexpr std::int64_t kSessionApplicationId = 0x48445231; ///< "HDR1", in SQLite's header.
inline constexpr std::int64_t kSessionVersion = 1; ///< SQLite's user_version.

/// Makes the tables and marks the file as a session. Failures stay with the database.
void createSessionSchema(Database &database);

/// Whether the file is a session of this version with exactly the known tables and nothing else: no view, trigger,
/// index or changed column. Asked before any other query. Failures stay with the database.
void checkSessionSchema(Database &database);

} // namespace Headroom
