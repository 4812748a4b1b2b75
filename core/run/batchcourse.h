// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/alarmqueue.h"
#include "core/base/result.h"
#include "core/http/transport.h"
#include "core/metrics/runevent.h"
#include "core/plan/plan.h"
#include "core/probes/probescheduler.h"
#include "core/stats/batchresult.h"

#include <QCoroTask>

#include <functional>
#include <memory>

namespace Headroom {

/// Leads a run from batch to batch: at each barrier the probes are read once, then comes what the scenario wants done
/// between two batches, then the next may begin.
/// Thread: the run thread. Lifetime: until it is not busy any more; plan, probes and clock outlive it.
class BatchCourse : public QObject
{
    Q_OBJECT
public:
    /// Stops the target and starts it anew, up to where it is ready.
    using Restart = std::function<QCoro::Task<Result<void>>()>;
    BatchCourse(PlanPtr plan, ProbeScheduler &probes, Clock &clock, Restart restart);
    ~BatchCourse() override;

    /// All workers are done with a batch.
    void pass(const BatchResult &batch);
    /// There is no further batch; what is being done between two is given up.
    void cancel();
    bool isBusy() const { return m_isBusy; }
    /// Requests made between batches, for the report's "auxiliary".
    quint64 requestsMade() const { return m_requests; }

Q_SIGNALS:
    void passed(const Headroom::BatchResult &batch); ///< With what the probes said.
    void nextMayBegin(int batch);
    void allDone(); ///< After the last one; not after cancel().
    void failed(const QString &sentence); ///< What was to be done between could not be done; there is no further batch.
    void idle();
    void stirred(); ///< A probe was read, or the course cancelled: readProbes() looks again.

private:
    QCoro::Task<> walk(BatchResult batch);
    QCoro::Task<> readProbes(BatchResult *batch);
    QCoro::Task<Result<void>> doBetween();
    QCoro::Task<Result<void>> call();

    const PlanPtr m_plan;
    ProbeScheduler &m_probes;
    const Restart m_restart;
    AlarmQueue m_alarms; // deadlines of the call
    std::unique_ptr<Transport> m_transport; // with a call to make
    quint64 m_requests = 0;
    bool m_isBusy = false;
    bool m_isCancelled = false;
};

/// "batch 2 of 5: 10 iterations in 1.2 s, 8.3/s", at its end.
RunEvent batchEvent(const BatchResult &batch, const Scenario::Batches &batches);

} // namespace Headroom
