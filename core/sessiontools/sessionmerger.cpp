// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/sessionmerger.h"

#include "core/session/attachmentname.h"
#include "core/session/samplecodec.h"
#include "core/sessiontools/framesum.h"
#include "core/sessiontools/mergesources.h"
#include "core/sessiontools/moved.h"
#include "core/sessiontools/newsession.h"
#include "core/stats/samplereservoir.h"

#include <QFileInfo>

#include <algorithm>

namespace Headroom {

namespace {

RunEvent named(const RunEvent &event, const MergeSource &source)
{
    return {event.at, event.kind, QStringLiteral("%1: %2").arg(source.place.name, event.text)};
}

/// Whether some of the sessions keep raw samples and the merged one does not.
bool isWithoutSamples(const MergeSources &sources)
{
    const auto keeping = [](const auto &source) { return source->session->facts()->sampleKeeping; };
    return !std::ranges::all_of(sources,
                                [&](const auto &source) { return keeping(source) == keeping(sources.front()); });
}

/// Writes the seconds, and then what belongs to none.
class Merging
{
public:
    Merging(MergeSources &sources, const SessionHead &head, SessionWriter &writer)
        : m_sources(sources)
        , m_facts(head.facts)
        , m_writer(writer)
        , m_sum(factsOf(sources))
    {
    }
    Result<void> writeSecond(int second);
    Result<void> writeEvents();
    Result<void> writeAttachments();

private:
    static std::vector<RunFactsPtr> factsOf(const MergeSources &sources)
    {
        std::vector<RunFactsPtr> facts;
        for (const auto &source : sources)
            facts.push_back(source->session->facts());
        return facts;
    }
    SecondSamplesPtr samplesOf(int second, const std::vector<SecondSamplesPtr> &parts) const;

    MergeSources &m_sources;
    const RunFacts &m_facts;
    SessionWriter &m_writer;
    FrameSum m_sum;
};

Result<void> Merging::writeSecond(int second)
{
    std::vector<FramePtr> frames;
    std::vector<SecondSamplesPtr> samples;
    for (const auto &source : m_sources) {
        const std::chrono::seconds offset = source->place.offset;
        const int own = second - int(offset.count());
        const auto taken = own < 0 || second >= source->end ? SourceSeconds::Second() : source->seconds.take(own);
        if (!taken)
            return std::unexpected(taken.error());
        if (!taken->frame) {
            frames.push_back(nullptr);
            continue;
        }
        source->late.takeOut(*taken->frame);
        MetricsFrame frame = moved(*taken->frame, offset);
        for (RunEvent &event : frame.events)
            event = named(event, *source);
        frames.push_back(std::make_shared<const MetricsFrame>(std::move(frame)));
        if (taken->samples)
            samples.push_back(std::make_shared<const SecondSamples>(moved(*taken->samples, offset)));
    }
    if (std::ranges::all_of(frames, [](const FramePtr &frame) { return frame == nullptr; }))
        return {};
    const auto sum = m_sum.of(frames);
    if (!sum)
        return std::unexpected(sum.error());
    return m_writer.append(*sum, samplesOf(second, samples).get());
}

SecondSamplesPtr Merging::samplesOf(int second, const std::vector<SecondSamplesPtr> &parts) const
{
    if (m_facts.sampleKeeping == SampleKeeping::Off)
        return nullptr;
    return mergeSamples(parts, second, m_facts.seed, kMaxSamplesOfASecond);
}

Result<void> Merging::writeEvents()
{
    for (const auto &source : m_sources) {
        const RunEvent how{source->place.offset, QStringLiteral("note"), alignmentText(source->place)};
        if (const auto written = m_writer.append(named(how, *source)); !written)
            return written;
        for (const RunEvent &event : source->late.left()) {
            if (const auto written = m_writer.append(moved(named(event, *source), source->place.offset)); !written)
                return written;
        }
    }
    if (!isWithoutSamples(m_sources))
        return {};
    return m_writer.append(
        RunEvent{0ns, QStringLiteral("note"),
                 QStringLiteral("raw samples were left out, as the sessions keep different kinds of them")});
}

Result<void> Merging::writeAttachments()
{
    for (const auto &source : m_sources) {
        for (std::size_t i = 0; i < source->session->attachments().size(); ++i) {
            auto attachment = source->session->attachment(i);
            if (!attachment)
                return std::unexpected(attachment.error());
            attachment->name =
                attachmentName(QFileInfo(source->place.name).completeBaseName() + u'-' + attachment->name);
            attachment->at += source->place.offset;
            if (const auto attached = m_writer.attach(*attachment); !attached)
                return attached;
        }
    }
    return {};
}

Result<void> write(MergeSources &sources, const QString &out, const std::function<void(double)> &progress)
{
    const SessionHead head = headOf(sources);
    auto session = NewSession::create(out, head);
    if (!session)
        return std::unexpected(session.error());
    Merging merging(sources, head, (*session)->writer());
    Result<void> written = merging.writeAttachments();
    qint64 endedAtMs = 0;
    int end = 0;
    for (const auto &source : sources) {
        end = std::max(end, source->end);
        endedAtMs = std::max(endedAtMs, source->session->endedAtMs());
    }
    for (int second = 0; second < end && written; ++second) {
        if (progress)
            progress(double(second) / end);
        written = merging.writeSecond(second);
    }
    if (written)
        written = merging.writeEvents();
    if (written)
        written = (*session)->finish(endingOf(sources), endedAtMs);
    return written.transform_error([&](const Error &error) { return (*session)->gone(error); });
}

} // namespace

QString alignmentText(const MergedSource &source)
{
    const auto after = std::chrono::milliseconds(source.offset) + source.skew;
    if (after.count() == 0)
        return QStringLiteral("its seconds stand as they are");
    return QStringLiteral("began %1 s after the earliest session; its seconds stand %2 s later, %3 ms off")
        .arg(double(after.count()) / 1e3, 0, 'f', 3)
        .arg(source.offset.count())
        .arg(source.skew.count());
}

Result<MergedSession> mergeSessions(const QStringList &paths, const QString &out,
                                    const std::function<void(double)> &progress)
{
    auto sources = openMergeSources(paths);
    if (!sources)
        return std::unexpected(sources.error());
    if (const auto written = write(*sources, out, progress); !written)
        return std::unexpected(written.error());
    MergedSession merged{.isWithoutSamples = isWithoutSamples(*sources)};
    for (const auto &source : *sources)
        merged.sources.push_back(source->place);
    return merged;
}

} // namespace Headroom
