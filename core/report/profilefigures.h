// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionreader.h"
#include "core/stacks/stacktree.h"

#include <vector>

namespace Headroom {

/// A profile that lies in the session as folded stacks.
struct ProfileFigures
{
    QString name; ///< Of its file.
    Nanoseconds at{}; ///< When it was begun, since the start of the run.
    StackTree tree;
};

inline constexpr std::size_t kMostProfilesShown = 10;
inline constexpr qint64 kLongestProfileShown = 16 * 1024 * 1024; ///< Bytes of its file.

/// The first of them that are not too long and have samples; the others lie among the attachments all the same.
/// Errors: those of the reader.
Result<std::vector<ProfileFigures>> readProfiles(const SessionReader &session);

} // namespace Headroom
