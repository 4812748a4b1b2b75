// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <map>
#include <tuple>

namespace Headroom {

/// Adds up the failures of all seconds: one row for each step, kind, status and text.
class FailureRows
{
public:
    void add(const FailureCount &failure, int second);
    /// Most frequent first; then by step, kind, status and text.
    std::vector<ReportModel::Failure> rows(const RunFacts &facts) const;

private:
    using Key = std::tuple<StepIndex, FailureKind, int, QString>;
    struct Tally
    {
        std::uint64_t count = 0;
        int firstSecond = 0;
        int lastSecond = 0;
        std::shared_ptr<const FailureExample> example{}; // the first
    };
    std::map<Key, Tally> m_tallies;
};

} // namespace Headroom
