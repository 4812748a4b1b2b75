// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>

namespace Headroom {

/// What answers said of themselves in an interval, under one name of the scenario's `observe`: a share of hits, a value,
/// or a time of the server's.
struct ObservationCounts
{
    std::uint64_t count = 0;   ///< Answers that had it.
    std::uint64_t missing = 0; ///< Answers that should have had it.
    std::uint64_t hits = 0;    ///< Of a hit: answers it held for.
    double sum = 0.0;          ///< Of a value or a time (ms).
    double min = 0.0;          ///< 0 without any.
    double max = 0.0;
    QByteArray histogram{};    ///< encodeHistogram() of the value x 1,000,000, so that ms are ns; negative ones are left out.
    bool operator==(const ObservationCounts &) const = default;
};

} // namespace Headroom
