// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/metrics/runfacts.h"
#include "core/stats/rawsample.h"

#include <QByteArray>

#include <vector>

namespace Headroom {

/// At most so many raw samples of one second; more cannot be kept.
inline constexpr std::size_t kMaxSamplesOfASecond = std::size_t(1) << 20;

/// Raw samples as compact bytes, exact to the nanosecond: ten columns one behind the other, each a ZigZag LEB128 number
/// for every sample, as one frame of Zstandard. The columns: planned, as difference to the sample before; sent; first
/// byte; finished, as difference to the first byte; step; status; 32 x outcome + kind of failure; resends; bytes in;
/// bytes out. No samples are no bytes.
QByteArray encodeSamples(const std::vector<RawSample> &samples);

/// Reads `count` samples, at most kMaxSamplesOfASecond, of a run's steps. The bytes are taken as hostile: no memory is
/// asked for that `count` does not account for, every value fits into a session. Errors: InvalidInput.
Result<std::vector<RawSample>> decodeSamples(const QByteArray &bytes, std::size_t count, const RunFacts &facts);

/// Whether one could stand in a session of that run: a step of it, times that can be added, counts a double holds.
bool isFine(const RawSample &sample, const RunFacts &facts);

} // namespace Headroom
