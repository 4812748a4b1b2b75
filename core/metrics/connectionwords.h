// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"

namespace Headroom {

/// How a run's requests were made, for people: "direct: HTTP/1.1, one connection for each user, TLS verified".
QString connectionWords(const RunFacts &facts);

/// What to mind about that, as sentences without a final full stop; it stays with the run. Empty: nothing.
QStringList connectionCautions(const RunFacts &facts);

/// Whether a run that its generator has limited would gain from another transport.
bool wouldGainFromDirect(const RunFacts &facts);
/// The words that say so, as one of a list of what would help: "write transport: direct in the target, which ...".
QString directAdvice();

} // namespace Headroom
