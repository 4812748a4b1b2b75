// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/exemplarkeeper.h"

#include "core/engine/judgement.h"
#include "core/stats/samplereservoir.h"

#include <algorithm>
#include <span>
#include <utility>

namespace Headroom {

namespace {

bool standsInResponseTimes(const Sample &sample)
{
    return sample.outcome == Outcome::Answered || (sample.outcome == Outcome::Error && isCensored(sample.failure));
}

} // namespace

ExemplarKeeper::ExemplarKeeper(std::size_t steps, SteadyTime start, RedactorPtr redactor)
    : m_start(start)
    , m_redactor(std::move(redactor))
    , m_slowest(steps)
    , m_second(steps)
{
    m_touched.reserve(steps);
}

void ExemplarKeeper::forget() { std::ranges::fill(m_slowest, Slowest()); }

void ExemplarKeeper::keep(const Sample &sample, const HttpRequest &request)
{
    if (!standsInResponseTimes(sample))
        return;
    Slowest &slowest = m_slowest[sample.step.at()];
    const Nanoseconds time = sample.timings.responseTime();
    if (slowest.count < Exemplar::kPerStep)
        slowest.times[std::size_t(slowest.count++)] = time;
    else
        *std::ranges::min_element(slowest.times) = time;
    if (slowest.count == Exemplar::kPerStep)
        slowest.least = std::ranges::min(slowest.times);

    Second &second = m_second[sample.step.at()];
    if (second.count == 0)
        m_touched.push_back(sample.step);
    // Of this second there are never more among the slowest than fit, so that the least of them gives way.
    Kept &place = second.count < Exemplar::kPerStep
        ? second.kept[std::size_t(second.count++)]
        : *std::ranges::min_element(second.kept, {}, [](const Kept &kept) { return kept.sample.responseTime(); });
    place.sample = rawSampleOf(sample, m_start);
    place.method = request.method;
    place.url = request.url;
    place.opening = sample.opening ? std::optional(*sample.opening) : std::nullopt;
}

Exemplar ExemplarKeeper::shown(const Kept &kept) const
{
    return {.sample = kept.sample,
            .method = shownMethod(kept.method),
            .url = shownUrl(kept.url, m_redactor),
            .opening = kept.opening};
}

std::vector<Exemplar> ExemplarKeeper::takeSecond()
{
    std::vector<Exemplar> taken;
    std::ranges::sort(m_touched);
    for (const StepIndex step : m_touched) {
        Second &second = m_second[step.at()];
        const auto kept = std::span(second.kept).first(std::size_t(std::exchange(second.count, 0)));
        std::ranges::stable_sort(kept, std::ranges::greater(),
                                 [](const Kept &one) { return one.sample.responseTime(); });
        for (Kept &one : kept) {
            taken.push_back(shown(one));
            one = {}; // lets go of what it refers to
        }
    }
    m_touched.clear();
    return taken;
}

} // namespace Headroom
