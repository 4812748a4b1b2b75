// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <optional>

namespace Headroom {

// A job that takes its time, to be asked for until it is done. Its number says all of it, so that the practice target
// has nothing to remember, however many are begun.

/// What is answered to who begins one, as JSON with "id" and "state". It is done 100 ms to 300 ms later, a function of
/// the request's number. Times count from the target's start.
QByteArray newJob(std::uint64_t request, Nanoseconds now);
/// How far it is: "queued" in its first half, then "running", then "done". Nothing: that is no job's number.
std::optional<QByteArray> stateOfJob(const QString &id, Nanoseconds now);

} // namespace Headroom
