// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulemetric.h"

namespace Headroom {

/// A bound's value in the base of its unit: ms, fraction, per second, bytes or plain.
struct RuleBound
{
    double value = 0.0;
    Rule::Unit unit = Rule::Unit::Number;
};

/// Reads "900 ms", "1 %", "50/s", "10 KiB" or "12", as the metric takes it.
/// Errors: one sentence that names what may be written.
std::expected<RuleBound, QString> readBound(QStringView text, MetricWord::BoundKind kind);

} // namespace Headroom
