// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstddef>
#include <functional>

namespace Headroom {

/// Something about a rule that its author should know before the run.
struct RuleFinding
{
    std::size_t rule = 0; ///< Index of the rule that it is said of.
    bool isError = false; ///< No run can meet the rules together; else a warning.
    QString message; ///< One sentence, without a final full stop.
};

/// Where the rule of an index stands, for people: "line 12".
using RulePlace = std::function<QString(std::size_t rule)>;

} // namespace Headroom
