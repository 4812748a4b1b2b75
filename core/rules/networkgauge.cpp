// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/networkgauge.h"

#include "core/stats/confidence.h"
#include "core/stats/histogramcodec.h"

namespace Headroom {

namespace {

using enum Rule::Metric;
using Part = Rule::NetworkPart;

const QByteArray &timesOf(Part part, const MetricsFrame &frame)
{
    switch (part) {
    case Part::FirstByte:
        return frame.firstByteTimes;
    case Part::Resolve:
        return frame.openings[OpeningPart::Resolve];
    case Part::Connect:
        return frame.openings[OpeningPart::Connect];
    case Part::Tls:
        return frame.openings[OpeningPart::Tls];
    }
    Q_UNREACHABLE_RETURN(frame.firstByteTimes);
}

QString nothingOf(Part part)
{
    switch (part) {
    case Part::FirstByte:
        return QStringLiteral("no answered requests in its window");
    case Part::Resolve:
        return QStringLiteral("no name was looked up in its window");
    case Part::Connect:
        return QStringLiteral("no connection was opened in its window");
    case Part::Tls:
        return QStringLiteral("no TLS handshake in its window");
    }
    Q_UNREACHABLE_RETURN({});
}

double inMs(double nanoseconds) { return nanoseconds / 1e6; }

std::optional<double> inMs(std::optional<Nanoseconds> duration)
{
    return duration.transform([](Nanoseconds d) { return inMs(double(d.count())); });
}

} // namespace

/// Damaged histograms are left out: whoever reads frames from a file has refused them before.
void NetworkGauge::add(const MetricsFrame &frame)
{
    const LoadPiece piece = m_pieces.pieceOf(frame, *m_facts);
    if (!isInWindow(frame))
        return;
    m_span.add(frame);
    const auto second = decodeHistogram(timesOf(m_rule.part, frame));
    if (!second)
        return;
    m_times.merge(*second);
    m_spread.add(frame.second, coarseCountsOf(*second), piece);
}

RuleMeasure NetworkGauge::measure() const
{
    if (m_times.isEmpty())
        return RuleMeasure::none(nothingOf(m_rule.part));
    if (m_rule.metric == NetworkMin)
        return RuleMeasure::of(inMs(double(m_times.min().count())), m_times.count());
    if (m_rule.metric == NetworkMax)
        return RuleMeasure::of(inMs(double(m_times.max().count())), m_times.count());
    if (m_rule.metric == NetworkMean)
        return RuleMeasure::of(inMs(m_times.meanNanoseconds()), m_times.count());
    RuleMeasure measure =
        RuleMeasure::of(inMs(double(m_times.valueAtQuantile(m_rule.quantile).count())), m_times.count());
    measure.designEffect = m_spread.effect(m_rule.quantile);
    const Interval<Nanoseconds> interval = quantileInterval(m_times, m_rule.quantile, measure.designEffect);
    measure.low = inMs(interval.low);
    measure.high = inMs(interval.high);
    return measure;
}

} // namespace Headroom
