// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/yamlnode.h"

#include <QByteArray>

#include <expected>
#include <optional>

namespace Headroom {

/// A problem in a YAML text, with its place.
struct YamlProblem
{
    TextRange range;
    QString message; ///< One sentence: what is wrong and what to write instead; without a final full stop.
};

/// Limits that hostile texts meet; all are stated in the message that reports them.
struct YamlLimits
{
    qsizetype bytes = 4 * 1024 * 1024;
    int depth = 64;
    int nodes = 200'000;
};

/// What stands in a text, and every problem in it.
struct YamlReading
{
    std::optional<YamlNode> root; ///< Missing when the search for problems had to end early.
    std::vector<YamlProblem> problems;
};

/// As readYaml(), but with the tree also when there are problems, for who wants to look for more of them in it.
/// What was refused is left out of the tree or null in it.
YamlReading readYamlWithProblems(const QByteArray &text, const YamlLimits &limits = {});

/// Reads one YAML document in UTF-8 (a byte order mark is allowed) into a tree.
///
/// Refused with a clear sentence: duplicate keys (naming the line of the first), anchors and aliases, merge keys, tags,
/// several documents, keys that are not scalars, invalid UTF-8, NUL, and what exceeds the limits.
/// An empty text is a null node.
/// Errors: all problems found (at most 200); a syntax error ends the search.
std::expected<YamlNode, std::vector<YamlProblem>> readYaml(const QByteArray &text, const YamlLimits &limits = {});

} // namespace Headroom
