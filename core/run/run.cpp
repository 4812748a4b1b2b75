// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"

#include "core/rules/rulesbyhand.h"
#include "core/run/runcoordinator.h"

#include <QEventLoop>
#include <QMetaObject>

#include <utility>

namespace Headroom {

namespace {

void registerTypes()
{
    qRegisterMetaType<FramePtr>();
    qRegisterMetaType<RunFactsPtr>();
    qRegisterMetaType<RunEvent>();
    qRegisterMetaType<RunState>();
    qRegisterMetaType<SteeredLoad>();
    qRegisterMetaType<Attachment>();
    qRegisterMetaType<Error>();
    qRegisterMetaType<std::optional<Error>>();
}

} // namespace

Run::Run(RunRequest request, Preparation preparation)
    : m_sessionPath(request.sessionPath)
    , m_thread(QStringLiteral("run"))
{
    registerTypes();
    m_coordinator = m_thread.make<RunCoordinator>(std::move(request), std::move(preparation));
    connect(m_coordinator, &RunCoordinator::factsKnown, this, [this](const RunFactsPtr &facts) {
        if (std::exchange(m_facts, facts))
            Q_EMIT rulesChanged();
    });
    connect(m_coordinator, &RunCoordinator::sessionBegun, this, [this](const QString &path) { m_sessionPath = path; });
    connect(m_coordinator, &RunCoordinator::stateChanged, this, [this](RunState state) {
        m_state = state;
        Q_EMIT stateChanged(state);
    });
    connect(m_coordinator, &RunCoordinator::frameReady, this, &MetricsSource::frameReady);
    connect(m_coordinator, &RunCoordinator::eventHappened, this, &MetricsSource::eventHappened);
    connect(m_coordinator, &RunCoordinator::attached, this, &Run::attached);
    connect(m_coordinator, &RunCoordinator::loadSteered, this, &Run::loadSteered);
    connect(m_coordinator, &RunCoordinator::finished, this, &Run::finished);
}

Run::~Run()
{
    if (m_state == RunState::Finished)
        return;
    QEventLoop untilFinished;
    connect(this, &Run::finished, &untilFinished, &QEventLoop::quit);
    cut();
    untilFinished.exec(QEventLoop::ExcludeUserInputEvents);
}

void Run::start()
{
    beforeHandOver();
    QMetaObject::invokeMethod(m_coordinator, &RunCoordinator::start);
}

void Run::stop(RunEnding::Reason reason, const QString &text)
{
    beforeHandOver();
    QMetaObject::invokeMethod(m_coordinator, [coordinator = m_coordinator, reason, text] { coordinator->stop(reason, text); });
}

void Run::cut()
{
    beforeHandOver();
    QMetaObject::invokeMethod(m_coordinator, &RunCoordinator::cut);
}

void Run::setRate(Rate rate) { steer({SteeringOrder::Kind::SetRate, rate.perSecond()}); }

void Run::setUsers(int users) { steer({SteeringOrder::Kind::SetUsers, double(users)}); }

void Run::pause() { steer({SteeringOrder::Kind::Pause}); }

void Run::resume() { steer({SteeringOrder::Kind::Resume}); }

void Run::setMix(const std::vector<double> &weights) { steer({SteeringOrder::Kind::SetMix, 0.0, weights}); }

void Run::setThinkFactor(double factor) { steer({SteeringOrder::Kind::SetThinkFactor, factor}); }

void Run::hold() { steer({SteeringOrder::Kind::Hold}); }

void Run::release() { steer({SteeringOrder::Kind::Release}); }

void Run::skipStage() { steer({SteeringOrder::Kind::SkipStage}); }

void Run::extendStage(Nanoseconds by)
{
    steer({SteeringOrder::Kind::ExtendStage, std::chrono::duration<double>(by).count()});
}

Result<void> Run::setRules(const QStringList &texts)
{
    if (!m_facts || m_state != RunState::Running || m_facts->limitSearch)
        return {};
    // Checked here, where whoever asked is told; the run's thread does the same and knows the second.
    if (const auto rules = rulesByHand(texts, *m_facts, 0); !rules)
        return std::unexpected(rules.error());
    beforeHandOver();
    QMetaObject::invokeMethod(m_coordinator, [coordinator = m_coordinator, texts] { coordinator->setRules(texts); });
    return {};
}

void Run::doAction(int action)
{
    beforeHandOver();
    QMetaObject::invokeMethod(m_coordinator, [coordinator = m_coordinator, action] { coordinator->doAction(action); });
}

void Run::captureProfile(Nanoseconds length)
{
    beforeHandOver();
    QMetaObject::invokeMethod(m_coordinator, [coordinator = m_coordinator, length] { coordinator->captureProfile(length); });
}

void Run::backToPlan() { steer({SteeringOrder::Kind::BackToPlan}); }

void Run::steer(const SteeringOrder &order)
{
    beforeHandOver();
    QMetaObject::invokeMethod(m_coordinator, [coordinator = m_coordinator, order] { coordinator->steer(order); });
}

} // namespace Headroom
