// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/scenario.h"

namespace Headroom {

/// "at least 5 of 6", "at least 5" or "at least 80 %": how many rules must be met, or what share of their weights.
/// The place stays empty. Errors: InvalidInput with a sentence that shows how to write it.
Result<Scenario::Acceptance> parseAcceptance(QStringView text);

/// The same in one spelling.
QString acceptanceText(const Scenario::Acceptance &acceptance);

} // namespace Headroom
