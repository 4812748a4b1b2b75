// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/session/sessionhead.h"

#include <QStringList>

#include <chrono>
#include <functional>
#include <vector>

namespace Headroom {

/// How a session was put on the common time axis of a merged one.
struct MergedSource
{
    QString name; ///< Of its file; told apart from the others.
    std::chrono::seconds
        offset{}; ///< By which its seconds were put later: whole ones, from the earliest session's start.
    std::chrono::milliseconds skew{}; ///< What is left: it began so much later than it stands. Within half a second.
};

/// A session that was made of several.
struct MergedSession
{
    std::vector<MergedSource> sources{};
    bool isWithoutSamples = false; ///< Raw samples were left out, as the sessions keep different kinds of them.
};

/// Makes one session of several of the same scenario that ran at the same time on several generators: exact, as if one
/// had done it all. Their clocks are taken as they are; seconds are aligned to the nearest second of the earliest one.
///
/// Beside what FrameSum and sumOf() say: events carry the name of their session, and one event of each says how it was
/// put; raw samples are kept where all sessions keep the same kind of them; attachments carry the name as well. The
/// ending is the worst of all, scenario text and seed are the first one's. Memory: some seconds of each. Errors: those
/// of SessionReader and SessionWriter; InvalidInput for sessions that do not fit, with the first that does not, or that
/// hold seconds of the same recording (recordings.h). Nothing is left of an `out` that failed.
Result<MergedSession> mergeSessions(const QStringList &paths, const QString &out,
                                    const std::function<void(double)> &progress = {});

/// "began 2.940 s after the earliest session; its seconds stand 3 s later, 60 ms off"
QString alignmentText(const MergedSource &source);

} // namespace Headroom
