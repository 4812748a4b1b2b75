// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/seriesgroup.h"

namespace Headroom {

SeriesGroup groupOf(const RunFacts::Series &series)
{
    if (series.field == QLatin1String("threads") || series.field == QLatin1String("fds"))
        return SeriesGroup::Handles;
    if (series.field == QLatin1String("read_bytes") || series.field == QLatin1String("write_bytes"))
        return SeriesGroup::Traffic;
    if (series.field == QLatin1String("switches"))
        return SeriesGroup::Counters;
    if (series.unit == QLatin1String("bytes"))
        return SeriesGroup::Memory;
    if (series.unit == QLatin1String("percent"))
        return SeriesGroup::Cpu;
    return series.unit == QLatin1String("seconds") ? SeriesGroup::Times : SeriesGroup::Queues;
}

} // namespace Headroom
