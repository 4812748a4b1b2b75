// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/failurerows.h"

#include <algorithm>

namespace Headroom {

void FailureRows::add(const FailureCount &failure, int second)
{
    Key key(failure.step, failure.kind, failure.status, failure.message);
    if (m_tallies.size() >= kMaxFailureRows && !m_tallies.contains(key))
        std::get<QString>(key) = QStringLiteral("further failures");
    Tally &tally = m_tallies.try_emplace(std::move(key), Tally{0, second, second}).first->second;
    tally.count += failure.count;
    tally.lastSecond = second;
    if (!tally.example)
        tally.example = failure.example;
}

std::vector<ReportModel::Failure> FailureRows::rows(const RunFacts &facts) const
{
    std::vector<ReportModel::Failure> rows;
    rows.reserve(m_tallies.size());
    for (const auto &[key, tally] : m_tallies) {
        const auto &[step, kind, status, message] = key;
        const bool isKnown = step.isValid() && step.at() < facts.steps.size();
        rows.push_back({isKnown ? facts.steps[step.at()].name : QString(), kind, status, message, tally.count,
                        tally.firstSecond, tally.lastSecond, tally.example});
    }
    // Stable: equal counts keep the order of the keys.
    std::ranges::stable_sort(rows, std::ranges::greater(), &ReportModel::Failure::count);
    return rows;
}

} // namespace Headroom
