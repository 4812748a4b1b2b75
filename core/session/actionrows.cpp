// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/actionrows.h"

#include "core/session/rowkey.h"
#include "core/session/sessionlimits.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr qsizetype kLongestText = 500; // of ActionDone
constexpr int kHighestExitCode = 255; // that a parent is told
constexpr Nanoseconds kLongestWindow = 24h; // far more than a scenario can say

bool isFine(const RunFacts::Action &action)
{
    const auto isWindow = [](Nanoseconds length) { return length >= 0ns && length <= kLongestWindow; };
    return isWindow(action.settle) && isWindow(action.window);
}

bool isFine(const DrainFindings &found)
{
    const auto isTime = [](Nanoseconds time) { return time >= 0ns && time <= kMaxSessionTime; };
    const auto counts = {found.finished, found.unfinished, found.turnedAway,
                         found.refused,  found.broken,     found.accepted};
    return std::ranges::all_of(counts, [](std::uint64_t count) { return count <= kMaxSessionCount; })
        && isTime(found.lastAccepted) && isTime(found.took) && isTime(found.within)
        && found.exitCode.value_or(0) >= 0 && found.exitCode.value_or(0) <= kHighestExitCode;
}

bool isFine(const ActionDone &done, const RunFacts &facts)
{
    return done.action >= 0 && std::size_t(done.action) < facts.actions.size() && done.at >= -kMaxSessionTime
        && done.at <= kMaxSessionTime && done.took >= 0ns && done.took <= kMaxSessionTime
        && done.text.size() <= kLongestText
        && (!done.drain || (facts.actions[std::size_t(done.action)].stopsTarget && isFine(*done.drain)));
}

std::optional<int> exitCodeOf(Database &database, std::optional<std::int64_t> stored)
{
    if (!stored)
        return std::nullopt;
    if (*stored < 0 || *stored > kHighestExitCode)
        database.failDamaged(QStringLiteral("an exit code is out of range"));
    return int(*stored);
}

} // namespace

QString misfitOfActions(const RunFacts &facts)
{
    if (facts.actions.size() > kMaxSessionEntries)
        return QStringLiteral("it has more than %1 actions").arg(kMaxSessionEntries);
    return std::ranges::all_of(facts.actions, [](const RunFacts::Action &action) { return isFine(action); })
        ? QString()
        : QStringLiteral("a time of its actions is out of range");
}

QString misfitOfActions(const MetricsFrame &frame, const RunFacts &facts)
{
    return std::ranges::all_of(frame.actions, [&](const ActionDone &done) { return isFine(done, facts); })
        ? QString()
        : QStringLiteral("an action that was done is unknown or out of its limits");
}

void writeActionFacts(Database &database, const RunFacts &facts)
{
    Statement row(database, "INSERT INTO actions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (int i = 0; const RunFacts::Action &each : facts.actions)
        row.run(i++, each.name, each.ladder, each.text, each.when, each.expectEffect, each.settle.count(),
                each.window.count(), each.isByHand, each.stopsTarget);
}

void readActionFacts(Database &database, RunFacts &facts)
{
    Statement row(database, "SELECT * FROM actions ORDER BY action");
    for (std::size_t position = 0; row.next(); ++position) {
        if (row.takeCount() != position || position >= kMaxSessionEntries)
            return database.failDamaged(QStringLiteral("a list has a gap or is too long"));
        RunFacts::Action action;
        action.name = row.takeText();
        action.ladder = row.takeText();
        action.text = row.takeText();
        action.when = row.takeText();
        action.expectEffect = row.takeText();
        action.settle = Nanoseconds(row.takeInteger());
        action.window = Nanoseconds(row.takeInteger());
        action.isByHand = row.takeBool();
        action.stopsTarget = row.takeBool();
        facts.actions.push_back(std::move(action));
    }
}

ActionRowsWriter::ActionRowsWriter(Database &database)
    : m_row(database, "INSERT INTO action_seconds VALUES (?, ?, ?, ?, ?, ?)")
    , m_drain(database, "INSERT INTO drains VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
{
}

void ActionRowsWriter::write(const MetricsFrame &frame)
{
    for (std::size_t position = 0; const ActionDone &done : frame.actions) {
        const auto key = rowKey(frame.second, position++);
        m_row.run(key, done.action, done.at.count(), done.took.count(), done.isDone, done.text);
        if (const auto &found = done.drain)
            m_drain.run(key, found->finished, found->unfinished, found->turnedAway, found->refused, found->broken,
                        found->accepted, found->lastAccepted.count(), found->took.count(), found->within.count(),
                        found->wasKilled, found->exitCode);
    }
}

ActionRowsReader::ActionRowsReader(Database &database, const RunFacts &facts, int first)
    : m_database(database)
    , m_facts(facts)
    , m_rows(database, "SELECT * FROM action_seconds WHERE id >= ? ORDER BY id", first)
    , m_drains(database, "SELECT * FROM drains WHERE id >= ? ORDER BY id", first)
{
}

void ActionRowsReader::expectEnd()
{
    m_rows.expectEnd();
    m_drains.expectEnd();
}

void ActionRowsReader::readInto(MetricsFrame &frame)
{
    while (m_rows.nextOf(frame.second)) {
        m_rows.expectPosition(frame.actions.size());
        ActionDone done;
        done.action = int(m_rows.takeIndex(m_facts.actions.size()));
        if (++m_read > kMaxSessionEntries && m_database.isOk())
            m_database.failDamaged(QStringLiteral("more actions were done than a session holds"));
        if (!m_database.isOk())
            return;
        Statement &row = m_rows.row();
        done.at = Nanoseconds(row.takeInteger());
        done.took = Nanoseconds(row.takeInteger());
        done.isDone = row.takeBool();
        done.text = row.takeText();
        frame.actions.push_back(std::move(done));
    }
    readDrainsInto(frame);
}

void ActionRowsReader::readDrainsInto(MetricsFrame &frame)
{
    while (m_drains.nextOf(frame.second)) {
        const std::size_t index = m_drains.index(frame.actions.size());
        if (!m_database.isOk())
            return;
        Statement &row = m_drains.row();
        DrainFindings found;
        for (std::uint64_t DrainFindings::*count :
             {&DrainFindings::finished, &DrainFindings::unfinished, &DrainFindings::turnedAway, &DrainFindings::refused,
              &DrainFindings::broken, &DrainFindings::accepted})
            found.*count = row.takeCount();
        for (Nanoseconds DrainFindings::*time :
             {&DrainFindings::lastAccepted, &DrainFindings::took, &DrainFindings::within})
            found.*time = Nanoseconds(row.takeInteger());
        found.wasKilled = row.takeBool();
        found.exitCode = exitCodeOf(m_database, row.takeOptionalInteger());
        frame.actions[index].drain = found;
    }
}

} // namespace Headroom
