// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/worker.h"

#include "core/base/ownedthread.h"
#include "core/base/steadyclock.h"

namespace Headroom {

Worker::Worker(WorkerSetup setup, Clock &clock)
    : m_setup(std::move(setup))
    , m_clock(clock)
{
}

Worker::~Worker() = default;

void Worker::begin(SteadyTime start)
{
    ASSERT_THREAD(this);
    removeTimerSlack();
    askForShortSlices();
    LoadDriver::Reports reports;
    reports.interval = [this](const IntervalSnapshotPtr &snapshot) {
        beforeHandOver();
        Q_EMIT intervalReady(snapshot);
    };
    reports.finished = [this](std::uint64_t unfinished) {
        beforeHandOver();
        Q_EMIT finished(unfinished);
    };
    reports.batchDone = [this](const BatchResult &share) {
        beforeHandOver();
        Q_EMIT batchDone(share);
    };
    m_driver = std::make_unique<LoadDriver>(m_setup, m_clock, start, std::move(reports));
}

void Worker::steer(const PlanPtr &plan)
{
    ASSERT_THREAD(this);
    m_driver->steer(plan);
}

void Worker::releaseBatch(int batch, SteadyTime at)
{
    ASSERT_THREAD(this);
    m_driver->releaseBatch(batch, at);
}

void Worker::drain()
{
    ASSERT_THREAD(this);
    m_driver->drain();
}

void Worker::cut()
{
    ASSERT_THREAD(this);
    m_driver->cut();
}

} // namespace Headroom
