// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenarioschema.h"

#include <vector>

namespace Headroom {

/// The schema table as a tree: a place of a scenario with the fields that may stand in it.
struct SchemaNode
{
    QString name; ///< "rate"; "[]" for the item of a list, "*" for what a free name holds.
    const SchemaField *field = nullptr; ///< Of the top level: nullptr.
    std::vector<SchemaNode> children; ///< In the order of the table.

    SchemaField::Type type() const { return field ? field->type : SchemaField::Type::Object; }
    const SchemaNode *child(QStringView childName) const;
    /// What stands below a List or Named.
    const SchemaNode &item() const { return children.front(); }
    QStringList childNames() const;
};

const SchemaNode &schemaTree();

} // namespace Headroom
