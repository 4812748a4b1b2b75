// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/session/wholesession.h"

#include "core/stats/histogramcodec.h"
#include "tests/core/session/samplesession.h"

#include <algorithm>

namespace Headroom {

namespace {

template <typename T> void note(WholeSession &whole, const Result<T> &done)
{
    if (!done && whole.error.isEmpty())
        whole.error = done.error().text();
}

void readFrames(const SessionReader &reader, WholeSession &whole)
{
    note(whole, reader.forEachFrame([&](const FramePtr &frame) {
        whole.frames.push_back(frame);
        return true;
    }));
}

/// From the middle of the time that the frames cover.
void readRanges(const SessionReader &reader, WholeSession &whole)
{
    const int end = whole.frames.empty() ? whole.frameCount : whole.frames.back()->second + 1;
    note(whole, reader.forEachFrame(end / 2, end, [&](const FramePtr &frame) {
        whole.laterHalf.push_back(frame);
        return true;
    }));
    for (const int from : {0, end / 2}) {
        const auto merged = reader.merged(from, end);
        note(whole, merged);
        for (const LatencySet &set : merged.value_or(std::vector<LatencySet>())) {
            std::ranges::transform(set.histograms, std::back_inserter(whole.merged), encodeHistogram);
            whole.mergedCounts.push_back(set.counts);
        }
    }
}

void readSamples(const SessionReader &reader, WholeSession &whole)
{
    note(whole, reader.forEachSamples([&](const SecondSamples &samples) {
        whole.samples.push_back(samples);
        return true;
    }));
}

void readAttachments(const SessionReader &reader, WholeSession &whole)
{
    for (std::size_t i = 0; i < reader.attachments().size(); ++i) {
        const auto attachment = reader.attachment(i);
        note(whole, attachment);
        if (attachment)
            whole.attachments.push_back(*attachment);
    }
}

QString differenceOf(const std::vector<FramePtr> &a, const std::vector<FramePtr> &b)
{
    if (a.size() != b.size())
        return QStringLiteral("%1 frames for %2").arg(a.size()).arg(b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i]->exemplars != b[i]->exemplars)
            return QStringLiteral("exemplars of frame %1").arg(i);
        if (const QString difference = differenceOf(*a[i], *b[i]); !difference.isEmpty())
            return QStringLiteral("frame %1: %2").arg(i).arg(difference);
    }
    return {};
}

} // namespace

WholeSession readWhole(const QString &path)
{
    WholeSession whole;
    const auto reader = SessionReader::open(path);
    note(whole, reader);
    if (!reader)
        return whole;
    const SessionReader &session = **reader;
    whole.head = session.head();
    whole.wasClosedCleanly = session.wasClosedCleanly();
    whole.ending = session.ending();
    whole.endedAtMs = session.endedAtMs();
    whole.frameCount = session.frameCount();
    const auto events = session.events();
    note(whole, events);
    whole.events = events.value_or(std::vector<RunEvent>());
    readFrames(session, whole);
    readRanges(session, whole);
    readSamples(session, whole);
    readAttachments(session, whole);
    note(whole, session.verify());
    return whole;
}

QString differenceOf(const WholeSession &a, const WholeSession &b)
{
    if (a.head != b.head)
        return QStringLiteral("the head");
    if (a.wasClosedCleanly != b.wasClosedCleanly || a.ending != b.ending || a.endedAtMs != b.endedAtMs)
        return QStringLiteral("the ending");
    if (a.frameCount != b.frameCount)
        return QStringLiteral("the count of frames");
    if (const QString difference = differenceOf(a.frames, b.frames); !difference.isEmpty())
        return difference;
    if (const QString difference = differenceOf(a.laterHalf, b.laterHalf); !difference.isEmpty())
        return QStringLiteral("read from the middle, ") + difference;
    if (a.events != b.events)
        return QStringLiteral("the events");
    if (a.samples != b.samples)
        return QStringLiteral("the raw samples");
    if (a.attachments != b.attachments)
        return QStringLiteral("the attachments");
    return a.merged != b.merged || a.mergedCounts != b.mergedCounts ? QStringLiteral("what is merged") : QString();
}

QString unclearIn(const QString &error, const QString &path)
{
    constexpr qsizetype kLongest = 300;
    if (!error.startsWith(path + QLatin1String(": ")))
        return QStringLiteral("it does not begin with the file's name: ") + error;
    const QString sentence = error.sliced(path.size() + 2);
    if (sentence.size() > kLongest || sentence.contains(u'\n') || sentence.endsWith(u'.'))
        return QStringLiteral("it is not one sentence on one line: ") + error;
    if (!sentence.contains(QLatin1String("; ")))
        return QStringLiteral("it does not say what to do: ") + error;
    return {};
}

} // namespace Headroom
