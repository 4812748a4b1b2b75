// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/batchpacer.h"

#include "core/base/random.h"
#include "core/engine/evenshare.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

BatchPacer::BatchPacer(PlanPtr plan, int worker, int workers, SteadyTime start)
    : m_plan(std::move(plan))
    , m_worker(worker)
    , m_workers(workers)
    , m_start(start)
    , m_size(m_plan->batches->size)
    , m_place(worker)
    , m_released(start)
{
}

std::optional<SteadyTime> BatchPacer::nextPlanned() const
{
    return m_place < m_size ? std::optional(m_released) : std::nullopt;
}

Arrival BatchPacer::take()
{
    const auto place = std::uint64_t(m_place);
    const auto batch = std::uint64_t(m_batch);
    const RequestValues values{.user = place, .iteration = batch, .number = batch * std::uint64_t(m_size) + place}; // a place is a user
    const std::uint64_t content = randomAt(m_plan->seed, values.user, values.iteration);
    m_place += m_workers;
    return {m_plan->streams.front().flowAt(unitInterval(content), m_released - m_start), content, m_released, 0ns,
            values};
}

void BatchPacer::release(int batch, SteadyTime at)
{
    m_batch = batch;
    m_place = m_worker;
    m_released = at;
}

int BatchPacer::capAt(SteadyTime time) const
{
    const int wanted = int(std::ceil(m_plan->profile.valueAt(time - m_start)));
    if (wanted <= 0)
        return 0;
    // Each worker has places of its own in a batch: without a user it would keep the barrier waiting for ever.
    return std::max(1, evenShare(std::min(wanted, m_size), m_worker, m_workers));
}

std::optional<SteadyTime> BatchPacer::nextChange(SteadyTime after) const
{
    const auto step = m_plan->profile.nextStep(after - m_start);
    return step ? std::optional(m_start + *step) : std::nullopt;
}

} // namespace Headroom
