// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/yamlnode.h"

#include <algorithm>

namespace Headroom {

const YamlNode *YamlNode::find(QStringView key) const
{
    const auto found = std::ranges::find_if(entries, [key](const Entry &entry) { return entry.key == key; });
    return found == entries.end() ? nullptr : &found->value;
}

} // namespace Headroom
