// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"

#include <optional>

namespace Headroom {

/// One second of a run as far as its load, its requests and their times over all steps go.
struct RunSecond
{
    int second = 0;
    Nanoseconds length{};
    StageIndex stage;
    bool isMeasured = true;
    bool isDrain = false;
    double load = 0.0; ///< What was wanted: arrivals per second (open), users (closed).
    double started = 0.0; ///< Iterations.
    double planned = 0.0; ///< Iterations.
    double finished = 0.0; ///< Requests, whatever came of them.
    double responseSeconds = 0.0; ///< Summed over them, but for those that were never sent.
    double serviceSeconds = 0.0;
    double inFlightSeconds = 0.0; ///< MetricsFrame's.
    double backlogSeconds = 0.0;
    std::uint64_t backlog = 0; ///< At the border.
    std::uint64_t users = 0;

    bool isPaused() const { return !stage.isValid() && !isMeasured && !isDrain; } ///< As MetricsFrame's.
    double lengthSeconds() const { return std::chrono::duration<double>(length).count(); }
    std::optional<double> meanResponseMs() const;
};

/// `all` and `sendLag` are what the frame's steps and its send lag add up to.
///
/// Rejections and errors have no service time of their own in a frame: theirs is their response time less their send
/// lag, which is what is left of the send lag when that of the others is taken away.
RunSecond secondOf(const MetricsFrame &frame, bool isOpenModel, const LatencySet &all, const HdrHistogram &sendLag);

} // namespace Headroom
