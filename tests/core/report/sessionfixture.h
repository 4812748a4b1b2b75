// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"
#include "core/session/sessionwriter.h"
#include "core/stats/sample.h"

#include <QTemporaryDir>

namespace Headroom {

/// One finished request of a test, as it counts.
struct Request
{
    Nanoseconds response{};
    Outcome outcome = Outcome::Answered;
    int status = 200;
    FailureKind failure = FailureKind::None;
};

/// What the requests leave in a step of a frame. Service time: response time less `sendLag`.
EncodedLatencySet stepOf(const std::vector<Request> &requests, Nanoseconds sendLag = 0ns);
/// `count` values of `value` as a frame stores them.
QByteArray times(Nanoseconds value, std::uint32_t count);

/// Two flows, three stages, one probe, three rules; see smallFrames() for what happens.
SessionHead smallHead();
/// A warm-up second, two measured ones and a drain of half a second.
std::vector<MetricsFrame> smallFrames();

/// How a session is closed; without an ending the recording program is taken as killed.
struct Closing
{
    std::optional<RunEnding> ending = RunEnding{};
    std::vector<RunEvent> events;
};

/// Writes a session, reads it back and builds its report. A failure of the file ends the test program.
ReportModel reportOf(const SessionHead &head, const std::vector<MetricsFrame> &frames, const Closing &closing = {});
ReportModel smallReport();

} // namespace Headroom
