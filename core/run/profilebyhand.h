// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runevent.h"
#include "core/run/profilecapture.h"

#include <QUrl>

namespace Headroom {

/// The profiles that a hand asks for while a run is on, one at a time: "profile-1.folded" and so on.
/// Thread: the run thread. Lifetime: until it is not busy any more; scenario and clock outlive it.
class ProfileByHand : public QObject
{
    Q_OBJECT
public:
    ProfileByHand(const Scenario &scenario, Clock &clock);

    /// `targetPid`: of the target that the run has started; 0: of none. `target`: where the load goes.
    void begin(Nanoseconds length, qint64 targetPid, const QUrl &target, SteadyTime startedAt);
    void cut() { m_capture.cut(); }
    bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void happened(const Headroom::RunEvent &event); ///< Of the kind "profile": it begins; what came of it.
    void captured(const Headroom::Attachment &file);
    void idle();

private:
    QCoro::Task<> record(Scenario::Capture capture, std::vector<int> pids, SteadyTime startedAt);
    void tell(SteadyTime startedAt, const QString &text);

    const Scenario &m_scenario;
    Clock &m_clock;
    ProfileCapture m_capture;
    int m_count = 0;
    bool m_isBusy = false;
};

} // namespace Headroom
