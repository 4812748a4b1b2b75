// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/arrival.h"
#include "core/plan/plan.h"

#include <optional>

namespace Headroom {

/// One worker's share of the batches: all of a batch is due at the instant of its release, and nothing more until the
/// next is released. The first is released when the load starts.
/// Of every batch, worker i of n takes the places p with p mod n = i. A place is the user of the closed model: it has
/// one iteration in each batch, whose content is a function of (seed, place, batch).
/// Needs: a plan with batches, and no more workers than a batch has places. Thread: the worker's.
class BatchPacer
{
public:
    BatchPacer(PlanPtr plan, int worker, int workers, SteadyTime start);

    /// The instant of the release while iterations of that batch are left; else nothing.
    std::optional<SteadyTime> nextPlanned() const;
    /// Takes one. Needs one.
    Arrival take();
    /// The next batch begins; only when all of the one before were taken.
    void release(int batch, SteadyTime at);
    int batch() const { return m_batch; }
    SteadyTime released() const { return m_released; }

    /// How many of this worker's iterations may be under way at a time: as planned, or by hand. At least one
    /// unless nothing is wanted at all.
    int capAt(SteadyTime time) const;
    /// The next time at which that changes; nothing when it never does again.
    std::optional<SteadyTime> nextChange(SteadyTime after) const;
    /// Goes on with a plan that was steered.
    void steer(PlanPtr plan) { m_plan = std::move(plan); }

private:
    PlanPtr m_plan;
    int m_worker;
    int m_workers;
    SteadyTime m_start;
    int m_size;
    int m_batch = 0;
    int m_place; // the next one
    SteadyTime m_released;
};

} // namespace Headroom
