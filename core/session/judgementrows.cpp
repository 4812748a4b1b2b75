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
        if (statement.takeCount() != position || position >= kMaxJudgedEntries)
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
    Statement required(database, "INSERT INTO required_rules VALUES (?, ?, ?, ?)");
    for (int i = 0; const RunFacts::RequiredRule &each : facts.requiredRules)
        required.run(i++, each.rule, each.isImplicit, each.isCounted);
}

void readJudgementFacts(Database &database, RunFacts &facts)
{
    // Braces take the columns from left to right.
    readList(database, "SELECT * FROM objectives ORDER BY objective",
             [&](Statement &row) { facts.objectives.push_back({row.takeText(), row.takeText(), row.takeInt()}); });
    readList(database, "SELECT * FROM requirements ORDER BY requirement",
             [&](Statement &row) { facts.requirements.push_back({row.takeText(), row.takeText(), row.takeInt()}); });
    readList(database, "SELECT * FROM required_rules ORDER BY position",
             [&](Statement &row) { facts.requiredRules.push_back({row.takeInt(), row.takeBool(), row.takeBool()}); });
}

QString misfitOfJudgement(const RunFacts &facts)
{
    if (std::ranges::max({std::size_t(facts.rules.size()), facts.objectives.size(), facts.requirements.size(),
                          facts.requiredRules.size()})
        > kMaxJudgedEntries)
        return QStringLiteral("it has more than %1 rules, objectives or requirements").arg(kMaxJudgedEntries);
    if (facts.machineMemoryBytes > kMaxSessionCount)
        return QStringLiteral("the memory of its machine is out of range");
    const auto isKnown = [&](const auto &one) { return one.rule >= 0 && one.rule < facts.rules.size(); };
    const bool areKnown = std::ranges::all_of(facts.objectives, isKnown)
        && std::ranges::all_of(facts.requirements, isKnown) && std::ranges::all_of(facts.requiredRules, isKnown);
    return areKnown ? QString() : QStringLiteral("an objective, a requirement or a required rule is of an unknown rule");
}

} // namespace Headroom
