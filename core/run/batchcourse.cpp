// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/batchcourse.h"

#include "core/base/humanformat.h"
#include "core/plan/connectionplan.h"

#include <QCoroSignal>

#include <algorithm>

namespace Headroom {

namespace {

Error callFailed(const Scenario::Call &call, const QString &what)
{
    return {Error::Code::Unreachable,
            QStringLiteral("%1 %2 %3").arg(QString::fromLatin1(call.method), call.path.written(), what),
            {}};
}

QString iterationsText(const BatchResult &batch, int size)
{
    const QString of = batch.completed < std::uint64_t(size) ? QStringLiteral(" of %1").arg(size) : QString();
    return QStringLiteral("%1%2 iteration%3").arg(batch.completed).arg(of, size == 1 ? QString() : QStringLiteral("s"));
}

} // namespace

BatchCourse::BatchCourse(PlanPtr plan, ProbeScheduler &probes, Clock &clock, Restart restart)
    : m_plan(std::move(plan))
    , m_probes(probes)
    , m_restart(std::move(restart))
    , m_alarms(clock)
{
    if (m_plan->betweenCall)
        m_transport = makeTransport(auxiliaryTransport(*m_plan), 1, clock, m_alarms);
    connect(&m_probes, &ProbeScheduler::readingEnded, this, &BatchCourse::stirred);
}

BatchCourse::~BatchCourse() = default;

void BatchCourse::pass(const BatchResult &batch) { walk(batch); }

void BatchCourse::cancel()
{
    m_isCancelled = true;
    QMetaObject::invokeMethod(this, &BatchCourse::stirred, Qt::QueuedConnection); // who hears it may end the run
    if (m_transport)
        m_transport->abortAll();
}

QCoro::Task<> BatchCourse::walk(BatchResult batch)
{
    m_isBusy = true;
    const bool isLast = batch.index + 1 >= m_plan->batches->count;
    if (!m_isCancelled)
        co_await readProbes(&batch);
    Q_EMIT passed(batch);
    Result<void> between;
    if (!isLast && !m_isCancelled)
        between = co_await doBetween();
    if (!m_isCancelled && !between)
        Q_EMIT failed(QStringLiteral("between batch %1 and %2: %3")
                          .arg(batch.index + 1)
                          .arg(batch.index + 2)
                          .arg(between.error().text()));
    else if (!m_isCancelled && isLast)
        Q_EMIT allDone();
    else if (!m_isCancelled)
        Q_EMIT nextMayBegin(batch.index + 1);
    m_isBusy = false;
    Q_EMIT idle();
}

/// Readings that began before the barrier are waited for and not used. The batch is the caller's, who waits.
QCoro::Task<> BatchCourse::readProbes(BatchResult *batch)
{
    m_probes.readNow();
    while (m_probes.isReadingNow() && !m_isCancelled)
        co_await qCoro(this, &BatchCourse::stirred);
    batch->probes = m_probes.latest();
}

QCoro::Task<Result<void>> BatchCourse::doBetween()
{
    if (m_plan->batches->restartsTarget)
        co_return co_await m_restart();
    if (m_transport)
        co_return co_await call();
    co_return Result<void>();
}

QCoro::Task<Result<void>> BatchCourse::call()
{
    const Scenario::Call &written = *m_plan->batches->between;
    const Exchange exchange = co_await m_transport->send(*m_plan->betweenCall);
    m_requests += 1 + quint64(exchange.resends);
    if (exchange.failure != FailureKind::None)
        co_return std::unexpected(callFailed(written, QStringLiteral("got no answer: ") + exchange.message));
    const bool isExpected = std::ranges::any_of(written.expect, [&exchange](const Scenario::StatusRange &range) {
        return exchange.status >= range.low && exchange.status <= range.high;
    });
    if (isExpected)
        co_return Result<void>();
    co_return std::unexpected(
        callFailed(written,
                   QStringLiteral("answered %1; look at the target, or say in load.between.expect what it may answer")
                       .arg(exchange.status)));
}

RunEvent batchEvent(const BatchResult &batch, const Scenario::Batches &batches)
{
    QString text = QStringLiteral("batch %1 of %2: %3 in %4")
                       .arg(batch.index + 1)
                       .arg(batches.count)
                       .arg(iterationsText(batch, batches.size), formatDuration(batch.length()));
    if (batch.length() > 0ns)
        text += QStringLiteral(", ")
            + formatRate(Rate::perSecond(double(batch.completed) * 1e9 / double(batch.length().count())));
    if (batch.errors > 0)
        text +=
            QStringLiteral(", %1 error%2").arg(batch.errors).arg(batch.errors == 1 ? QString() : QStringLiteral("s"));
    return {batch.end, QStringLiteral("batch"), text};
}

} // namespace Headroom
