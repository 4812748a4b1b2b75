// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/samplecheck.h"

#include "core/stats/histogramcodec.h"
#include "core/stats/samplerecorder.h"
#include "core/stats/samplereservoir.h"

#include <algorithm>
#include <span>

namespace Headroom {

namespace {

/// One step at a time is recorded, so that a recorder for one is enough.
Sample ofOnlyStep(const RawSample &raw)
{
    Sample sample = sampleOf(raw, SteadyTime());
    sample.step = StepIndex{0};
    return sample;
}

/// The encoding may differ, by the version of zlib.
bool isSame(const QByteArray &a, const QByteArray &b)
{
    if (a == b)
        return true;
    const auto left = decodeHistogram(a);
    const auto right = decodeHistogram(b);
    return left && right && *left == *right;
}

bool isSameOfErrors(const RequestCounts &a, const RequestCounts &b)
{
    return a.rejected == b.rejected && a.errors == b.errors && a.censored == b.censored && a.byFailure == b.byFailure;
}

bool isSame(const EncodedLatencySet &recorded, const EncodedLatencySet &stored, bool areOnlyErrors)
{
    const auto isSameKind = [&](LatencyKind kind) {
        return isSame(recorded.histograms[std::size_t(kind)], stored.histograms[std::size_t(kind)]);
    };
    if (!isSameKind(LatencyKind::Rejected) || !isSameKind(LatencyKind::Failed))
        return false;
    if (areOnlyErrors)
        return isSameOfErrors(recorded.counts, stored.counts);
    RequestCounts counts = recorded.counts;
    counts.redirects = stored.counts.redirects; // a raw sample does not tell
    return isSameKind(LatencyKind::Response) && isSameKind(LatencyKind::Service) && counts == stored.counts;
}

bool contradictsItself(const RawSample &sample)
{
    return (sample.outcome == Outcome::Error) != (sample.failure != FailureKind::None);
}

} // namespace

QString differenceOf(const SecondSamples &samples, const MetricsFrame &frame, const RunFacts &facts)
{
    if (std::ranges::any_of(samples.kept, contradictsItself))
        return QStringLiteral("a raw sample is an error without a kind, or a kind without an error");
    if (!samples.isWhole())
        return {};
    std::vector<RawSample> byStep = samples.kept;
    std::ranges::stable_sort(byStep, {}, &RawSample::step);
    SampleRecorder recorder(1);
    IntervalSnapshot recorded;
    for (std::size_t step = 0, next = 0; step < frame.steps.size(); ++step) {
        for (; next < byStep.size() && byStep[next].step.at() == step; ++next)
            recorder.record(ofOnlyStep(byStep[next]));
        recorder.takeInterval(recorded);
        if (!isSame(recorded.steps[0], frame.steps[step], facts.sampleKeeping == SampleKeeping::Errors))
            return QStringLiteral("the raw samples of step %1 do not give its counts and times")
                .arg(facts.steps[step].name);
    }
    return {};
}

} // namespace Headroom
