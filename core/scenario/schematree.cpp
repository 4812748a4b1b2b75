// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/schematree.h"

#include <algorithm>

namespace Headroom {

namespace {

/// "load.stages[].rate" as load, stages, [], rate.
QStringList segmentsOf(const char *path)
{
    return QString::fromLatin1(path).replace(QLatin1String("[]"), QLatin1String(".[]")).split(u'.');
}

SchemaNode buildTree()
{
    SchemaNode root;
    for (const SchemaField &field : scenarioSchema()) {
        const QStringList segments = segmentsOf(field.path);
        SchemaNode *parent = &root;
        for (const QString &segment : segments.first(segments.size() - 1)) {
            const auto found = std::ranges::find(parent->children, segment, &SchemaNode::name);
            Q_ASSERT(found != parent->children.end()); // parents stand before their fields
            parent = &*found;
        }
        parent->children.push_back({segments.last(), &field, {}});
    }
    return root;
}

} // namespace

const SchemaNode *SchemaNode::child(QStringView childName) const
{
    const auto found = std::ranges::find_if(children, [&](const SchemaNode &child) { return child.name == childName; });
    return found == children.end() ? nullptr : &*found;
}

QStringList SchemaNode::childNames() const
{
    QStringList names;
    for (const SchemaNode &child : children)
        names.append(child.name);
    return names;
}

const SchemaNode &schemaTree()
{
    static const SchemaNode tree = buildTree();
    return tree;
}

} // namespace Headroom
