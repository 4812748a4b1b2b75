// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/histogramsum.h"

#include "core/stats/histogramcodec.h"

#include <algorithm>

namespace Headroom {

Result<QByteArray> HistogramSum::of(const std::vector<QByteArray> &parts)
{
    const auto isUsed = [](const QByteArray &bytes) { return !bytes.isEmpty(); };
    const auto used = std::ranges::count_if(parts, isUsed);
    if (used <= 1)
        return used == 0 ? QByteArray() : *std::ranges::find_if(parts, isUsed);
    m_sum.reset();
    for (const QByteArray &bytes : parts) {
        if (const auto merged = mergeEncodedHistogram(bytes, m_sum); !merged)
            return std::unexpected(merged.error());
    }
    return encodeHistogram(m_sum);
}

} // namespace Headroom
