// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlchart.h"

#include <algorithm>

namespace Headroom {

int sliceLength(std::span<const ReportModel::SeriesRow> rows, std::size_t points)
{
    if (rows.empty())
        return 1;
    const qint64 seconds = qint64(rows.back().second) - rows.front().second + 1;
    const qint64 most = std::max<qint64>(1, qint64(points));
    return int(std::max<qint64>(1, (seconds + most - 1) / most));
}

std::vector<HtmlSlice> slicesOf(std::span<const ReportModel::SeriesRow> rows, std::size_t points)
{
    std::vector<HtmlSlice> slices;
    const int length = sliceLength(rows, points);
    int last = -1;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const int first = rows.front().second;
        const int number = (rows[i].second - first) / length;
        if (number > last + 1)
            slices.push_back({first + (last + 1) * length, i, i});
        if (number != last)
            slices.push_back({first + number * length, i, i});
        slices.back().end = i + 1;
        last = number;
    }
    return slices;
}

} // namespace Headroom
