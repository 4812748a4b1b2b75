// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtEnvironmentVariables>

namespace Headroom {

/// Whether the long forms of tests are asked for, as `packaging/test long` does.
inline bool isLong() { return qEnvironmentVariableIntValue("HEADROOM_LONG") > 0; }

/// How often something is tried: usually, and when there is time.
inline int timesToTry(int usually, int inLong) { return isLong() ? inLong : usually; }

} // namespace Headroom
