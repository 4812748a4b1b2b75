// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmltimes.h"

#include "core/base/humanformat.h"

namespace Headroom {

namespace {

/// `quantileCell` makes the cell of one percentile.
template <typename QuantileCell>
std::vector<Html> timesRow(const Html &name, const HdrHistogram &times, QuantileCell quantileCell)
{
    return {name,
            countHtml(times.count()),
            timeOf(times, times.min()),
            times.isEmpty() ? timeOf(times, {})
                            : numberHtml(jsonMilliseconds(times.meanNanoseconds() / 1e6),
                                         formatDuration(Nanoseconds(qint64(times.meanNanoseconds())))),
            quantileCell(0.50),
            quantileCell(0.75),
            quantileCell(0.90),
            quantileCell(0.95),
            quantileCell(0.99),
            quantileCell(0.999),
            timeOf(times, times.max())};
}

} // namespace

HtmlTable timesTable(const char *id, const char *rowsAre)
{
    return HtmlTable(id,
                     {{rowsAre, false},
                      {"Count"},
                      {"Min"},
                      {"Mean"},
                      {"p50"},
                      {"p75"},
                      {"p90"},
                      {"p95"},
                      {"p99"},
                      {"p99.9"},
                      {"Max"}});
}

std::vector<Html> lagRow(const char *name, const HdrHistogram &lag)
{
    return timesRow(Html::text(QString::fromUtf8(name)), lag,
                    [&](double quantile) { return quantileHtml(lag, quantile); });
}

std::vector<Html> estimatedRow(const QString &name, const HdrHistogram &times,
                               const std::function<Interval<Nanoseconds>(double)> &intervalOf)
{
    const auto isShown = [](double quantile) { return quantile == 0.50 || quantile == 0.95 || quantile == 0.99; };
    return timesRow(Html::text(name), times, [&](double quantile) {
        Interval<Nanoseconds> interval = intervalOf(quantile);
        if (!isShown(quantile))
            interval.low.reset();
        if (!isShown(quantile) && interval.high) // what its mark needs, and no more
            return timeOf(times, times.valueAtQuantile(quantile));
        return quantileHtml(times, quantile, interval);
    });
}

} // namespace Headroom
