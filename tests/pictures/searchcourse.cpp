// SPDX-License-Identifier: GPL-3.0-or-later
#include "searchcourse.h"

#include "core/analysis/limitsearch.h"
#include "tests/core/analysis/queuemodel.h"

#include <map>

namespace Headroom {

namespace {

RunFactsPtr facts()
{
    RunFacts facts = exampleFacts();
    facts.limitSearch = {60.0, 600.0, 4s, 8s, 0.05};
    facts.stages = {{QStringLiteral("search"), 0s, 0s, 60.0, 60.0, false}};
    facts.plannedLength = 0s;
    facts.rules = {QStringLiteral("p95 < 60 ms")};
    return std::make_shared<const RunFacts>(facts);
}

} // namespace

LoadCourse walkSearch()
{
    constexpr int kLongest = 600; // s
    QueueModel target({.workers = 4, .service = 20ms}); // 200/s
    LimitSearch search(facts());
    std::map<int, double> rates{{0, 60.0}};
    LoadCourse course;
    for (int second = 0; second < kLongest; ++second) {
        const double rate = std::prev(rates.upper_bound(second))->second;
        course.line.push_back({double(second), rate});
        course.line.push_back({second + 1.0, rate});
        const LimitSearch::Advice advice = search.add(target.nextSecond(rate));
        if (advice.ratePerSecond)
            rates[advice.fromSecond] = *advice.ratePerSecond;
        if (advice.isOver)
            break;
    }
    for (const LimitProbe &probe : search.finding().probes)
        course.requests.push_back(
            {double(probe.from), double(probe.from), double(probe.to), probe.verdict != LimitProbe::Verdict::Held});
    course.length = course.line.back().time;
    return course;
}

} // namespace Headroom
