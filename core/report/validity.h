// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"
#include "core/rules/limitclassifier.h"

namespace Headroom {

/// Counts what limited the measured seconds, and judges whether the run is valid (LANGUAGE, section 6): it is not when
/// the generator limited more than 5 %, and at least 3, of them.
class ValidityJudge
{
public:
    /// Adds one measured second.
    void add(const SecondLimit &limit);
    /// The judgement over all seconds; warnings about the rest of the model come behind it.
    Validity judge(const ReportModel &model) const;

private:
    QString ofGenerator() const;
    QString help(const RunFacts &facts) const;
    bool wouldLessWorkHelp() const;

    int m_measured = 0;
    std::array<int, kLimitedByCount> m_limited{};
    int m_busy = 0; // measured seconds, whatever limited them
    // Of the seconds that the generator limited:
    int m_lateSends = 0;
    int m_lateLoops = 0;
    int m_robbedOfThem = 0;
    int m_busyOfThem = 0;
    int m_muchWorkOfThem = 0;
    int m_descriptorsOfThem = 0;
};

} // namespace Headroom
