// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionhead.h"

namespace Headroom {

// What tells a session from a plain run of the scenario whose text it holds. Foreign text stands as it is.

/// "cut from a.headroom: 0:01 to 0:03 of 0:10", "merged from a.headroom, b.headroom"; none for a session of one whole
/// run. What was cut first, or merged of parts that were cut, is told first.
QStringList originTexts(const SessionHead &head);
/// "--duration 10 s, load.stages[0].rate=20/s": what was changed by options; empty: the scenario ran as it is written.
QString changesText(const std::vector<std::pair<QString, QString>> &overrides);

} // namespace Headroom
