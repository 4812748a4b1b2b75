// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

namespace Headroom {

/// A search drives the load up on purpose: what the generator did in all its seconds says nothing, what it did where a
/// rule broke was judged there. The run is valid unless the generator was the limit that ended the search.
void judgeSearch(const LimitFinding &finding, Validity &validity);

/// Rules that hold where a search came to rest are met only when it has confirmed that rate.
void judgeSearch(const LimitFinding &finding, Verdict &verdict);

} // namespace Headroom
