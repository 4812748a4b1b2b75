// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/seriesstore.h"

namespace Headroom {

/// What a value axis has to hold: the values in sight, and the bounds that are not far above them.
class ValueRange
{
public:
    explicit ValueRange(bool isLogarithmic); ///< Then of positive values alone.

    void add(const SeriesStore::Polyline &line, double from, double to);
    /// After the values: a bound far beyond them would press them flat, and is left out.
    void addBound(double value);
    double low() const { return m_low; } ///< 0 without values.
    double high() const { return m_high; }

private:
    bool m_isLogarithmic = false;
    bool m_isEmpty = true;
    double m_low = 0.0;
    double m_high = 0.0;
    void include(double value);
};

} // namespace Headroom
