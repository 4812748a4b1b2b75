// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"

namespace Headroom {

/// The "limit" of the JSON report, as part of its schema; it may be null.
Json limitSchema();

} // namespace Headroom
