// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/plan.h"
#include "core/plan/requestcompiler.h"

namespace Headroom {

// What a plan has of a target that answers lines.

/// Where the scenario has such a target, makes it that of the plan: "lines:" and its command or socket stand for the
/// URL.
void takeLines(Plan &plan, const Scenario::Target &target);

/// The request whose body is the step's line.
CompiledRequest compileLine(const Scenario::Target &target, const Scenario::Step &step, const QUrl &address,
                            std::uint64_t salt = 0);

/// What is wrong when a step does not speak as the target does; empty when all is well.
QString lineMisfit(const Scenario::Step &step, const Scenario::Target &target);

/// What a step without a name is called: its path, or "line" and its number among all steps.
QString standardName(const Scenario::Step &step, const QString &path, std::size_t index);

} // namespace Headroom
