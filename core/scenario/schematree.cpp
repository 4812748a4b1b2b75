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

SchemaNode buildTree(std::span<const SchemaField> fields)
{
    SchemaNode root;
    for (const SchemaField &field : fields) {
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

const SchemaNode *nodeAt(const SchemaNode &root, const char *path)
{
    const SchemaNode *node = &root;
    for (const QString &segment : segmentsOf(path)) {
        node = node->child(segment);
        Q_ASSERT(node); // sameAs names a field of the table
    }
    return node;
}

/// Nodes keep their places from here on.
void joinTwins(SchemaNode &node, const SchemaNode &root)
{
    if (node.field && *node.field->sameAs)
        node.twin = nodeAt(root, node.field->sameAs);
    for (SchemaNode &child : node.children)
        joinTwins(child, root);
}

struct Tree
{
    SchemaNode root;
    explicit Tree(std::span<const SchemaField> fields)
        : root(buildTree(fields))
    {
        joinTwins(root, root);
    }
    Q_DISABLE_COPY_MOVE(Tree)
};

} // namespace

const SchemaNode *SchemaNode::child(QStringView childName) const
{
    const auto found = std::ranges::find_if(fields(), [&](const SchemaNode &child) { return child.name == childName; });
    return found == fields().end() ? nullptr : &*found;
}

QStringList SchemaNode::childNames() const
{
    QStringList names;
    for (const SchemaNode &child : fields())
        names.append(child.name);
    return names;
}

const SchemaNode &schemaTree()
{
    static const Tree tree(scenarioSchema());
    return tree.root;
}

const SchemaNode &suiteTree()
{
    static const Tree tree(suiteSchema());
    return tree.root;
}

} // namespace Headroom
