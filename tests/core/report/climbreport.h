// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/report/sessionfixture.h"

namespace Headroom {

/// 40 s at 20/s, 60 s rising to 80/s, 40 s at 20/s again. 20 requests a second are answered, in 10 ms under the even
/// load; in the k-th second of the rise in k x 4 ms, so that p95 < 100 ms breaks with its 25th.
inline ReportModel climbReport()
{
    SessionHead head = smallHead();
    head.facts.stages = {{QStringLiteral("calm"), 0s, 40s, 20.0, 20.0, false},
                         {QStringLiteral("climb"), 40s, 60s, 20.0, 80.0, false},
                         {QStringLiteral("calm again"), 100s, 40s, 20.0, 20.0, false}};
    head.facts.plannedLength = 140s;
    head.facts.rules = {QStringLiteral("p95 < 100 ms"), QStringLiteral("errors < 10 %")};
    std::vector<MetricsFrame> frames;
    for (int second = 0; second < 140; ++second) {
        const bool isClimb = second >= 40 && second < 100;
        const Nanoseconds response = isClimb ? (second - 39) * 4ms : Nanoseconds(10ms);
        MetricsFrame frame;
        frame.second = second;
        frame.stage = StageIndex{second < 40 ? 0 : isClimb ? 1 : 2};
        frame.steps.resize(3);
        frame.flows.resize(3);
        frame.probes.resize(1);
        frame.steps[0] = stepOf(std::vector<Request>(20, Request{response}));
        frame.flows[0] = {20, 20, 20, 0};
        frame.offeredPerSecond = isClimb ? second - 19 : 20;
        frame.sends = 20;
        frame.sendLag = times(100us, 20);
        frame.inFlightSeconds = 20.0 * double(response.count()) / 1e9;
        frame.activeUsers = 7;
        frames.push_back(std::move(frame));
    }
    return reportOf(head, frames, {RunEnding{RunEnding::Reason::Completed, {}, 0, 0}, {}});
}

} // namespace Headroom
