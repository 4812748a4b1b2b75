// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/reportmodel.h"

#include "core/report/reportbuilder.h"

namespace Headroom {

double ReportBlock::ratePerSecond() const
{
    return lengthSeconds > 0.0 ? double(latencies.counts.requests) / lengthSeconds : 0.0;
}

Result<ReportModel> buildReport(const SessionReader &session) { return ReportBuilder(session).build(); }

} // namespace Headroom
