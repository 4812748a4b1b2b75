// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/answers/answerreader.h"
#include "core/base/alarmqueue.h"
#include "core/base/pooledtask.h"
#include "core/base/wallclock.h"
#include "core/engine/answerobserver.h"
#include "core/engine/arrival.h"
#include "core/engine/batchtally.h"
#include "core/engine/drainwatch.h"
#include "core/engine/intervalkeeper.h"
#include "core/engine/judgement.h"
#include "core/engine/virtualuser.h"
#include "core/http/transport.h"
#include "core/plan/plan.h"

#include <expected>
#include <functional>

namespace Headroom {

/// Walks users through their iterations, from step to step: thinks, sends, judges, records. When an iteration begins is
/// its owner's business.
///
/// Thread: the worker's. Lifetime: longer than every walk; to stop, stop() and have the transport end what is under way.
class IterationWalker
{
public:
    /// What it works with; must outlive it.
    struct Parts
    {
        Clock &clock;
        Transport &transport;
        IntervalKeeper &keeper;
        BatchTally *batch = nullptr; ///< Gets every sample as well; null without batches.
        std::function<void(SteadyTime now)> closeSeconds; ///< Called before what comes after a second's border is counted.
        DrainWatch *drain = nullptr; ///< Gets every sample as well; null when the target is not told to end.
    };
    IterationWalker(PlanPtr plan, SteadyTime start, Parts parts);
    Q_DISABLE_COPY_MOVE(IterationWalker)

    /// One iteration. True when it was walked to its end. The user must stay where it is for so long.
    PooledTask<bool> walk(Arrival arrival, VirtualUser &user);
    /// A think time or pace that begins at a time, as a hand has stretched or shortened it.
    Nanoseconds byHand(Nanoseconds pause, SteadyTime from) const;
    /// Think times are those of a plan that was steered; iterations under way go on with the steps they have.
    void steer(PlanPtr plan) { m_steered = std::move(plan); }
    /// Sends nothing more and ends all think times.
    void stop();
    /// Requests that were cut.
    std::uint64_t unfinished() const { return m_unfinished; }

private:
    struct Visit ///< Of a step.
    {
        StepIndex index;
        const Plan::Step &step;
        const Arrival &arrival;
        SteadyTime planned;
        const HttpRequest *request = nullptr; ///< What was sent; null: nothing.
    };
    std::expected<HttpRequest, QString> requestOf(const Plan::Step &step, const Arrival &arrival,
                                                  const CookieJar &cookies) const;
    std::expected<const HttpRequest *, QString> requestOf(const Plan::Step &step, const Arrival &arrival,
                                                          const CookieJar &cookies,
                                                          std::optional<HttpRequest> &own) const;
    void countSend(const Visit &visit, SteadyTime sent, Nanoseconds waited);
    void take(const Visit &visit, Answer &answer, VirtualUser &user);
    bool isDone(const Visit &visit, Answer &answer) const;
    FlowCursor begin(Arrival &arrival, VirtualUser &user) const;
    SteadyTime plannedTime(const FlowCursor::Next &next, const Arrival &arrival, SteadyTime before) const;
    void observe(const Visit &visit, Outcome outcome, Answer &answer);
    void record(const Visit &visit, const Judgement &judgement, Answer &answer);
    void closeSecondsUntil(SteadyTime now);

    const PlanPtr m_plan; // as written: iterations under way walk its steps
    PlanPtr m_steered; // its think factor
    const SteadyTime m_start;
    const Parts m_parts;
    std::vector<std::unique_ptr<const AnswerReader>> m_readers; // by step; null: nothing is asked of its answers
    std::vector<std::optional<AnswerCheck>> m_until; // by step; empty when no step is repeated until something holds
    const WallClock m_wallClock;
    const AnswerObserver m_observer;
    AlarmQueue m_pauses; // think times; a stop ends them all
    std::uint64_t m_unfinished = 0;
    bool m_isStopping = false;
};

} // namespace Headroom
