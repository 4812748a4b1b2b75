// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/plan/plan.h"

#include <QString>

#include <optional>
#include <vector>

namespace Headroom {

/// What of a scenario decides how much CPU a request of it takes the generator: transport, how its connections are made,
/// TLS, steps of an iteration, the largest request body in coarse classes, and the number of workers.
QString loadShape(const Plan &plan, int workers);

/// The most requests per second that a plan asks for. Nothing where that depends on how fast the target answers: in the
/// closed model, unless all its flows have a pace.
std::optional<double> peakRequestRate(const Plan &plan);

/// What a generator can do on a machine with loads of one shape.
struct Ceiling
{
    double ratePerSecond = 0.0; ///< As CeilingMeter finds it.
    bool isCalibrated = false; ///< By "headroom calibrate", else by the way in a run.
    bool operator==(const Ceiling &) const = default;
};

/// Ceilings by machine and shape, in a small JSON file. What cannot be read counts as not there: it is only a cache.
class CeilingCache
{
public:
    /// `machine`: tells machines apart that share a home folder. An empty path: nothing is found and nothing kept.
    CeilingCache(QString path, QString machine);

    std::optional<Ceiling> find(const QString &shape) const;
    /// Whether it replaced what was known: a calibration always does, what a run found only when it is higher and none
    /// was calibrated. The file is written by temporary file and rename. Errors: Unwritable.
    Result<bool> keep(const QString &shape, const Ceiling &ceiling);

private:
    struct Entry
    {
        QString machine;
        QString shape;
        Ceiling ceiling;
    };
    std::vector<Entry> read() const;
    Result<void> write(const std::vector<Entry> &entries) const;

    const QString m_path;
    const QString m_machine;
};

/// headroom/ceilings.json in the user's cache folder.
QString defaultCeilingFile();
/// Processor and number of processors.
QString machineName();

} // namespace Headroom
