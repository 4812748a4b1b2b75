// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/slowestrows.h"

#include "core/base/humanformat.h"

#include <algorithm>

namespace Headroom {

namespace {

void sortBySlowness(auto &requests, auto sampleOf)
{
    std::ranges::stable_sort(requests, [sampleOf](const auto &a, const auto &b) {
        const RawSample &left = sampleOf(a);
        const RawSample &right = sampleOf(b);
        return left.responseTime() != right.responseTime() ? left.responseTime() > right.responseTime()
                                                           : left.planned < right.planned;
    });
}

QString keptText(const ReportModel::Samples &samples, const char *what)
{
    return QStringLiteral("%1 of %2 %3 were kept whole")
        .arg(formatCount(samples.kept), formatCount(samples.candidates), QLatin1String(what));
}

} // namespace

void SlowestRows::add(const MetricsFrame &frame)
{
    if (!frame.isMeasured)
        return;
    for (const Exemplar &exemplar : frame.exemplars) {
        std::vector<Exemplar> &ofStep = m_slowest[exemplar.sample.step];
        ofStep.push_back(exemplar);
        sortBySlowness(ofStep, [](const Exemplar &one) -> const RawSample & { return one.sample; });
        if (ofStep.size() > kOfAStep)
            ofStep.pop_back();
    }
}

std::vector<ReportModel::SlowRequest> SlowestRows::rows(const RunFacts &facts) const
{
    std::vector<ReportModel::SlowRequest> rows;
    for (const auto &[step, exemplars] : m_slowest) {
        if (!step.isValid() || step.at() >= facts.steps.size())
            continue;
        for (const Exemplar &exemplar : exemplars)
            rows.push_back({facts.steps[step.at()].name, exemplar});
    }
    sortBySlowness(rows, [](const ReportModel::SlowRequest &row) -> const RawSample & { return row.exchange.sample; });
    rows.resize(std::min(rows.size(), kMost));
    return rows;
}

Nanoseconds transferTime(const RawSample &sample)
{
    return std::max<Nanoseconds>(0ns, sample.finished - sample.firstByte);
}

QString samplesText(const ReportModel &model)
{
    if (!model.samples)
        return {};
    const ReportModel::Samples &samples = *model.samples;
    const bool isWhole = samples.kept == samples.candidates;
    switch (samples.keeping) {
    case SampleKeeping::All:
        return isWhole
            ? keptText(samples, "requests")
            : keptText(samples, "requests") + QStringLiteral(": all of some seconds, a uniform sample of the others");
    case SampleKeeping::Errors:
        return keptText(samples, "errors and rejections");
    case SampleKeeping::Sample:
        return keptText(samples, "requests")
            + QStringLiteral(": a uniform sample, at most %1 of each second").arg(kSampledPerSecond);
    case SampleKeeping::Off:
        break;
    }
    return QStringLiteral("no request was kept whole, as record.samples is off");
}

} // namespace Headroom
