// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/htmltable.h"
#include "core/report/runsummary.h"

namespace Headroom {

// A row for each of several runs, as tables of sweeps and suites have them.

/// `first`: what the labels are; must outlive the table.
std::vector<HtmlTable::Column> runColumns(const char *first);
/// A cell for each column; the last holds the verdict and the session.
std::vector<Html> runCells(const RunSummary &run);

} // namespace Headroom
