// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/framelists.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace Headroom {

std::vector<FailureCount> mergedFailures(const std::vector<std::span<const FailureCount>> &lists)
{
    std::map<std::tuple<StepIndex, FailureKind, int, QString>, FailureCount> sums;
    for (const auto list : lists) {
        for (const FailureCount &failure : list) {
            const auto key = std::tuple(failure.step, failure.kind, failure.status, failure.message);
            const auto [sum, isFirst] = sums.try_emplace(key, failure);
            if (isFirst)
                continue;
            sum->second.count += failure.count;
            if (!sum->second.example)
                sum->second.example = failure.example; // one is enough, whoever had it
        }
    }
    std::vector<FailureCount> merged;
    merged.reserve(sums.size());
    for (auto &[key, sum] : sums)
        merged.push_back(std::move(sum));
    return merged;
}

std::vector<Exemplar> mergedExemplars(const std::vector<std::span<const Exemplar>> &lists)
{
    std::vector<Exemplar> all;
    for (const auto list : lists)
        all.insert(all.end(), list.begin(), list.end());
    std::ranges::stable_sort(
        all, {}, [](const Exemplar &one) { return std::pair(one.sample.step, -one.sample.responseTime()); });
    std::vector<Exemplar> merged;
    int ofStep = 0;
    for (Exemplar &one : all) {
        ofStep = !merged.empty() && merged.back().sample.step == one.sample.step ? ofStep + 1 : 1;
        if (ofStep <= Exemplar::kPerStep)
            merged.push_back(std::move(one));
    }
    return merged;
}

} // namespace Headroom
