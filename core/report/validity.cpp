// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/validity.h"

#include "core/base/humanformat.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr double kToleratedShare = 0.05; // LANGUAGE, section 6: of the sends of a second, and of the seconds of a run
constexpr int kFewestLimitedSeconds = 3; // LANGUAGE, section 6
constexpr double kHighCpuShare = 0.8; // the load that k6's manual warns at
constexpr int kFewMeasuredSeconds = 10;

bool isTooMany(int seconds, int of) { return seconds >= kFewestLimitedSeconds && seconds > kToleratedShare * of; }

QString counted(std::uint64_t count, const char *noun)
{
    return formatCount(count) + QLatin1Char(' ') + QLatin1String(noun) + (count == 1 ? QString() : QStringLiteral("s"));
}

QString ofSeconds(int count, int of)
{
    return QStringLiteral("%1 of %2 measured seconds (%3)").arg(count).arg(of).arg(formatShare(double(count) / of));
}

void warnOfGaps(const ReportModel &model, std::vector<QString> &warnings)
{
    int next = 0;
    int missing = 0;
    for (const ReportModel::SeriesRow &row : model.series) {
        missing += std::max(0, row.second - next);
        next = row.second + 1;
    }
    if (missing > 0)
        warnings.push_back(QStringLiteral("The session lacks %1").arg(counted(std::uint64_t(missing), "second")));
}

void warnOfLostLoad(const ReportModel &model, std::vector<QString> &warnings)
{
    const FlowCounts &counts = model.measured.iterations;
    if (counts.dropped > 0) {
        const double share = double(counts.dropped) / double(std::max(counts.planned, counts.dropped));
        warnings.push_back(
            QStringLiteral("All users were taken, so %1 (%2) had to be dropped; give the scenario more users")
                .arg(counted(counts.dropped, "planned iteration"), formatShare(share)));
    }
    if (model.ending && model.ending->unfinished > 0)
        warnings.push_back(QStringLiteral("%1 had not finished at the end; recorded as aborted")
                               .arg(counted(model.ending->unfinished, "request")));
    std::uint64_t clamped = 0;
    for (const HdrHistogram &histogram : model.totals.latencies.histograms)
        clamped += histogram.clamped();
    if (clamped > 0)
        warnings.push_back(
            QStringLiteral("The session holds %1 outside 1 µs to 1 h, which count as the nearer of the two")
                .arg(counted(clamped, "time")));
}

} // namespace

void ValidityJudge::add(const MetricsFrame &frame, const HdrHistogram &loopLag, Nanoseconds medianService)
{
    const Nanoseconds limit = std::max<Nanoseconds>(1ms, medianService / 10);
    const bool hasLateSends = double(frame.lateSends) > kToleratedShare * double(frame.sends);
    const bool hasLateLoops = loopLag.valueAtQuantile(0.99) > limit;
    const double seconds = std::chrono::duration<double>(frame.length).count();
    ++m_measured;
    m_lateSends += hasLateSends;
    m_lateLoops += hasLateLoops;
    m_limited += hasLateSends || hasLateLoops;
    m_busy += frame.workerCpuSeconds > kHighCpuShare * seconds * m_workers;
}

Validity ValidityJudge::judge(const ReportModel &model) const
{
    Validity validity;
    validity.measuredSeconds = m_measured;
    validity.generatorLimitedSeconds = m_limited;
    validity.isValid = !isTooMany(m_limited, m_measured);
    if (!validity.isValid) {
        validity.reasons.push_back(
            QStringLiteral(
                "The generator itself was late in %1: in %2 more than 5 % of the sends, in %3 its event loops; "
                "its times say more about it than about the target. Lower the rate or the number of users, or "
                "give the generator a machine of its own")
                .arg(ofSeconds(m_limited, m_measured))
                .arg(m_lateSends)
                .arg(m_lateLoops));
    } else if (m_limited > 0) {
        validity.warnings.push_back(
            QStringLiteral("The generator itself was late in %1; the highest times may be its own")
                .arg(ofSeconds(m_limited, m_measured)));
    }
    if (isTooMany(m_busy, m_measured))
        validity.warnings.push_back(
            QStringLiteral(
                "The workers used more than 80 % of their processors in %1; use more workers or a lower rate")
                .arg(ofSeconds(m_busy, m_measured)));
    if (m_measured < kFewMeasuredSeconds)
        validity.warnings.push_back(QStringLiteral("Only %1 measured: too short to judge a service by; run longer")
                                        .arg(counted(std::uint64_t(m_measured), "second")));
    warnOfLostLoad(model, validity.warnings);
    warnOfGaps(model, validity.warnings);
    return validity;
}

} // namespace Headroom
