// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/probes/logfollower.h"
#include "core/probes/logmeasure.h"
#include "core/probes/probe.h"

namespace Headroom {

/// Follows a log file from its end, and takes a number out of the lines that it has grown by.
class LogProbe final : public Probe
{
    Q_OBJECT
public:
    /// `path`: absolute.
    LogProbe(const QString &name, const QString &path, LogMeasure measure, Clock &clock);

    void read() override;

private:
    QString noteOf(LogFollower::Course course);
    void finish(LogFollower::Course course);

    const QString m_path;
    LogFollower m_follower;
    LogMeasure m_measure;
    Clock &m_clock;
    std::optional<SteadyTime> m_before; ///< The last good look.
    bool m_hasToldOfOddText = false;
};

} // namespace Headroom
