// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulemeasure.h"

#include "core/stats/confidence.h"

namespace Headroom {

namespace {

using enum Rule::Metric;

double inMs(double nanoseconds) { return nanoseconds / 1e6; }

std::optional<double> inMs(std::optional<Nanoseconds> duration)
{
    return duration.transform([](Nanoseconds d) { return inMs(double(d.count())); });
}

RuleMeasure latency(const Rule &rule, const StepTotals &totals)
{
    const HdrHistogram *histogram = totals.histogram(latencyKindOf(rule));
    if (!histogram || histogram->isEmpty()) {
        return RuleMeasure::none(totals.requests().requests == 0
                                     ? QStringLiteral("no requests in its window")
                                     : QStringLiteral("no answered requests in its window"));
    }
    RuleMeasure measure;
    measure.samples = histogram->count();
    if (rule.metric == Min) {
        measure.value = inMs(histogram->min());
    } else if (rule.metric == Max) {
        measure.value = inMs(histogram->max());
    } else if (rule.metric == Mean) {
        measure.value = inMs(histogram->meanNanoseconds());
    } else {
        measure.designEffect = totals.designEffect(rule);
        const Interval<Nanoseconds> interval = quantileInterval(*histogram, rule.quantile, measure.designEffect);
        measure.value = inMs(histogram->valueAtQuantile(rule.quantile));
        measure.low = inMs(interval.low);
        measure.high = inMs(interval.high);
    }
    return measure;
}

RuleMeasure share(const Rule &rule, const StepTotals &totals, const QString &whyMissing)
{
    const auto [hits, of] = shareCountsOf(rule, totals.counts());
    if (of == 0)
        return RuleMeasure::none(whyMissing);
    RuleMeasure measure = RuleMeasure::of(double(hits) / double(of), of);
    // More hits than trials is no proportion; frames from a file may say anything.
    if (hits <= of) {
        measure.designEffect = totals.designEffect(rule);
        const Interval<double> interval = shareInterval(hits, of, measure.designEffect);
        measure.low = interval.low;
        measure.high = interval.high;
    }
    return measure;
}

RuleMeasure achieved(const FlowCounts &iterations)
{
    if (iterations.planned == 0)
        return RuleMeasure::none(QStringLiteral("no arrivals were planned in its window"));
    return RuleMeasure::of(double(iterations.started) / double(iterations.planned), iterations.planned);
}

RuleMeasure throughput(const StepTotals &totals)
{
    const double seconds = double(totals.span().length.count()) / 1e9;
    if (seconds <= 0.0)
        return RuleMeasure::none(QStringLiteral("its window has no length"));
    const std::uint64_t requests = totals.requests().requests;
    return RuleMeasure::of(double(requests) / seconds, requests);
}

} // namespace

RuleMeasure RuleMeasure::of(double value, std::uint64_t samples)
{
    RuleMeasure measure;
    measure.value = value;
    measure.samples = samples;
    return measure;
}

RuleMeasure RuleMeasure::none(const QString &why)
{
    RuleMeasure measure;
    measure.missing = why;
    return measure;
}

RuleMeasure measureSteps(const Rule &rule, const StepTotals &totals)
{
    const RequestCounts &requests = totals.requests();
    switch (rule.metric) {
    case Errors:
    case Rejected:
    case Share:
        return share(rule, totals, QStringLiteral("no requests in its window"));
    case Dropped:
        return share(rule, totals, QStringLiteral("no arrivals were planned in its window"));
    case Late:
        return share(rule, totals, QStringLiteral("nothing was sent in its window"));
    case Achieved:
        return achieved(totals.iterations());
    case Count:
        return RuleMeasure::of(double(requests.requests), requests.requests);
    case Throughput:
        return throughput(totals);
    case BytesIn:
        return RuleMeasure::of(double(requests.bytesIn), requests.requests);
    case Headroom:
        return RuleMeasure::none(QStringLiteral("the limit was not searched for"));
    case BytesOut:
        return RuleMeasure::of(double(requests.bytesOut), requests.requests);
    default:
        return latency(rule, totals);
    }
}

} // namespace Headroom
