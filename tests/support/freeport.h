// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace Headroom {

/// A port of loopback on which nobody listens. Another program may take it at any time.
quint16 freePort();

} // namespace Headroom
