// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/scenariochecker.h"

#ifndef Q_MOC_RUN
#include "core/run/preparation.h"
#endif

namespace Headroom {

Diagnostics ScenarioChecker::checkScenario(const QByteArray &text) { return checkWith({})(text); }

ScenarioChecker::Check ScenarioChecker::checkWith(const ProfileChoice &choice)
{
    return [choice](const QByteArray &text) {
        auto prepared = prepare(text, {}, {}, 1, {}, choice);
        return prepared ? std::move(prepared->warnings) : std::move(prepared.error());
    };
}

ScenarioChecker::ScenarioChecker(Source source, Check check)
    : m_source(std::move(source))
    , m_check(std::move(check))
    , m_thread(QStringLiteral("scenario check"))
    , m_worker(m_thread.make<ThreadDoor>())
{
    constexpr int kPauseMilliseconds = 250; // longer than between two keys, shorter than one waits for an answer
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &ScenarioChecker::start);
}

ScenarioChecker::~ScenarioChecker() = default;

void ScenarioChecker::checkSoon()
{
    ASSERT_THREAD(this);
    m_isOutdated = true;
    m_isDue = false;
    m_pause.start();
}

void ScenarioChecker::checkNow()
{
    ASSERT_THREAD(this);
    m_isOutdated = true;
    m_pause.stop();
    start();
}

void ScenarioChecker::start()
{
    m_isDue = true;
    if (m_isBusy)
        return; // finish() comes back
    m_isDue = false;
    m_isOutdated = false;
    m_isBusy = true;
    beforeHandOver();
    // The worker's thread ends before this object does, so what it posts here is taken or dropped with it.
    QMetaObject::invokeMethod(m_worker, [this, check = m_check, text = m_source()] {
        const Diagnostics diagnostics = check(text);
        beforeHandOver();
        QMetaObject::invokeMethod(this, [this, diagnostics] { finish(diagnostics); }, Qt::QueuedConnection);
    });
}

void ScenarioChecker::finish(const Diagnostics &diagnostics)
{
    ASSERT_THREAD(this);
    m_isBusy = false;
    if (!m_isOutdated)
        Q_EMIT checked(diagnostics);
    else if (m_isDue)
        start();
}

} // namespace Headroom
