// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/batchbarrier.h"
#include "core/engine/loaddriver.h"
#include "core/plan/planner.h"
#include "core/plan/steeredplan.h"
#include "tests/support/faketransport.h"
#include "tests/support/manualclock.h"

#include <algorithm>
#include <utility>

namespace Headroom {

inline LoadWish wish(double value) { return {value}; }

inline Scenario load(const Scenario::Stage &stage)
{
    Scenario scenario;
    Scenario::Flow flow;
    flow.name = QStringLiteral("flow");
    flow.steps.resize(1);
    flow.steps[0].method = "GET";
    flow.steps[0].path = QStringLiteral("/");
    scenario.flows = {flow};
    scenario.load.stages = {stage};
    return scenario;
}

inline Scenario openLoad(double rate, Nanoseconds length)
{
    Scenario::Stage stage;
    stage.rate = std::pair(Rate::perSecond(rate), Rate::perSecond(rate));
    stage.length = length;
    return load(stage);
}

inline Scenario closedLoad(double users, Nanoseconds length)
{
    Scenario::Stage stage;
    stage.users = std::pair(users, users);
    stage.length = length;
    return load(stage);
}

/// Drivers of one run on a clock that is moved by hand; the load begins a second after they were made.
class DriverRig
{
public:
    DriverRig(const Scenario &scenario, Nanoseconds answerAfter, int workers = 1)
        : m_plan(*compilePlan(scenario, QUrl(QStringLiteral("http://127.0.0.1:1")), 1))
        , m_current(m_plan)
        , m_barrier(workers)
        , m_parts(std::size_t(workers))
    {
        WorkerSetup setup{m_plan, 0, workers, {}};
        for (; setup.worker < workers; ++setup.worker) {
            Part &part = m_parts[std::size_t(setup.worker)];
            setup.makeTransport = [this, &part, answerAfter](int capacity, const Clock &clock, AlarmQueue &alarms) {
                const auto answer = [this, answerAfter](std::uint64_t, Nanoseconds) {
                    m_sends.push_back(now());
                    return FakeTransport::Answer{answerAfter};
                };
                auto made = std::make_unique<FakeTransport>(capacity, clock, alarms, answer);
                part.transport = made.get();
                return made;
            };
            part.driver = std::make_unique<LoadDriver>(
                setup, m_clock, m_start,
                LoadDriver::Reports{[&part](const IntervalSnapshotPtr &second) { part.seconds.push_back(second); },
                                    [&part](std::uint64_t) { part.isFinished = true; },
                                    [this](const BatchResult &share) { addShare(share); }});
        }
    }

    /// A driver lives until it has reported its end.
    ~DriverRig()
    {
        for (Part &part : m_parts)
            part.driver->cut();
    }

    void drain()
    {
        for (Part &part : m_parts)
            part.driver->drain();
    }
    Nanoseconds now() const { return m_clock.now() - m_start; }
    void runUntil(Nanoseconds time) { m_clock.advance(time - now()); }
    void stallFor(Nanoseconds time) { m_clock.stall(time); }

    /// Tells all drivers of a change at `at`, now. The plan's time is this rig's.
    void steer(Nanoseconds at, LoadWish wish)
    {
        wish.time = m_time;
        m_current = steeredPlan(*m_current, *m_plan, at, wish);
        for (Part &part : m_parts)
            part.driver->steer(m_current);
    }

    /// Batches whose barrier all drivers have reached.
    const std::vector<BatchResult> &batches() const { return m_batches; }
    void releaseBatch(int batch, Nanoseconds at)
    {
        for (Part &part : m_parts)
            part.driver->releaseBatch(batch, m_start + at);
    }

    /// The same with the plan's time standing still, or going on.
    void setPace(Nanoseconds at, PlanTime::Pace pace)
    {
        m_time.setPace(at, pace);
        steer(at, {});
    }
    void jump(Nanoseconds at, Nanoseconds plan)
    {
        m_time.jump(at, plan);
        steer(at, {});
    }

    /// When requests were sent since the last call, in ms since the start of the run.
    std::vector<int> sends()
    {
        std::vector<int> times;
        for (const Nanoseconds time : std::exchange(m_sends, {}))
            times.push_back(int(time / 1ms));
        return times;
    }
    std::uint64_t planned(std::size_t second) const
    {
        std::uint64_t sum = 0;
        for (const Part &part : m_parts)
            sum += second < part.seconds.size() ? part.seconds[second]->flows[0].planned : 0;
        return sum;
    }
    std::uint64_t planned(std::size_t second, std::size_t flow) const
    {
        std::uint64_t sum = 0;
        for (const Part &part : m_parts)
            sum += second < part.seconds.size() ? part.seconds[second]->flows[flow].planned : 0;
        return sum;
    }
    FlowCounts iterations() const
    {
        FlowCounts sum;
        for (const Part &part : m_parts) {
            for (const auto &second : part.seconds)
                sum += second->flows[0];
        }
        return sum;
    }
    std::uint64_t activeUsers(std::size_t second) const { return m_parts[0].seconds[second]->activeUsers; }
    bool isFinished() const { return std::ranges::all_of(m_parts, &Part::isFinished); }
    int inFlight() const
    {
        int sum = 0;
        for (const Part &part : m_parts)
            sum += part.transport->inFlight();
        return sum;
    }
    const std::vector<IntervalSnapshotPtr> &seconds(std::size_t worker) const { return m_parts[worker].seconds; }
    const FakeTransport &transport() const { return *m_parts[0].transport; }

private:
    void addShare(const BatchResult &share)
    {
        if (const auto whole = m_barrier.add(share))
            m_batches.push_back(*whole);
    }
    struct Part
    {
        FakeTransport *transport = nullptr;
        std::unique_ptr<LoadDriver> driver;
        std::vector<IntervalSnapshotPtr> seconds;
        bool isFinished = false;
    };
    PlanPtr m_plan;
    PlanPtr m_current;
    PlanTime m_time;
    ManualClock m_clock;
    const SteadyTime m_start = m_clock.now() + 1s;
    std::vector<Nanoseconds> m_sends;
    BatchBarrier m_barrier;
    std::vector<BatchResult> m_batches;
    std::vector<Part> m_parts;
};

} // namespace Headroom
