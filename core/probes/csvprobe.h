// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/probes/csvsum.h"
#include "core/probes/logfollower.h"
#include "core/probes/probe.h"

namespace Headroom {

/// Follows a CSV file that something appends to, such as the bill of an API, and adds up columns of the rows that have
/// come since the first look.
class CsvProbe final : public Probe
{
    Q_OBJECT
public:
    struct Source
    {
        QString path; ///< Absolute.
        QStringList fields; ///< Names of the series ...
        QStringList columns; ///< ... and what is added up for each.
    };
    CsvProbe(const QString &name, const Source &source);

    void read() override;

private:
    void begin();
    void tellOfRest(LogFollower::Course course);

    const QString m_path;
    LogFollower m_follower;
    CsvSum m_sum;
    bool m_hasToldOfLeftOut = false;
};

} // namespace Headroom
