// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/engine/loaddriver.h"

#include <memory>

namespace Headroom {

/// The door to one worker thread: orders come in as queued slots, snapshots go out as signals.
///
/// Thread: its own. The clock must outlive it.
class Worker : public ThreadDoor
{
    Q_OBJECT
public:
    Worker(WorkerSetup setup, Clock &clock);
    ~Worker() override;

public Q_SLOTS:
    /// Starts the load at a time that is the same for all workers.
    void begin(Headroom::SteadyTime start);
    /// Goes on with a plan that was steered, from its instant on.
    void steer(const Headroom::PlanPtr &plan);
    /// Begins a batch, at a time that is the same for all workers.
    void releaseBatch(int batch, Headroom::SteadyTime at);
    /// Starts nothing more, ends pauses, lets requests under way finish.
    void drain();
    /// Aborts requests under way as well.
    void cut();

Q_SIGNALS:
    void intervalReady(const Headroom::IntervalSnapshotPtr &snapshot);
    void batchDone(const Headroom::BatchResult &share); ///< Its share of a batch.
    /// After the last snapshot. `unfinished`: requests that were cut.
    void finished(quint64 unfinished);

private:
    WorkerSetup m_setup;
    Clock &m_clock;
    std::unique_ptr<LoadDriver> m_driver; // from begin() on
};

} // namespace Headroom
