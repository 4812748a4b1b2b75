// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QString>

namespace Headroom {

/// Who held load back, as the end of "limited by": "the generator", "the plan", "the target", "nothing".
QString limitedByText(LimitedBy limitedBy);

/// One sentence on what limited the measured seconds and what would help; empty when nothing did.
QString limitSentence(const Validity &validity);

} // namespace Headroom
