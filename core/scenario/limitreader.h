// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// How far a search goes when nothing says so: 10 times the planned rate.
constexpr Rate standardUpTo(Rate planned) { return Rate::perSecond(10.0 * planned.perSecond()); }

/// Reads the search for the limit of a load into `load`: with one stage at the planned rate that has no end of its own.
/// What contradicts a search is reported.
void readFindLimit(const FieldReader &fields, Scenario::Load &load, Problems &problems);

} // namespace Headroom
