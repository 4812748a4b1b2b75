// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/session/recordedsession.h"

namespace Headroom {

/// A second as a generator records it that has done exactly these requests. Steps: those of recordedHead().
RecordedSecond secondOf(int second, const std::vector<RawSample> &samples);

/// A session of such seconds, from 0 on, with an event in each of them: "second 0" and so on, at its middle.
/// An error's text, or nothing.
QString writeSession(const QString &path, const SessionHead &head, const std::vector<RecordedSecond> &seconds,
                     const std::vector<RunEvent> &lateEvents = {}, const RunEnding &ending = {});

/// Everything of a step over all seconds of a session.
LatencySet wholeStep(const SessionReader &session, std::size_t step);
/// All raw samples, in the order in which they lie there.
std::vector<RawSample> samplesOf(const SessionReader &session);

} // namespace Headroom
