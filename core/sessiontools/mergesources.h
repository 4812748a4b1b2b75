// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runending.h"
#include "core/session/sessionreader.h"
#include "core/sessiontools/lateevents.h"
#include "core/sessiontools/sessionmerger.h"
#include "core/sessiontools/sourceseconds.h"

namespace Headroom {

/// One of the sessions that are merged, at its place.
struct MergeSource
{
    MergedSource place;
    std::unique_ptr<SessionReader> session;
    SourceSeconds seconds;
    LateEvents late;
    int end = 0; ///< The second behind its last one, on the common axis.
};
using MergeSources = std::vector<std::unique_ptr<MergeSource>>;

/// Opens the sessions, sees whether they fit, names them and puts them on the time axis of the earliest.
/// Errors: those of SessionReader; InvalidInput for the first that does not fit.
Result<MergeSources> openMergeSources(const QStringList &paths);

/// What the merged session says before its first second, and how it ended. Range: at least one.
SessionHead headOf(const MergeSources &sources);
/// The worst of all endings; what is left of a session that was not closed counts as interrupted.
RunEnding endingOf(const MergeSources &sources);

} // namespace Headroom
