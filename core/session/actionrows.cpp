// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/actionrows.h"

#include "core/session/rowkey.h"
#include "core/session/sessionlimits.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr qsizetype kLongestText = 500; // of ActionDone
constexpr Nanoseconds kLongestWindow = 24h; // far more than a scenario can say

bool isFine(const RunFacts::Action &action)
{
    const auto isWindow = [](Nanoseconds length) { return length >= 0ns && length <= kLongestWindow; };
    return isWindow(action.settle) && isWindow(action.window);
}

bool isFine(const ActionDone &done, const RunFacts &facts)
{
    return done.action >= 0 && std::size_t(done.action) < facts.actions.size() && done.at >= -kMaxSessionTime
        && done.at <= kMaxSessionTime && done.took >= 0ns && done.took <= kMaxSessionTime
        && done.text.size() <= kLongestText;
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
    Statement row(database, "INSERT INTO actions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (int i = 0; const RunFacts::Action &each : facts.actions)
        row.run(i++, each.name, each.ladder, each.text, each.when, each.expectEffect, each.settle.count(),
                each.window.count(), each.isByHand);
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
        facts.actions.push_back(std::move(action));
    }
}

ActionRowsWriter::ActionRowsWriter(Database &database)
    : m_row(database, "INSERT INTO action_seconds VALUES (?, ?, ?, ?, ?, ?)")
{
}

void ActionRowsWriter::write(const MetricsFrame &frame)
{
    for (std::size_t position = 0; const ActionDone &done : frame.actions)
        m_row.run(rowKey(frame.second, position++), done.action, done.at.count(), done.took.count(), done.isDone, done.text);
}

ActionRowsReader::ActionRowsReader(Database &database, const RunFacts &facts, int first)
    : m_database(database)
    , m_facts(facts)
    , m_rows(database, "SELECT * FROM action_seconds WHERE id >= ? ORDER BY id", first)
{
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
}

} // namespace Headroom
