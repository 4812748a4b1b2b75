// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/treemerge.h"

#include <algorithm>

namespace Headroom {

namespace {

using Type = SchemaField::Type;

const SchemaNode *schemaBelow(const SchemaNode *schema, const QString &key)
{
    if (schema && schema->type() == Type::Object)
        return schema->child(key);
    return schema && schema->type() == Type::Named ? &schema->item() : nullptr;
}

/// A mapping whose nulls remove nothing, as there is nothing: they go.
YamlNode withoutNulls(YamlNode node)
{
    if (!node.isMapping())
        return node;
    std::erase_if(node.entries, [](const YamlNode::Entry &entry) { return entry.value.isNull(); });
    for (YamlNode::Entry &entry : node.entries)
        entry.value = withoutNulls(std::move(entry.value));
    return node;
}

void mergeEntry(YamlNode &node, const YamlNode::Entry &change, const SchemaNode *schema)
{
    const auto sensitivity = schema && schema->type() == Type::Headers ? Qt::CaseInsensitive : Qt::CaseSensitive;
    const auto isSame = [&](const YamlNode::Entry &entry) { return entry.key.compare(change.key, sensitivity) == 0; };
    if (change.value.isNull()) {
        std::erase_if(node.entries, isSame);
        return;
    }
    const auto found = std::ranges::find_if(node.entries, isSame);
    if (found == node.entries.end()) {
        node.entries.push_back({change.key, change.keyRange, withoutNulls(change.value)});
        return;
    }
    if (!found->value.isMapping() || !change.value.isMapping())
        found->keyRange = change.keyRange; // it is the part's from here on
    mergeTree(found->value, change.value, schemaBelow(schema, change.key));
}

} // namespace

void mergeTree(YamlNode &node, const YamlNode &part, const SchemaNode *schema)
{
    if (!node.isMapping() || !part.isMapping()) {
        node = withoutNulls(part);
        return;
    }
    for (const YamlNode::Entry &change : part.entries)
        mergeEntry(node, change, schema);
}

} // namespace Headroom
