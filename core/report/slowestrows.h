// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <vector>

namespace Headroom {

/// Picks the slowest requests of the measured window, of whatever step, out of what the seconds tell of them.
class SlowestRows
{
public:
    static constexpr std::size_t kMost = 10;
    static_assert(kMost <= Exemplar::kPerStep, "else a slower one than those that are shown could be missing");

    void add(const MetricsFrame &frame);
    /// The slowest first; of equal ones the earlier.
    std::vector<ReportModel::SlowRequest> rows(const RunFacts &facts) const;

private:
    std::vector<Exemplar> m_slowest; // the slowest first
};

/// How long after the first byte the last one came.
Nanoseconds transferTime(const RawSample &sample);

/// "1,204 of 1,204 requests were kept whole", or what else became of them; empty when it is not known.
QString samplesText(const ReportModel &model);

} // namespace Headroom
