// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// The feeds under `data`, in their order; without the columns that templates name. Their files are not looked at.
std::vector<Scenario::Feed> readFeeds(const FieldReader &root, Problems &problems);
/// Hands the feeds the columns that templates have named, once all of them are read; warns of feeds that none names.
void takeColumns(std::vector<Scenario::Feed> &feeds, const TemplateScope &scope, Problems &problems);

} // namespace Headroom
