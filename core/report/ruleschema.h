// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"

namespace Headroom {

/// What a report says of one rule, as part of a JSON Schema.
Json ruleSchema();

} // namespace Headroom
