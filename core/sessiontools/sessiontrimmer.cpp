// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/sessiontrimmer.h"

#include "core/base/humanformat.h"
#include "core/session/cutfrom.h"
#include "core/session/sessionreader.h"
#include "core/sessiontools/lateevents.h"
#include "core/sessiontools/moved.h"
#include "core/sessiontools/newsession.h"
#include "core/sessiontools/recordings.h"
#include "core/sessiontools/sourceseconds.h"

#include <QFileInfo>

#include <algorithm>

namespace Headroom {

namespace {

std::unexpected<Error> refused(const QString &why, const QString &path)
{
    return failure(Error::Code::InvalidInput, why, path);
}

QString elapsed(int second) { return formatElapsed(std::chrono::seconds(second)); }

Result<std::vector<bool>> usedStages(const SessionReader &session, SecondRange range)
{
    std::vector<bool> isUsed(session.facts()->stages.size(), false);
    const auto read = session.forEachFrame(range.from, range.to, [&](const FramePtr &frame) {
        if (frame->stage.isValid() && frame->stage.at() < isUsed.size())
            isUsed[frame->stage.at()] = true;
        return true;
    });
    return read.transform([&] { return isUsed; });
}

RunFacts::Stage clipped(const RunFacts::Stage &stage, SecondRange range)
{
    const Nanoseconds first = std::chrono::seconds(range.from);
    const Nanoseconds last = std::chrono::seconds(range.to);
    const Nanoseconds start = std::clamp(stage.start, first, last);
    const Nanoseconds end = std::clamp(stage.start + stage.length, first, last);
    const auto loadAt = [&](Nanoseconds time) {
        const double share =
            stage.length > 0ns ? double((time - stage.start).count()) / double(stage.length.count()) : 1.0;
        return stage.from + (stage.to - stage.from) * std::clamp(share, 0.0, 1.0);
    };
    return {stage.name, start - first, end - start, loadAt(start), loadAt(end), stage.isWarmUp};
}

/// One cut, on its way from the one session into the other.
class Trimming
{
public:
    /// `words`: what it is cut from.
    Trimming(const SessionReader &session, SecondRange range, const QString &words, std::vector<bool> isUsed,
             LateEvents late)
        : m_session(session)
        , m_range(range)
        , m_words(words)
        , m_isUsed(std::move(isUsed))
        , m_late(std::move(late))
    {
    }
    SessionHead head() const;
    Result<void> write(SessionWriter &writer, const std::function<void(double)> &progress);
    Result<void> writeEvents(SessionWriter &writer);
    Result<void> writeAttachments(SessionWriter &writer) const;

private:
    MetricsFrame cut(const MetricsFrame &frame) const;
    std::chrono::seconds back() const { return std::chrono::seconds(-m_range.from); }

