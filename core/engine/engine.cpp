// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include <QMetaObject>
#include <QThread>

#include <algorithm>

namespace Headroom {

Engine::Engine(PlanPtr plan, int workers, Clock &clock, const TransportSetup &transport,
               std::shared_ptr<DrainWatch> drain)
    : m_barrier(workers)
{
    qRegisterMetaType<IntervalSnapshotPtr>();
    qRegisterMetaType<BatchResult>();
    WorkerSetup setup{plan, 0, workers, {}};
    setup.drain = std::move(drain);
    setup.makeTransport = [transport](int capacity, const Clock &workerClock, AlarmQueue &alarms) {
        return makeTransport(transport, capacity, workerClock, alarms);
    };
    for (int i = 0; i < workers; ++i) {
        setup.worker = i;
        m_threads.push_back(std::make_unique<OwnedThread>(QStringLiteral("worker %1").arg(i)));
        m_workers.push_back(m_threads.back()->make<Worker>(setup, clock));
        connect(m_workers.back(), &Worker::intervalReady, this, &Engine::intervalReady);
        connect(m_workers.back(), &Worker::batchDone, this, &Engine::takeBatchShare);
        connect(m_workers.back(), &Worker::finished, this, &Engine::workerFinished);
    }
}

Engine::~Engine() = default;

int Engine::defaultWorkers()
{
    return std::max(1, QThread::idealThreadCount() - 1);
}

void Engine::start(SteadyTime at)
{
    m_running = m_workers.size();
    beforeHandOver();
    for (Worker *worker : m_workers)
        QMetaObject::invokeMethod(worker, [worker, at] { worker->begin(at); });
}

void Engine::steer(const PlanPtr &plan)
{
    beforeHandOver();
    for (Worker *worker : m_workers)
        QMetaObject::invokeMethod(worker, [worker, plan] { worker->steer(plan); });
}

void Engine::releaseBatch(int batch, SteadyTime at)
{
    beforeHandOver();
    for (Worker *worker : m_workers)
        QMetaObject::invokeMethod(worker, [worker, batch, at] { worker->releaseBatch(batch, at); });
}

void Engine::drain()
{
    beforeHandOver();
    for (Worker *worker : m_workers)
        QMetaObject::invokeMethod(worker, &Worker::drain);
}

void Engine::cut()
{
    beforeHandOver();
    for (Worker *worker : m_workers)
        QMetaObject::invokeMethod(worker, &Worker::cut);
}

void Engine::takeBatchShare(const BatchResult &share)
{
    if (const auto whole = m_barrier.add(share))
        Q_EMIT batchFinished(*whole);
}

void Engine::workerFinished(quint64 unfinished)
{
    m_unfinished += unfinished;
    if (--m_running == 0)
        Q_EMIT finished(m_unfinished);
}

} // namespace Headroom
