// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/limitwatch.h"

#include "core/metrics/connectionwords.h"
#include "core/stats/histogramcodec.h"

namespace Headroom {

namespace {

constexpr int kSecondsToTell = 3; // as many as can make a run not valid (LANGUAGE, section 6)

} // namespace

LimitWatch::LimitWatch(const RunFacts &facts)
    : m_classifier(facts)
    , m_wouldGainFromDirect(wouldGainFromDirect(facts))
{
}

std::optional<RunEvent> LimitWatch::add(const MetricsFrame &frame)
{
    classify(frame);
    m_limitedInRow = m_latest.by == LimitedBy::Generator ? m_limitedInRow + 1 : 0;
    if (m_hasTold || m_limitedInRow < kSecondsToTell)
        return std::nullopt;
    m_hasTold = true;
    const int first = frame.second - (kSecondsToTell - 1);
    const QString what =
        m_latest.hasLateSends ? QStringLiteral("its sends are late") : QStringLiteral("its event loops are late");
    const QString why = reasonOf(m_latest, m_wouldGainFromDirect);
    return RunEvent{first * Nanoseconds(1s), QStringLiteral("generator"),
                    QStringLiteral("from second %1 on the generator is the limit: %2%3")
                        .arg(first)
                        .arg(what, why.isEmpty() ? QString() : QStringLiteral("; ") + why)};
}

void LimitWatch::classify(const MetricsFrame &frame)
{
    // The histograms were made by our own workers, or were refused before: none is damaged.
    m_second.reset();
    for (std::size_t step = 0; step < frame.steps.size(); ++step) {
        const QByteArray &times = frame.steps[step].histograms[std::size_t(LatencyKind::Service)];
        if (times.isEmpty())
            continue;
        m_step.reset();
        (void)mergeEncodedHistogram(times, m_step);
        m_classifier.addStep(step, m_step);
        m_second.merge(m_step);
    }
    if (!m_second.isEmpty())
        m_medianService = m_second.valueAtQuantile(0.5);
    m_step.reset();
    if (!frame.loopLag.isEmpty())
        (void)mergeEncodedHistogram(frame.loopLag, m_step);
    m_latest = m_classifier.add(frame, m_step, m_medianService);
}

QString reasonOf(const SecondLimit &limit, bool wouldGainFromDirect)
{
    if (limit.isOutOfDescriptors)
        return QStringLiteral("nearly all descriptors that it may have are open (ulimit -n raises the limit)");
    if (limit.isBusy && wouldGainFromDirect)
        return QStringLiteral("its own work takes all it has; a lower rate, more workers or transport: direct would help");
    if (limit.isBusy)
        return QStringLiteral("its own work takes all it has; a lower rate or more workers would help");
    if (limit.isRobbed && limit.hasMuchWork && wouldGainFromDirect)
        return QStringLiteral(
            "other programs took the processor; a machine of its own, a lower rate or transport: direct would help");
    if (limit.isRobbed)
        return QStringLiteral("other programs took the processor; a machine of its own would help");
    return {};
}

} // namespace Headroom
