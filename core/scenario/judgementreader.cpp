// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/judgementreader.h"

#include "core/base/humanformat.h"
#include "core/scenario/acceptancetext.h"
#include "core/scenario/objectiverule.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr std::size_t kMostCells = 1000;

void readRules(const FieldReader &root, Scenario &scenario, Problems &problems)
{
    const YamlNode *list = root.find(u"rules");
    for (const YamlNode &item : list ? list->items : std::vector<YamlNode>()) {
        scenario.rules.push_back({item.text.trimmed(), Problems::shownPlace(item.range)});
        if (item.isScalar() && scenario.rules.back().text.isEmpty())
            problems.error(item.range, QStringLiteral("a rule is missing here; write one, as in p95 < 900 ms"));
    }
}

/// Its index; the same text is not judged twice.
int ruleFor(const QString &text, const TextRange &range, Scenario &scenario)
{
    const auto known = std::ranges::find(scenario.rules, text, &Scenario::RuleText::text);
    if (known != scenario.rules.end())
        return int(known - scenario.rules.begin());
    scenario.rules.push_back({text, Problems::shownPlace(range)});
    return int(scenario.rules.size()) - 1;
}

void readRow(const YamlNode::Entry &row, Scenario &scenario, Problems &problems)
{
    for (const YamlNode::Entry &cell : row.value.entries) {
        if (!cell.value.isScalar())
            continue; // was reported
        if (scenario.objectives.size() == kMostCells)
            return problems.error(cell.keyRange,
                                  QStringLiteral("the table of objectives has more than %1 cells").arg(kMostCells));
        const QString text = objectiveRule(row.key, cell.key, cell.value.text);
        scenario.objectives.push_back(
            {row.key.trimmed(), cell.key.trimmed(), ruleFor(text, cell.value.range, scenario)});
    }
}

void readObjectives(const FieldReader &root, Scenario &scenario, Problems &problems)
{
    const YamlNode *table = root.find(u"objectives");
    for (const YamlNode::Entry &row : table ? table->entries : std::vector<YamlNode::Entry>())
        readRow(row, scenario, problems);
}

void readRequirements(const FieldReader &root, Scenario &scenario, Problems &problems)
{
    for (const FieldReader &one : root.items(u"requirements")) {
        const YamlNode *rule = one.find(u"rule");
        if (!rule || !rule->isScalar())
            continue; // was reported
        const QString id = one.text(u"id").trimmed();
        if (std::ranges::contains(scenario.requirements, id, &Scenario::Requirement::id))
            problems.error(one.keyRange(u"id"),
                           QStringLiteral("two requirements have the id %1; give each its own").arg(formatQuoted(id)));
        scenario.requirements.push_back(
            {id, one.text(u"text").trimmed(), ruleFor(rule->text.trimmed(), rule->range, scenario)});
    }
}

void readAcceptance(const FieldReader &root, Scenario &scenario, Problems &problems)
{
    const YamlNode *node = root.find(u"acceptance");
    const auto parsed = node && node->isScalar() ? parseAcceptance(node->text)
                                                 : Result<Scenario::Acceptance>(failure(Error::Code::NotFound, {}));
    if (!parsed)
        return;
    scenario.acceptance = *parsed;
    scenario.acceptance->range = Problems::shownPlace(node->range);
    const int count = int(scenario.rules.size());
    if (parsed->of && *parsed->of != count)
        problems.error(
            node->range,
            QStringLiteral("there are %1 rules, with those of objectives and requirements; write at least %2 of %1")
                .arg(count)
                .arg(std::min(*parsed->count, std::max(1, count))));
    else if (parsed->count && *parsed->count > count)
        problems.error(node->range,
                       QStringLiteral("there are only %1 rules, with those of objectives and requirements").arg(count));
}

} // namespace

void readJudgement(const FieldReader &root, Scenario &scenario, Problems &problems)
{
    readRules(root, scenario, problems);
    readObjectives(root, scenario, problems);
    readRequirements(root, scenario, problems);
    readAcceptance(root, scenario, problems);
}

} // namespace Headroom
