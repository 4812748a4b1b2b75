// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/mergesources.h"

#include "core/session/mergedfrom.h"
#include "core/session/sessionlimits.h"
#include "core/sessiontools/factsum.h"
#include "core/sessiontools/recordings.h"

#include <QFileInfo>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <ranges>

namespace Headroom {

namespace {

std::unexpected<Error> refused(const QString &why, const QString &path)
{
    return failure(Error::Code::InvalidInput, why, path);
}

Result<std::unique_ptr<MergeSource>> openSource(const QString &path)
{
    auto session = SessionReader::open(path);
    if (!session)
        return std::unexpected(session.error());
    const auto events = (*session)->events();
    if (!events)
        return std::unexpected(events.error());
    const RunFacts &facts = *(*session)->facts();
    if (facts.batches)
        return refused(
            QStringLiteral(
                "it ran batches, each of which ended for its generator alone; such sessions cannot be merged"),
            path);
    if (facts.limitSearch)
        return refused(
            QStringLiteral(
                "it searched for a limit, which each generator does for itself; such sessions cannot be merged"),
            path);
    const SessionReader &reader = **session;
    return std::unique_ptr<MergeSource>(
        new MergeSource{{}, std::move(*session), SourceSeconds(reader), LateEvents(*events)});
}

/// The same file twice, under whatever name, would count everything twice.
Result<void> checkTold(const QStringList &paths)
{
    QSet<QString> seen;
    for (const QString &path : paths) {
        const QString file = QFileInfo(path).canonicalFilePath();
        if (!file.isEmpty() && seen.contains(file))
            return refused(QStringLiteral("this session is named twice"), path);
        seen.insert(file);
    }
    return {};
}

/// A copy, or a session that was merged of the same, would count it twice as well. `earlier`: all before it, by the
/// recording.
Result<void> checkRecordings(const QString &path, const SessionReader &session, QHash<QString, QString> &earlier)
{
    for (const QString &recording : recordingsOf(session)) {
        if (earlier.contains(recording))
            return refused(QStringLiteral("it holds seconds of the same recording as %1, which would be counted twice")
                               .arg(earlier[recording]),
                           path);
        earlier.insert(recording, path);
    }
    return {};
}

void nameSources(const QStringList &paths, MergeSources &sources)
{
    QSet<QString> taken;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const QString name = QFileInfo(paths[qsizetype(i)]).fileName();
        QString free = name;
        for (int number = 2; taken.contains(free); ++number)
            free = QStringLiteral("%1 (%2)").arg(name).arg(number);
        taken.insert(free);
        sources[i]->place.name = free;
    }
}

/// Puts it on the time axis of one that started at `earliestMs`.
Result<void> place(MergeSource &source, qint64 earliestMs, const QString &path)
{
    const auto end = endSecondOf(*source.session);
    if (!end)
        return std::unexpected(end.error());
    if (*end == 0)
        return refused(QStringLiteral("it has no seconds to merge"), path);
    if (*end != source.session->frameCount()) // a run writes every second, and we go through all of them
        return refused(QStringLiteral("some of its seconds are missing"), path);
    const std::chrono::milliseconds after(source.session->head().startedAtMs - earliestMs);
    if (after > kMaxSessionTime / 2 || std::chrono::seconds(*end) > kMaxSessionTime / 2)
        return refused(QStringLiteral("it did not run at the same time as the others"), path);
    source.place.offset = std::chrono::round<std::chrono::seconds>(after);
    source.place.skew = after - source.place.offset;
    source.end = int(source.place.offset.count()) + *end;
    return {};
}

/// Puts all of them on the time axis of the earliest.
Result<void> align(const QStringList &paths, MergeSources &sources)
{
    const auto startOf = [](const std::unique_ptr<MergeSource> &source) { return source->session->head().startedAtMs; };
    const auto offsetOf = [](const std::unique_ptr<MergeSource> &source) { return source->place.offset; };
    const qint64 earliest = std::ranges::min(sources | std::views::transform(startOf));
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (const auto placed = place(*sources[i], earliest, paths[qsizetype(i)]); !placed)
            return placed;
    }
    const auto latest = std::ranges::max_element(sources, {}, offsetOf);
    const auto isOver = [&](const std::unique_ptr<MergeSource> &source) {
        return source->end <= offsetOf(*latest).count();
    };
    if (std::ranges::none_of(sources, isOver))
        return {};
    return refused(
        QStringLiteral("it began when another one was over already; sessions that are merged ran at the same time"),
        paths[latest - sources.begin()]);
}

using Pairs = std::vector<std::pair<QString, QString>>;

/// As they are where all say the same; else each with its session's name.
Pairs together(const MergeSources &sources, Pairs SessionHead::*list)
{
    const auto of = [&](const std::unique_ptr<MergeSource> &source) {
        Pairs own = source->session->head().*list;
        std::erase_if(own, [](const auto &pair) { return pair.first == kRecordings; }); // told for all of them
        return own;
    };
    if (std::ranges::all_of(sources, [&](const auto &source) { return of(source) == of(sources.front()); }))
        return of(sources.front());
    Pairs pairs;
    for (const auto &source : sources) {
        for (const auto &[name, value] : of(source))
            pairs.emplace_back(QStringLiteral("%1: %2").arg(source->place.name, name), value);
    }
    return pairs;
}

} // namespace

Result<MergeSources> openMergeSources(const QStringList &paths)
{
    if (const auto told = checkTold(paths); !told)
        return std::unexpected(told.error());
    MergeSources sources;
    QHash<QString, QString> recordings;
    for (const QString &path : paths) {
        auto source = openSource(path);
        if (!source)
            return std::unexpected(source.error());
        if (const auto once = checkRecordings(path, *(*source)->session, recordings); !once)
            return std::unexpected(once.error());
        sources.push_back(std::move(*source));
        const QString difference = differenceOf(*sources.front()->session->facts(), *sources.back()->session->facts());
        if (!difference.isEmpty())
            return refused(QStringLiteral("it cannot be merged with %1: %2 differ").arg(paths.front(), difference),
                           path);
    }
    nameSources(paths, sources);
    if (const auto aligned = align(paths, sources); !aligned)
        return std::unexpected(aligned.error());
    return sources;
}

SessionHead headOf(const MergeSources &sources)
{
    SessionHead head = sources.front()->session->head();
    std::vector<RunFactsPtr> facts;
    QStringList names;
    QStringList recordings;
    for (const auto &source : sources) {
        recordings << recordingsOf(*source->session);
        facts.push_back(source->session->facts());
        names << source->place.name;
        head.startedAtMs = std::min(head.startedAtMs, source->session->head().startedAtMs);
    }
    head.facts = sumOf(facts);
    head.overrides = together(sources, &SessionHead::overrides);
    head.environment = together(sources, &SessionHead::environment);
    std::erase_if(head.environment, [](const auto &fact) { return fact.first == kMergedFrom; });
    setRecordings(head, recordings);
    head.environment.emplace_back(kMergedFrom, names.join(QStringLiteral(", ")));
    return head;
}

RunEnding endingOf(const MergeSources &sources)
{
    RunEnding all;
    for (const auto &source : sources) {
        const RunEnding killed{RunEnding::Reason::Interrupted,
                               QStringLiteral("its recording program was killed or could not write on")};
        const RunEnding one = source->session->ending().value_or(killed);
        if (one.reason > all.reason) {
            all.reason = one.reason;
            all.text = QStringLiteral("%1: %2").arg(source->place.name, one.text);
        }
        all.unfinished += one.unfinished;
        all.auxiliary += one.auxiliary;
    }
    return all;
}

} // namespace Headroom
