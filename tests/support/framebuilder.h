// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"

#include <vector>

namespace Headroom {

/// The facts that the builder's frames fit to. Open model, one worker.
///
/// Steps: 0 "retrieve" POST /retrieve, 1 "document" GET /documents/${first}, 2 without a name GET /extract/pico.
/// Stages: "warm up" 0-2 s (warm-up, 10/s), "steady" 2-12 s (10/s), "burst" 12-22 s (50/s). Flow: "mix".
/// Series: 0 api.rss in bytes, 1 api.cpu in percent, 2 queue without a unit.
RunFacts exampleFacts();

/// One frame from literal numbers: a full measured second of stage "steady" in which nothing happened, until told.
class FrameBuilder
{
public:
    explicit FrameBuilder(int second);

    FrameBuilder &stage(int index);
    FrameBuilder &warmUp(); ///< Stage 0, not measured.
    FrameBuilder &drain(); ///< Last stage, not measured.
    FrameBuilder &length(Nanoseconds length);
    /// Requests answered as expected with status 200, all in the same times.
    FrameBuilder &answered(int step, int times, Nanoseconds response, Nanoseconds service);
    FrameBuilder &answered(int step, int times, Nanoseconds response)
    {
        return answered(step, times, response, response);
    }
    FrameBuilder &rejected(int step, int times, int status = 429);
    /// Complete answers with an unexpected status.
    FrameBuilder &failed(int step, int times, int status = 500);
    /// Without a complete answer; their elapsed time stands in response and service times.
    FrameBuilder &unanswered(int step, int times, FailureKind kind, Nanoseconds elapsed);
    FrameBuilder &bytes(int step, std::uint64_t in, std::uint64_t out);
    FrameBuilder &iterations(std::uint64_t planned, std::uint64_t started, std::uint64_t dropped = 0);
    FrameBuilder &sends(std::uint64_t all, std::uint64_t late);
    /// First bytes of requests, all after the same time.
    FrameBuilder &firstByte(int times, Nanoseconds after);
    /// Connections that were opened, all in the same times.
    FrameBuilder &opened(int times, const ConnectionOpening &opening);
    FrameBuilder &probe(int series, double value);

    MetricsFrame frame() const;
    operator MetricsFrame() const { return frame(); }
    FramePtr pointer() const { return std::make_shared<MetricsFrame>(frame()); }

private:
    LatencySet &at(int step) { return m_steps[std::size_t(step)]; }
    MetricsFrame m_frame;
    std::vector<LatencySet> m_steps;
    HdrHistogram m_firstByte;
    OpeningSet m_openings;
};

} // namespace Headroom
