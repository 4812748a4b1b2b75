// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/networkfigures.h"

#include "core/base/humanformat.h"
#include "core/stats/histogramcodec.h"

#include <QStringList>

namespace Headroom {

namespace {

void addTo(FirstByteTimes &window, const HdrHistogram &times, int second, const std::vector<CoarseCount> &coarse,
           LoadPiece piece)
{
    window.times.merge(times);
    window.spread.add(second, coarse, piece);
}

QString quantileText(const FirstByteTimes &window, const char *name, double quantile)
{
    const bool hasFew = !window.interval(quantile).high;
    return QStringLiteral("%1 %2%3").arg(QLatin1String(name), formatDuration(window.times.valueAtQuantile(quantile)),
                                         QLatin1String(hasFew ? "*" : ""));
}

/// "connect p50 0.1 ms, p99 0.4 ms"; of one alone there is nothing but its time.
QString partText(const char *name, const HdrHistogram &times)
{
    const QString what = QString::fromUtf8(name) + QLatin1Char(' ');
    if (times.count() == 1)
        return what + formatDuration(times.max());
    return what
        + QStringLiteral("p50 %1, p99 %2")
              .arg(formatDuration(times.valueAtQuantile(0.50)), formatDuration(times.valueAtQuantile(0.99)));
}

} // namespace

Interval<Nanoseconds> FirstByteTimes::interval(double quantile) const
{
    return quantileInterval(times, quantile, spread.effect(quantile));
}

NetworkFigures::NetworkFigures(const RunFacts &facts)
{
    if (facts.tellsOpenings())
        openings.emplace();
}

Result<void> NetworkFigures::add(const MetricsFrame &frame, LoadPiece piece)
{
    secondsFirstByte.reset();
    if (auto merged = mergeEncodedHistogram(frame.firstByteTimes, secondsFirstByte); !merged)
        return merged;
    const std::vector<CoarseCount> coarse = coarseCountsOf(secondsFirstByte);
    addTo(firstByte, secondsFirstByte, frame.second, coarse, piece);
    if (frame.isMeasured)
        addTo(measuredFirstByte, secondsFirstByte, frame.second, coarse, piece);
    return openings ? openings->merge(frame.openings) : Result<void>();
}

QString firstByteText(const NetworkFigures &figures)
{
    const FirstByteTimes &window = figures.measuredFirstByte;
    if (window.times.isEmpty())
        return {};
    return QStringLiteral("First byte: %1, %2, %3 after the send.")
        .arg(quantileText(window, "p50", 0.50), quantileText(window, "p95", 0.95), quantileText(window, "p99", 0.99));
}

QString openingsText(const NetworkFigures &figures)
{
    if (!figures.openings)
        return {};
    const OpeningSet &openings = *figures.openings;
    QString opened = QStringLiteral("Connections: %1 opened").arg(formatCount(openings.opened()));
    if (openings.resumed() > 0)
        opened += QStringLiteral(", %1 of them with an earlier TLS session").arg(formatCount(openings.resumed()));
    QStringList parts{opened};
    for (const auto &[name, part] : {std::pair("look-up", OpeningPart::Resolve),
                                     std::pair("connect", OpeningPart::Connect), std::pair("TLS", OpeningPart::Tls)}) {
        if (!openings[part].isEmpty())
            parts += partText(name, openings[part]);
    }
    return parts.join(QStringLiteral("; ")) + QLatin1Char('.');
}

} // namespace Headroom
