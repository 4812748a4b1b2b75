// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/suite.h"

#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/scenario/namekeeper.h"
#include "core/scenario/schemacheck.h"
#include "core/yaml/yamlreader.h"

#include <algorithm>

namespace Headroom {

namespace {

QStringList textsOf(const FieldReader &fields, QStringView name)
{
    QStringList texts;
    const YamlNode *list = fields.find(name);
    for (const YamlNode &item : list ? list->items : std::vector<YamlNode>())
        texts << item.text;
    return texts;
}

QStringList namesOf(const std::vector<Suite::Member> &members)
{
    QStringList names;
    for (const Suite::Member &member : members)
        names << member.name;
    return names;
}

/// Only members that stand before: so there is no circle, and the order is the one that is written.
void checkNeeds(const FieldReader &fields, const Suite::Member &member, const QStringList &before, Problems &problems)
{
    const YamlNode *list = fields.find(u"needs");
    for (const YamlNode &item : list ? list->items : std::vector<YamlNode>()) {
        if (before.contains(item.text))
            continue;
        const QString hint = item.text == member.name ? QStringLiteral("; a member cannot need itself")
                                                      : didYouMean(item.text, before);
        problems.error(item.range,
                       QStringLiteral("%1 is no member before this one%2").arg(formatQuoted(item.text), hint));
    }
}

Suite::Member readMember(const FieldReader &fields, NameKeeper &names)
{
    Suite::Member member;
    member.name = names.name(fields);
    member.scenario = fields.text(u"scenario");
    member.needs = textsOf(fields, u"needs");
    member.profiles = textsOf(fields, u"profiles");
    member.environment = fields.text(u"environment");
    member.range = Problems::shownPlace(fields.range());
    const YamlNode *set = fields.find(u"set");
    for (const YamlNode::Entry &entry : set ? set->entries : std::vector<YamlNode::Entry>())
        member.set.emplace_back(entry.key, entry.value.text);
    return member;
}

std::vector<Suite::Objective> readObjectives(const FieldReader &root, const QStringList &members, Problems &problems)
{
    std::vector<Suite::Objective> objectives;
    const YamlNode *rows = root.find(u"objectives");
    for (const YamlNode::Entry &row : rows ? rows->entries : std::vector<YamlNode::Entry>()) {
        if (!members.contains(row.key))
            problems.error(row.keyRange, QStringLiteral("%1 is no member of the suite%2")
                                             .arg(formatQuoted(row.key), didYouMean(row.key, members)));
        for (const YamlNode::Entry &cell : row.value.entries)
            objectives.push_back({row.key, cell.key, cell.value.text, Problems::shownPlace(cell.value.range)});
    }
    return objectives;
}

Suite readTyped(const FieldReader &root, Problems &problems)
{
    Suite suite;
    suite.name = root.text(u"name");
    NameKeeper names(QStringLiteral("member"), problems);
    for (const FieldReader &fields : root.items(u"suite")) {
        Suite::Member member = readMember(fields, names);
        checkNeeds(fields, member, namesOf(suite.members), problems);
        suite.members.push_back(std::move(member));
    }
    suite.objectives = readObjectives(root, namesOf(suite.members), problems);
    return suite;
}

} // namespace

bool isSuite(const QByteArray &text)
{
    const YamlReading yaml = readYamlWithProblems(text);
    return yaml.root && yaml.root->isMapping() && yaml.root->find(u"suite");
}

SuiteReading readSuite(const QByteArray &text)
{
    SuiteReading reading;
    const std::vector<ScenarioOverride> none;
    Problems problems(none);
    const YamlReading yaml = readYamlWithProblems(text);
    for (const YamlProblem &problem : yaml.problems)
        problems.error(problem.range, problem.message);
    if (yaml.root && yaml.root->isMapping()) {
        SchemaCheck(problems).checkSuite(*yaml.root);
        if (!problems.hasErrors())
            reading.suite = readTyped({&*yaml.root, suiteTree()}, problems);
    } else if (yaml.root) {
        problems.error(yaml.root->range, QStringLiteral("a suite is a mapping of fields that begins with 'headroom: 1'"));
    }
    reading.diagnostics = problems.take();
    return reading;
}

} // namespace Headroom