    const SessionReader &m_session;
    const SecondRange m_range;
    const QString m_words;
    const std::vector<bool> m_isUsed;
    LateEvents m_late;
};

SessionHead Trimming::head() const
{
    SessionHead head = m_session.head();
    head.facts = trimmed(head.facts, m_isUsed, m_range);
    head.startedAtMs += qint64(m_range.from) * 1000;
    setRecordings(head, recordingsOf(m_session));
    head.environment.emplace_back(kCutFrom, m_words);
    return head;
}

MetricsFrame Trimming::cut(const MetricsFrame &frame) const
{
    MetricsFrame there = moved(frame, back());
    std::erase_if(there.batches, [](const BatchResult &batch) { return batch.start < 0ns; });
    std::erase_if(there.actions, [](const ActionDone &action) { return action.at < 0ns; });
    if (there.stage.isValid())
        there.stage.value = std::int32_t(std::count(m_isUsed.begin(), m_isUsed.begin() + there.stage.value, true));
    return there;
}

Result<void> Trimming::write(SessionWriter &writer, const std::function<void(double)> &progress)
{
    SourceSeconds seconds(m_session);
    for (int second = m_range.from; second < m_range.to; ++second) {
        if (progress)
            progress(double(second - m_range.from) / m_range.count());
        const auto source = seconds.take(second);
        if (!source)
            return std::unexpected(source.error());
        m_late.takeOut(*source->frame);
        const auto samples = source->samples ? std::optional(moved(*source->samples, back())) : std::nullopt;
        if (const auto written = writer.append(cut(*source->frame), samples ? &*samples : nullptr); !written)
            return written;
    }
    return {};
}

Result<void> Trimming::writeEvents(SessionWriter &writer)
{
    const bool isFromStart = m_range.from == 0; // then also what was before it
    const bool isToEnd = m_range.to == m_session.frameCount();
    Result<void> written =
        writer.append(RunEvent{0ns, QStringLiteral("note"), kCutFrom + QLatin1Char(' ') + m_words});
    for (const RunEvent &event : m_late.left()) {
        const bool isBefore = !isFromStart && event.at < std::chrono::seconds(m_range.from);
        const bool isBehind = !isToEnd && event.at >= std::chrono::seconds(m_range.to);
        if (!isBefore && !isBehind && written)
            written = writer.append(moved(event, back()));
    }
    return written;
}

Result<void> Trimming::writeAttachments(SessionWriter &writer) const
{
    for (std::size_t i = 0; i < m_session.attachments().size(); ++i) {
        auto attachment = m_session.attachment(i);
        if (!attachment)
            return std::unexpected(attachment.error());
        attachment->at = std::max<Nanoseconds>(0ns, attachment->at + back());
        if (const auto attached = writer.attach(*attachment); !attached)
            return attached;
    }
    return {};
}

/// Sees to it that a session of this length can be cut so. Gives the range with its end.
Result<SecondRange> checkedRange(const SessionReader &session, Nanoseconds length, int from, std::optional<int> to,
                                 const QString &path)
{
    if (session.facts()->limitSearch)
        return refused(QStringLiteral("it searched for a limit, and such a run is judged as a whole; it cannot be cut"),
                       path);
    const auto end = endSecondOf(session);
    if (!end)
        return std::unexpected(end.error());
    if (*end != session.frameCount()) // a run writes every second, and we go through all of them
        return refused(QStringLiteral("some of its seconds are missing"), path);
    const SecondRange range{from, std::min(to.value_or(*end), *end)};
    if (range.from < 0 || range.from >= *end)
        return refused(QStringLiteral("it ends at %1, so nothing is left from %2 on")
                           .arg(formatElapsed(length), elapsed(from)),
                       path);
    if (range.count() <= 0)
        return refused(QStringLiteral("from %1 to %2 there is no second; let the end be later")
                           .arg(elapsed(from), elapsed(range.to)),
                       path);
    return range;
}

/// Whole when the last second is among those that are left.
RunEnding endingOf(const SessionReader &session, SecondRange range)
{
    if (range.to < session.frameCount())
        return {};
    const RunEnding killed{RunEnding::Reason::Interrupted, QStringLiteral("the recording program was killed or could not write on")};
    return session.ending().value_or(killed);
}

qint64 endedAtMs(const SessionReader &session, SecondRange range)
{
    return range.to < session.frameCount() ? session.head().startedAtMs + qint64(range.to) * 1000 : session.endedAtMs();
}

} // namespace

RunFacts trimmed(const RunFacts &facts, const std::vector<bool> &isUsed, SecondRange range)
{
    RunFacts left = facts;
    left.stages.clear();
    for (std::size_t i = 0; i < facts.stages.size(); ++i) {
        if (isUsed[i])
            left.stages.push_back(clipped(facts.stages[i], range));
    }
    left.plannedLength = std::clamp<Nanoseconds>(facts.plannedLength - std::chrono::seconds(range.from), 0ns,
                                                 std::chrono::seconds(range.count()));
    return left;
}

Result<TrimmedSession> trimSession(const QString &path, int from, std::optional<int> to, const QString &out,
                                   const std::function<void(double)> &progress)
{
    const auto session = SessionReader::open(path);
    if (!session)
        return std::unexpected(session.error());
    const auto length = lengthOf(**session);
    if (!length)
        return std::unexpected(length.error());
    const auto range = checkedRange(**session, *length, from, to, path);
    if (!range)
        return std::unexpected(range.error());
    auto isUsed = usedStages(**session, *range);
    const auto events = (*session)->events();
    if (!isUsed || !events)
        return std::unexpected(isUsed ? events.error() : isUsed.error());
    const Nanoseconds end = std::min<Nanoseconds>(std::chrono::seconds(range->to), *length);
    const QString words = QStringLiteral("%1 to %2").arg(elapsed(range->from), formatElapsed(end));
    const QString source =
        QStringLiteral("%1: %2 of %3").arg(QFileInfo(path).fileName(), words, formatElapsed(*length));
    Trimming trimming(**session, *range, source, std::move(*isUsed), LateEvents(*events));
    auto made = NewSession::create(out, trimming.head());
    if (!made)
        return std::unexpected(made.error());
    SessionWriter &writer = (*made)->writer();
    return trimming.writeAttachments(writer)
        .and_then([&] { return trimming.write(writer, progress); })
        .and_then([&] { return trimming.writeEvents(writer); })
        .and_then([&] { return (*made)->finish(endingOf(**session, *range), endedAtMs(**session, *range)); })
        .transform_error([&](const Error &error) { return (*made)->gone(error); })
        .transform([&] { return TrimmedSession{*range, words}; });
}

} // namespace Headroom
