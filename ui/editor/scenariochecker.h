// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/base/ownedthread.h"
#include "core/scenario/diagnostic.h"
#include "core/scenario/profilechoice.h"

#include <QTimer>

#include <functional>

namespace Headroom {

/// Checks a text on a thread of its own, a moment after its last change.
///
/// At most one check is on, and none waits behind it: when it ends and the text has changed meanwhile, its answer is
/// dropped and the newest text is checked.
/// Thread: main. Destroying it waits for the check that is on.
class ScenarioChecker : public ThreadDoor
{
    Q_OBJECT
public:
    using Source = std::function<QByteArray()>; ///< The text as it is now; asked in this object's thread.
    using Check = std::function<Diagnostics(const QByteArray &)>; ///< Called in the other thread.

    /// What a run says of a scenario: its errors, or the warnings when it could run.
    static Diagnostics checkScenario(const QByteArray &text);
    /// The same with a choice of its profiles.
    static Check checkWith(const ProfileChoice &choice);

    explicit ScenarioChecker(Source source, Check check = &checkScenario);
    ~ScenarioChecker() override;

    void checkSoon(); ///< After a pause in typing; whatever was known is older than the text from now on.
    void checkNow();
    void setCheck(const Check &check) { m_check = check; } ///< From the next check on.
    bool isChecking() const { return m_isOutdated || m_isBusy; }

Q_SIGNALS:
    /// Of the newest text.
    void checked(const Headroom::Diagnostics &diagnostics);

private:
    void start();
    void finish(const Diagnostics &diagnostics);

    Source m_source;
    Check m_check;
    QTimer m_pause;
    bool m_isOutdated = false; ///< The text has changed since the last check was started.
    bool m_isDue = false; ///< The pause is over.
    bool m_isBusy = false;
    OwnedThread m_thread;
    ThreadDoor *m_worker; // owned by its thread
};

} // namespace Headroom
