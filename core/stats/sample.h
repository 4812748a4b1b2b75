// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/stats/connectionopening.h"
#include "core/stats/failurekind.h"
#include "core/stats/requesttimings.h"

#include <cstdint>

namespace Headroom {

/// What became of one request (LANGUAGE: results of one request).
enum class Outcome : std::uint8_t {
    Answered, ///< Complete, status expected, checks passed.
    Rejected, ///< Complete, 429 or 503 that expect lists. Not an error.
    Error, ///< Anything else; the failure kind says why.
};

/// One finished request, as it is recorded.
struct Sample
{
    StepIndex step{};
    RequestTimings timings{};
    Outcome outcome = Outcome::Answered;
    FailureKind failure = FailureKind::None;
    std::uint16_t status = 0; ///< HTTP status; 0 when there was none.
    std::uint16_t resends = 0; ///< Times the transport sent the request again in silence.
    std::uint64_t bytesIn = 0; ///< Body bytes received.
    std::uint64_t bytesOut = 0; ///< Body bytes sent.
    const ConnectionOpening *opening = nullptr; ///< Of a connection that was opened for it; the exchange's, else null.
};

} // namespace Headroom
