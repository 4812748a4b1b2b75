// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/sweepreport.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr double kNoise = 0.02; // two runs of the same plan differ by as much

bool isBetter(SweepReport::Figure figure, double a, double b)
{
    return figure == SweepReport::Figure::Throughput ? a > b : a < b;
}

/// Whether there is a figure, and enough samples for it.
bool isFirm(const SweepReport::Member &member, SweepReport::Figure figure)
{
    return member.figure(figure) && !member.hasFewSamples(figure);
}

} // namespace

const SweepReport::Member *SweepReport::best(Figure figure) const
{
    std::vector<const Member *> compared;
    for (const Member &member : members) {
        if (member.verdict.isValid && isFirm(member, figure))
            compared.push_back(&member);
    }
    if (compared.size() < 2)
        return nullptr;
    std::ranges::partial_sort(compared, compared.begin() + 2, [figure](const Member *a, const Member *b) {
        return isBetter(figure, *a->figure(figure), *b->figure(figure));
    });
    const double first = *compared[0]->figure(figure);
    const double second = *compared[1]->figure(figure);
    return std::abs(first - second) > kNoise * std::max(first, second) ? compared[0] : nullptr;
}

} // namespace Headroom
