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
    std::vector<SchemaNode> children; ///< In the order of the table; of its own.
    const SchemaNode *twin = nullptr; ///< Whose children are its own, too (SchemaField::sameAs); may contain this one.

    SchemaField::Type type() const { return field ? field->type : SchemaField::Type::Object; }
    /// What may stand below it, in the order of the table.
    const std::vector<SchemaNode> &fields() const { return twin ? twin->fields() : children; }
    const SchemaNode *child(QStringView childName) const;
    /// What stands below a List or Named.
    const SchemaNode &item() const { return fields().front(); }
    QStringList childNames() const;
};

const SchemaNode &schemaTree();
const SchemaNode &suiteTree(); ///< Of a suite.

} // namespace Headroom
