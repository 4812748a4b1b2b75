// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/plan.h"

#include <QByteArray>

namespace Headroom {

/// Load of a calibration.
struct CalibrationLoad
{
    int users = 1; ///< Closed model: as fast as they can; open model: at most so many at a time.
    double ratePerSecond = 0.0; ///< Above 0: the open model at this rate.
    int seconds = 3; ///< Measured; behind one second of warm-up.
};

/// A scenario of the shape of a plan (loadShape()), without its think times, against a practice target that answers at
/// once. Without a plan: one GET. Always plain HTTP/1.1 over TCP: TLS costs more.
QByteArray calibrationScenario(const Plan *plan, const CalibrationLoad &load);

/// Users that keep a generator busy with a plan: as many as the plan has, 64 at most.
int calibrationUsers(const Plan *plan);

} // namespace Headroom
