// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Headroom {

/// JSON Schema (draft 2020-12) of headroom-report/1. Ends in a line feed.
QByteArray reportJsonSchema();

} // namespace Headroom
