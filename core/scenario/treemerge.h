// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/schematree.h"
#include "core/yaml/yamlnode.h"

namespace Headroom {

/// Lays a part over a tree: mappings merge deep, everything else is replaced, null removes. What comes from the part
/// keeps its place in the file. `schema`: of the node; where it is one of headers, names are the same in any case.
void mergeTree(YamlNode &node, const YamlNode &part, const SchemaNode *schema);

} // namespace Headroom
