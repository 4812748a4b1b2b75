// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/problems.h"
#include "core/scenario/schematree.h"
#include "core/yaml/yamlnode.h"

namespace Headroom {

/// Compares a tree with the schema table: unknown, missing, excluding and empty fields, wrong types, bad units, ranges.
class SchemaCheck
{
public:
    explicit SchemaCheck(Problems &problems)
        : m_problems(problems)
    {
    }
    void checkScenario(const YamlNode &root);
    void checkSuite(const YamlNode &root);
    /// One field of the top level and what stands in it; nothing when it is missing.
    void checkField(const YamlNode &root, const QString &name);

private:
    struct Place
    {
        QString path; ///< As the user would write it: "flows[0].steps[1]"; empty at the top level.
        TextRange range; ///< Where to point when something is missing there.

        Place field(const QString &name, const TextRange &keyRange) const;
        Place item(std::size_t index, const YamlNode &node) const;
        QString in() const; ///< "in target", "at the top level"
    };

    void check(const YamlNode &node, const SchemaNode &schema, const Place &place);
    void checkObject(const YamlNode &object, const SchemaNode &schema, const Place &place);
    void checkRequired(const YamlNode &object, const SchemaNode &schema, const Place &place);
    void checkGroups(const YamlNode &object, const SchemaNode &schema, const Place &place);
    void checkGroup(const YamlNode &object, const QString &group, const QStringList &names, const Place &place);
    void checkList(const YamlNode &list, const SchemaNode &schema, const Place &place);
    void checkNamed(const YamlNode &mapping, const SchemaNode &schema, const Place &place);
    void checkTexts(const YamlNode &node, const Place &place);
    void checkStatusList(const YamlNode &list, const SchemaNode &schema, const Place &place);

    bool takesPart(const SchemaNode &schema) const;

    Problems &m_problems;
    bool m_isPart = false; ///< Below what changes the scenario (SchemaField::isPart).
};

} // namespace Headroom
