// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace Headroom {

/// What it took to open a connection. What did not happen, or happened without being seen, takes 0.
struct ConnectionOpening
{
    Nanoseconds resolve{}; ///< To look up the name.
    Nanoseconds connect{}; ///< From the first packet to the connection.
    Nanoseconds tls{}; ///< The handshake.
    bool isResumed = false; ///< The handshake went on with an earlier session.
    bool operator==(const ConnectionOpening &) const = default;
};

} // namespace Headroom
