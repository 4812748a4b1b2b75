// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionverifier.h"

#include "core/session/framerowsreader.h"
#include "core/session/minuterows.h"
#include "core/session/samplecheck.h"
#include "core/session/samplerows.h"
#include "core/session/sessiondigest.h"

#include <algorithm>
#include <limits>

namespace Headroom {

namespace {

/// Exactly: histograms by what they hold, since their bytes may differ by the version of zlib.
bool isSame(const LatencySet &merged, const EncodedLatencySet &stored)
{
    LatencySet read;
    return mergeInto(read, stored) && read.counts == merged.counts && read.histograms == merged.histograms;
}

bool isMinuteSame(int minute, MinuteMerger &merger, const std::vector<StepRowsReader::Row> &stored)
{
    merger.begin(minute);
    for (const StepRowsReader::Row &row : stored)
        if (merger.next() != row.step || !isSame(merger.merged(), row.set))
            return false;
    return !merger.next();
}

/// The samples of a second, taken in step with the frames.
class SampleChecker
{
public:
    SampleChecker(Database &database, const RunFacts &facts)
        : m_database(database)
        , m_facts(facts)
        , m_rows(database, facts)
        , m_next(m_rows.next())
    {
    }
    void check(const MetricsFrame &frame)
    {
        if (!m_next || m_next->second > frame.second)
            return;
        if (m_next->second < frame.second)
            return expectEnd();
        if (const QString difference = differenceOf(*m_next, frame, m_facts); !difference.isEmpty())
            m_database.failDamaged(QStringLiteral("second %1: %2").arg(frame.second).arg(difference));
        m_next = m_rows.next();
    }
    void expectEnd()
    {
        if (m_next)
            m_database.failDamaged(QStringLiteral("raw samples belong to no second"));
    }

private:
    Database &m_database;
    const RunFacts &m_facts;
    SampleRowsReader m_rows;
    std::optional<SecondSamples> m_next;
};

} // namespace

SessionVerifier::SessionVerifier(Database &database, const Opened &opened, const std::function<void(double)> &progress)
    : m_database(database)
    , m_opened(opened)
    , m_progress(progress)
    , m_whole(std::max(1.0, 2.0 * opened.frames + double(opened.attachments.size())))
{
}

void SessionVerifier::verify()
{
    for (const auto part : {&SessionVerifier::checkPages, &SessionVerifier::checkFrames, &SessionVerifier::checkMinutes,
                            &SessionVerifier::checkAttachments}) {
        m_database.renewAllowance();
        if (m_database.isOk())
            (this->*part)();
    }
}

void SessionVerifier::checkPages()
{
    const QString verdict = m_database.textOf("PRAGMA quick_check(1)");
    if (m_database.isOk() && verdict != QLatin1String("ok"))
        m_database.failDamaged(verdict.simplified());
}

void SessionVerifier::checkFrames()
{
    FrameRowsReader rows(m_database, m_opened.facts, 0, std::numeric_limits<int>::max());
    SampleChecker samples(m_database, m_opened.facts);
    QByteArray digest = m_opened.headDigest;
    while (const auto stored = rows.next()) {
        digest = digestOf(digest, *stored->frame);
        if (stored->digest != digest)
            return m_database.failDamaged(
                QStringLiteral("second %1 does not fit its digest").arg(stored->frame->second));
        samples.check(*stored->frame);
        advance(1);
    }
    samples.expectEnd();
}

void SessionVerifier::checkMinutes()
{
    MinuteMerger merger(m_database, m_opened.facts.steps.size());
    MinuteRowsReader reader(m_database, m_opened.facts, 0);
    Statement second(m_database, "SELECT second FROM frames ORDER BY second");
    for (int before = -1; second.next();) {
        const int minute = second.takeInt() / kMinuteSeconds;
        if (minute <= before || !isMinuteMerged(minute, m_opened.lastSecond))
            continue;
        before = minute;
        if (!isMinuteSame(minute, merger, reader.read(minute)))
            return m_database.failDamaged(
                QStringLiteral("the merged minute %1 is not what its seconds give").arg(minute));
        advance(kMinuteSeconds);
    }
    if (m_database.isOk())
        reader.expectEnd();
}

void SessionVerifier::checkAttachments()
{
    checkAttachmentParts(m_database, m_opened.attachments);
    for (std::size_t i = 0; i < m_opened.attachments.size() && m_database.isOk(); ++i) {
        readAttachment(m_database, i, m_opened.attachments[i]);
        m_database.renewAllowance();
        advance(1);
    }
}

void SessionVerifier::advance(int work)
{
    m_done += work;
    if (m_progress)
        m_progress(std::min(1.0, m_done / m_whole));
}

} // namespace Headroom
