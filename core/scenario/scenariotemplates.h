// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/scenario.h"

#include <functional>

namespace Headroom {

/// Visits every text of a scenario that may hold values, wherever it stands.
void visitTemplates(Scenario &scenario, const std::function<void(TextTemplate &)> &visit);

/// Puts the values of its secrets into all texts of a scenario, so that what is constant but for them is constant; what
/// the texts are called stays "${secret.NAME}".
/// `valueOf`: of a secret by its name; asked for those that are used only.
/// Errors: InvalidInput when a value cannot stand where it is wanted, as one with a line end in a header.
Result<void> fillSecrets(Scenario &scenario, const std::function<QString(const QString &name)> &valueOf);

} // namespace Headroom
