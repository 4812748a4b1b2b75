// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rule.h"

#include <limits>

namespace Headroom {

/// The values that keep to a rule's bounds, or that its metric can have: those between two ends, with them or without.
struct ValueSpan
{
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool withoutLow = false;
    bool withoutHigh = false;

    bool isEmpty() const { return low > high || (low == high && (withoutLow || withoutHigh)); }
    ValueSpan and_(const ValueSpan &other) const;
    /// Whether every value of it lies in the other.
    bool isWithin(const ValueSpan &other) const;
    bool operator==(const ValueSpan &) const = default;
};

/// In numbers that compare between rules of one metric: those of a series as the series has them.
ValueSpan keptSpan(const Rule &rule);

/// What the metric can be at all, in the same numbers. No time is 0. `seriesUnit`: of a probe metric's series; one that
/// is not known may have any value, like what answers say of themselves.
ValueSpan possibleSpan(const Rule &rule, const QString &seriesUnit);

} // namespace Headroom
