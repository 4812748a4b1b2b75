// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/textrange.h"

#include <QString>

#include <vector>

namespace Headroom {

/// One node of a YAML text: what stands there, how it was written and where. Scalars stay text; who reads them decides
/// the type, so that no and 1.10 never change by accident.
struct YamlNode
{
    enum class Kind { Null, Scalar, Sequence, Mapping };
    struct Entry;

    Kind kind = Kind::Null; ///< Null: nothing was written, or ~ or null without quotes.
    bool isQuoted = false; ///< A scalar in quotes or as a block.
    QString text; ///< Of a scalar.
    TextRange range;
    std::vector<YamlNode> items; ///< Of a sequence.
    std::vector<Entry> entries; ///< Of a mapping, in written order; keys are unique scalars.

    bool isNull() const { return kind == Kind::Null; }
    bool isScalar() const { return kind == Kind::Scalar; }
    bool isSequence() const { return kind == Kind::Sequence; }
    bool isMapping() const { return kind == Kind::Mapping; }
    /// The value under a key of a mapping, or nullptr.
    const YamlNode *find(QStringView key) const;
};

struct YamlNode::Entry
{
    QString key;
    TextRange keyRange;
    YamlNode value;
};

} // namespace Headroom
