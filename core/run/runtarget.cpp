// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runtarget.h"

namespace Headroom {

namespace {

constexpr auto kReachLimit = std::chrono::seconds(5);

/// For a target to come up: what target.ready says, else what it would say by default.
std::chrono::milliseconds startLimit(const Plan &plan)
{
    const Nanoseconds limit = plan.readyUrl ? plan.readyWithin : Scenario::Ready().within;
    return std::chrono::duration_cast<std::chrono::milliseconds>(limit);
}

} // namespace

RunTarget::RunTarget(const Preparation &preparation, const RunRequest &request)
    : m_preparation(preparation)
    , m_practiceProgram(request.targetProgram)
    , m_seed(request.seed)
    , m_plan(preparation.plan)
    , m_gate(m_plan->target, m_plan->connections)
{
}

QCoro::Task<Result<PlanPtr>> RunTarget::start()
{
    const Scenario::Target &target = m_preparation.scenario.target;
    Result<void> started;
    if (target.practice)
        started = co_await startPractice();
    else if (target.start)
        started = co_await startCommand();
    else if (target.lines && target.lines->socket.isEmpty())
        started = startFed();
    if (!started)
        co_return std::unexpected(started.error());
    co_return Result<PlanPtr>(m_plan); // QCoro moves from what it is given, also from a member
}

QCoro::Task<Result<void>> RunTarget::startPractice()
{
    m_practice = std::make_unique<PracticeTarget>(m_practiceProgram);
    const Result<QUrl> started = co_await m_practice->start(*m_preparation.scenario.target.practice);
    if (!started)
        co_return std::unexpected(started.error());
    const Result<PlanPtr> plan = replan(m_preparation, *started, m_seed);
    if (!plan)
        co_return std::unexpected(plan.error());
    m_plan = *plan;
    connect(m_practice.get(), &PracticeTarget::died, this, &RunTarget::died);
    co_return Result<void>();
}

QCoro::Task<Result<void>> RunTarget::startCommand()
{
    const Scenario::Target &target = m_preparation.scenario.target;
    m_supervised = std::make_unique<SupervisedTarget>(*target.start, target.folder, m_plan->target);
    connect(m_supervised.get(), &SupervisedTarget::died, this, &RunTarget::died);
    connect(m_supervised.get(), &SupervisedTarget::happened, this, &RunTarget::happened);
    co_return co_await m_supervised->open(m_gate, startLimit(*m_plan));
}

Result<void> RunTarget::startFed()
{
    const Scenario::Target &target = m_preparation.scenario.target;
    m_fed = std::make_unique<FedProcess>();
    connect(m_fed.get(), &FedProcess::died, this, &RunTarget::died);
    connect(m_fed.get(), &FedProcess::happened, this, &RunTarget::happened);
    return m_fed->start(*target.lines, target.folder).transform([this](int stream) { m_stream = stream; });
}

QCoro::Task<Result<void>> RunTarget::awaitReady()
{
    if (m_fed)
        co_return Result<void>();
    if (m_plan->lines)
        co_return co_await m_gate.reachSocket(m_plan->lines->socket, kReachLimit);
    Result<void> open;
    if (m_practice && m_plan->readyUrl) // it may have been told not to listen until it is ready
        open = co_await m_gate.awaitListening(m_plan->target, startLimit(*m_plan));
    else
        open = co_await m_gate.reach(m_plan->target, kReachLimit);
    if (open && m_plan->readyUrl && !m_isCancelled)
        open = co_await m_gate.awaitReady(*m_plan->readyUrl, startLimit(*m_plan));
    co_return open;
}

QCoro::Task<Result<void>> RunTarget::restart()
{
    Result<void> step = co_await startAgain();
    if (m_isCancelled)
        co_return failure(Error::Code::Cancelled, QStringLiteral("the run was stopped"));
    if (!step)
        co_return step;
    Q_EMIT startedAnew();
    co_return co_await awaitReady();
}

QCoro::Task<Result<void>> RunTarget::startAgain()
{
    if (m_supervised) {
        co_await m_supervised->stop();
        if (!m_isCancelled)
            co_return co_await m_supervised->open(m_gate, startLimit(*m_plan));
    } else {
        co_await m_practice->stop();
        if (!m_isCancelled)
            co_return co_await m_practice->startAnew();
    }
    co_return Result<void>();
}

QCoro::Task<GroupEnd> RunTarget::stop(std::chrono::milliseconds limit)
{
    if (m_supervised) // not ?:, of which g++ 14 awaits both sides here
        co_return co_await m_supervised->stop(limit);
    co_return co_await m_practice->stop(limit);
}

QCoro::Task<> RunTarget::letGo()
{
    if (m_supervised)
        co_await m_supervised->letGo();
    if (m_fed)
        co_await m_fed->stop();
}

void RunTarget::cancel()
{
    m_isCancelled = true;
    m_gate.cancel();
}

void RunTarget::hurry()
{
    if (m_practice)
        m_practice->hurry();
    if (m_supervised)
        m_supervised->hurry();
    if (m_fed)
        m_fed->hurry();
}

bool RunTarget::isTimed() const { return m_practice || m_supervised || m_plan->readyUrl; }

qint64 RunTarget::processId() const
{
    return m_practice  ? m_practice->processId()
        : m_supervised ? m_supervised->processId()
        : m_fed        ? m_fed->processId()
                       : 0;
}

} // namespace Headroom
