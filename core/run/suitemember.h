// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/suite.h"

#include <QStringList>

namespace Headroom {

/// The scenario file of a member. Errors: as pathInside()'s, naming the member.
Result<QString> memberFile(const QString &folder, const Suite::Member &member);

/// A cell of the suite's objectives as a rule: "p95 < 900 ms".
QString objectiveRule(const Suite::Objective &objective);
/// Those of one member, in order.
QStringList objectiveRules(const Suite &suite, const QString &member);

} // namespace Headroom
