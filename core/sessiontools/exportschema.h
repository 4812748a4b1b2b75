// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Headroom {

/// The JSON Schema (2020-12) of what exportJson() writes, with a sentence on every field.
QByteArray exportJsonSchema();

} // namespace Headroom
