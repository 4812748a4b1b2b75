// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/validity.h"

#include "core/base/humanformat.h"
#include "core/metrics/connectionwords.h"

#include <QStringList>

#include <algorithm>

namespace Headroom {

namespace {

constexpr double kToleratedShare = 0.05; // LANGUAGE, section 6: of the sends of a second, and of the seconds of a run
constexpr int kFewestLimitedSeconds = 3; // LANGUAGE, section 6
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

/// What would help a generator that has too much to do, as one list.
QString oneOf(QStringList helps, const RunFacts &facts)
{
    if (wouldGainFromDirect(facts))
        helps << directAdvice();
    const QString last = helps.takeLast();
    return helps.join(QLatin1String(", ")) + QStringLiteral(", or ") + last;
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

void ValidityJudge::add(const SecondLimit &limit)
{
    ++m_measured;
    ++m_limited[std::size_t(limit.by)];
    m_busy += limit.isBusy;
    if (limit.by != LimitedBy::Generator)
        return;
    m_lateSends += limit.hasLateSends;
    m_lateLoops += limit.hasLateLoops;
    m_robbedOfThem += limit.isRobbed;
    m_busyOfThem += limit.isBusy;
    m_muchWorkOfThem += limit.hasMuchWork;
    m_descriptorsOfThem += limit.isOutOfDescriptors;
}

/// What was late, and why.
QString ValidityJudge::ofGenerator() const
{
    QStringList parts{QStringLiteral("in %1 of them more than 5 % of the sends").arg(m_lateSends),
                      QStringLiteral("in %1 its event loops").arg(m_lateLoops)};
    if (m_robbedOfThem > 0)
        parts += QStringLiteral("in %1 other programs took the processor").arg(m_robbedOfThem);
    if (m_busyOfThem > 0)
        parts += QStringLiteral("in %1 its own work took all it has").arg(m_busyOfThem);
    if (m_descriptorsOfThem > 0)
        parts += QStringLiteral("in %1 nearly all descriptors that it may have were open").arg(m_descriptorsOfThem);
    return parts.join(QLatin1String(", "));
}

/// Whether it would be late less if it had less work of its own.
bool ValidityJudge::wouldLessWorkHelp() const
{
    return m_busyOfThem > 0 || isTooMany(m_muchWorkOfThem, m_measured) || isTooMany(m_busy, m_measured);
}

/// What would change what is seen most often.
QString ValidityJudge::help(const RunFacts &facts) const
{
    if (m_descriptorsOfThem > 0)
        return QStringLiteral("Raise the limit of open files (ulimit -n) or lower the number of users");
    if (m_busyOfThem > m_robbedOfThem)
        return oneOf({QStringLiteral("Lower the rate or the number of users"),
                      QStringLiteral("use more workers on a machine with more processors")},
                     facts);
    if (m_robbedOfThem > 0 && wouldLessWorkHelp())
        return oneOf({QStringLiteral("Give the generator a machine of its own, or at least processors of its own"),
                      QStringLiteral("lower the rate")},
                     facts);
    if (m_robbedOfThem > 0)
        return QStringLiteral("Give the generator a machine of its own, or at least processors of its own");
    return QStringLiteral("Lower the rate or the number of users, or give the generator a machine of its own");
}

Validity ValidityJudge::judge(const ReportModel &model) const
{
    const int limited = m_limited[std::size_t(LimitedBy::Generator)];
    Validity validity;
    validity.measuredSeconds = m_measured;
    validity.generatorLimitedSeconds = limited;
    validity.limitedSeconds = m_limited;
    validity.isValid = !isTooMany(limited, m_measured);
    if (!validity.isValid) {
        validity.reasons.push_back(
            QStringLiteral("The generator itself was late in %1: %2; its times say more about it "
                           "than about the target. %3")
                .arg(ofSeconds(limited, m_measured), ofGenerator(), help(model.head.facts)));
    } else if (limited > 0) {
        validity.warnings.push_back(QStringLiteral("The generator itself was late in %1: %2; the highest times may be "
                                                   "its own")
                                        .arg(ofSeconds(limited, m_measured), ofGenerator()));
    }
    if (isTooMany(m_busy, m_measured))
        validity.warnings.push_back(
            QStringLiteral(
                "The generator used more than 80 % of what its busiest thread can do in %1; %2")
                .arg(ofSeconds(m_busy, m_measured),
                     oneOf({QStringLiteral("use more workers"), QStringLiteral("a lower rate")}, model.head.facts)));
    if (m_measured < kFewMeasuredSeconds)
        validity.warnings.push_back(QStringLiteral("Only %1 measured: too short to judge a service by; run longer")
                                        .arg(counted(std::uint64_t(m_measured), "second")));
    validity.wouldGainFromDirect = wouldGainFromDirect(model.head.facts) && wouldLessWorkHelp();
    for (const QString &caution : connectionCautions(model.head.facts))
        validity.warnings.push_back(caution);
    warnOfLostLoad(model, validity.warnings);
    warnOfGaps(model, validity.warnings);
    return validity;
}

} // namespace Headroom
