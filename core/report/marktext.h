// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runevent.h"

namespace Headroom {

/// What stands at an event's mark on a time axis, where there is little room: a stage's name, the load that a hand has
/// set ("80/s"), the number of a batch ("batch 2"), a tier of health that turned ("ready down"), how soon the
/// target was there ("ready after 512 ms"); the whole sentence of every other event.
QString markText(const RunEvent &event);

} // namespace Headroom
