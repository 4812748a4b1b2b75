// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/base/ownedthread.h"
#include "core/engine/batchbarrier.h"
#include "core/engine/worker.h"

#include <memory>
#include <vector>

namespace Headroom {

/// All workers of a run, each on a thread of its own.
/// Thread: that of its owner, the run thread.
class Engine : public ThreadDoor
{
    Q_OBJECT
public:
    /// Range: workers 1 and up.
    /// `drain`: counts what becomes of requests when the target ends; null: nothing.
    Engine(PlanPtr plan, int workers, Clock &clock, const TransportSetup &transport,
           std::shared_ptr<DrainWatch> drain = {});
    ~Engine() override; ///< Joins the threads; only after finished(), or before start().

    /// Starts the load at a time a little in the future, the same for all workers.
    void start(SteadyTime at);
    void steer(const PlanPtr &plan); ///< See Worker; these only after start().
    void releaseBatch(int batch, SteadyTime at); ///< After batchFinished() of the one before.
    void drain();
    void cut();

    /// Cores minus one, at least one.
    static int defaultWorkers();

Q_SIGNALS:
    void intervalReady(const Headroom::IntervalSnapshotPtr &snapshot);
    /// All workers have done their share. The next begins, or the load ends, only when it is ordered.
    void batchFinished(const Headroom::BatchResult &batch);
    void finished(quint64 unfinished);

private:
    void takeBatchShare(const BatchResult &share);
    void workerFinished(quint64 unfinished);

    std::vector<std::unique_ptr<OwnedThread>> m_threads;
    std::vector<Worker *> m_workers; // each owned by its thread
    BatchBarrier m_barrier;
    std::size_t m_running = 0;
    quint64 m_unfinished = 0;
};

} // namespace Headroom
