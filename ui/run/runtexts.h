// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/ruleevaluator.h"
#include "ui/theme/theme.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace Headroom {

/// What stands where there is no value.
QString noValue();
QString timeText(std::optional<double> milliseconds);
/// "12 (1.2 %)"; the count alone without any.
QString countWithShare(std::uint64_t part, std::uint64_t of);
/// Text from outside in one line: control characters replaced, cut at 500 columns.
QString foreignText(const QString &text);
/// The same in many lines: line breaks and tabs stay.
QString foreignLines(const QString &text);

/// Symbol and word: "✓ met".
QString standingText(RuleResult::Standing standing);
QColor standingColor(RuleResult::Standing standing, const Theme &theme);
/// "< 900 ms", "10/s to 20/s".
QString boundText(const Rule &rule);
/// "880 ms to 950 ms", "from 880 ms" while it is open above.
QString intervalText(const RuleResult &result);

} // namespace Headroom
