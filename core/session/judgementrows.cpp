// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/judgementrows.h"

#include "core/session/sessionlimits.h"

#include <algorithm>

namespace Headroom {

namespace {

/// Calls `takeRow` for every row; the first column must count from 0.
template <typename TakeRow> void readList(Database &database, const char *sql, TakeRow takeRow)
{
    Statement statement(database, sql);
    for (std::size_t position = 0; statement.next(); ++position) {
        if (statement.takeCount() != position || position >= kMaxSessionEntries)
            return database.failDamaged(
                QStringLiteral("a list of objectives or requirements has a gap or is too long"));
        takeRow(statement);
    }
}

} // namespace

void writeJudgementFacts(Database &database, const RunFacts &facts)
{
    Statement objective(database, "INSERT INTO objectives VALUES (?, ?, ?, ?)");
    for (int i = 0; const RunFacts::Objective &each : facts.objectives)
        objective.run(i++, each.row, each.column, each.rule);
    Statement requirement(database, "INSERT INTO requirements VALUES (?, ?, ?, ?)");
    for (int i = 0; const RunFacts::Requirement &each : facts.requirements)
        requirement.run(i++, each.id, each.text, each.rule);
}

void readJudgementFacts(Database &database, RunFacts &facts)
{
    // Braces take the columns from left to right.
    readList(database, "SELECT * FROM objectives ORDER BY objective",
             [&](Statement &row) { facts.objectives.push_back({row.takeText(), row.takeText(), row.takeInt()}); });
    readList(database, "SELECT * FROM requirements ORDER BY requirement",
             [&](Statement &row) { facts.requirements.push_back({row.takeText(), row.takeText(), row.takeInt()}); });
}

QString misfitOfJudgement(const RunFacts &facts)
{
    if (std::max(facts.objectives.size(), facts.requirements.size()) > kMaxSessionEntries)
        return QStringLiteral("it has more than %1 objectives or requirements").arg(kMaxSessionEntries);
    if (facts.machineMemoryBytes > kMaxSessionCount)
        return QStringLiteral("the memory of its machine is out of range");
    const auto isKnown = [&](const auto &one) { return one.rule >= 0 && one.rule < facts.rules.size(); };
    const bool areKnown =
        std::ranges::all_of(facts.objectives, isKnown) && std::ranges::all_of(facts.requirements, isKnown);
    return areKnown ? QString() : QStringLiteral("an objective or a requirement has an unknown rule");
}

} // namespace Headroom
