// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulemetric.h"

namespace Headroom {

/// A bound's value in the base of its unit: ms, fraction, per second, bytes or plain.
struct RuleBound
{
    double value = 0.0;
    Rule::Unit unit = Rule::Unit::Number;
    bool isOfMachine = false; ///< A fraction of the machine's memory.
};

/// Reads "900 ms", "1 %", "50/s", "10 KiB", "12", "90 % of machine" or "1 MB/min", as the metric takes it.
/// Errors: one sentence that names what may be written.
std::expected<RuleBound, QString> readBound(QStringView text, MetricWord::BoundKind kind);

} // namespace Headroom
