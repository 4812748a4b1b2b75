// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/knee.h"

namespace Headroom {

std::optional<Knee> kneeOf(std::span<const CurvePoint> points)
{
    constexpr std::size_t kFewestPoints = 4;
    constexpr double kClearly = 0.2; // of the whole height
    if (points.size() < kFewestPoints)
        return std::nullopt;
    const CurvePoint &first = points.front();
    const CurvePoint &last = points.back();
    if (last.x <= first.x || last.y <= first.y)
        return std::nullopt;
    const CurvePoint *farthest = nullptr;
    double distance = kClearly;
    for (const CurvePoint &point : points) {
        const double below = (point.x - first.x) / (last.x - first.x) - (point.y - first.y) / (last.y - first.y);
        if (below > distance) {
            distance = below;
            farthest = &point;
        }
    }
    return farthest ? std::optional(Knee{farthest->x, farthest->y, first.x, last.x}) : std::nullopt;
}

} // namespace Headroom
