// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/intervalsnapshot.h"

namespace Headroom {

/// An exchange that failed as plain text to read: "GET URL", content type, an empty line, the body. Control characters
/// are replaced; says how much of the body is missing.
QString exampleText(const FailureExample &example);
/// "GET URL", in one line.
QString exampleRequest(const FailureExample &example);

} // namespace Headroom
