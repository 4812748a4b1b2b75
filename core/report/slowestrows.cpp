// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/slowestrows.h"

#include "core/base/humanformat.h"

#include <algorithm>

namespace Headroom {

namespace {

bool isBefore(const Exemplar &a, const Exemplar &b)
{
    const Nanoseconds left = a.sample.responseTime();
    const Nanoseconds right = b.sample.responseTime();
    return left != right ? left > right : a.sample.planned < b.sample.planned;
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
        if (m_slowest.size() == kMost && !isBefore(exemplar, m_slowest.back()))
            continue;
        m_slowest.insert(std::ranges::upper_bound(m_slowest, exemplar, isBefore), exemplar);
        m_slowest.resize(std::min(m_slowest.size(), kMost));
    }
}

std::vector<ReportModel::SlowRequest> SlowestRows::rows(const RunFacts &facts) const
{
    std::vector<ReportModel::SlowRequest> rows;
    for (const Exemplar &exemplar : m_slowest) {
        const StepIndex step = exemplar.sample.step;
        if (step.isValid() && step.at() < facts.steps.size())
            rows.push_back({facts.steps[step.at()].name, exemplar});
    }
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
