// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/fieldreader.h"

#include <algorithm>

namespace Headroom {

const YamlNode *FieldReader::find(QStringView name) const
{
    const YamlNode *node = written(name);
    return node && !node->isNull() ? node : nullptr;
}

FieldReader FieldReader::object(QStringView name) const { return {find(name), schemaOf(name), m_scope}; }

std::vector<FieldReader> FieldReader::items(QStringView name) const
{
    std::vector<FieldReader> items;
    const YamlNode *list = find(name);
    if (!list)
        return items;
    for (const YamlNode &item : list->items)
        items.emplace_back(&item, schemaOf(name).item(), m_scope);
    return items;
}

TextRange FieldReader::keyRange(QStringView name) const
{
    if (!m_mapping || m_mapping->entries.empty())
        return range();
    const auto &entries = m_mapping->entries;
    const auto found =
        std::ranges::find_if(entries, [name](const YamlNode::Entry &entry) { return entry.key == name; });
    return found == entries.end() ? entries.front().keyRange : found->keyRange;
}

QString FieldReader::text(QStringView name) const
{
    const YamlNode *node = find(name);
    return node && node->isScalar() ? node->text : standard(name);
}

std::vector<Scenario::StatusRange> FieldReader::statuses(QStringView name) const
{
    std::vector<Scenario::StatusRange> statuses;
    const auto take = [&statuses](QStringView text) {
        if (const auto range = parseStatusRange(text))
            statuses.push_back(*range);
    };
    if (const YamlNode *node = find(name); node && node->isSequence())
        std::ranges::for_each(node->items, take, &YamlNode::text);
    else
        take(text(name));
    return statuses;
}

const SchemaNode &FieldReader::schemaOf(QStringView name) const
{
    const SchemaNode *schema = m_schema.child(name);
    Q_ASSERT(schema); // only names of the table are asked for
    return *schema;
}

QString FieldReader::standard(QStringView name) const { return QString::fromUtf8(schemaOf(name).field->standard); }

} // namespace Headroom
