// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QStringList>

namespace Headroom {

/// The batches of a run for the terminal: a table of the first and the last ones, and one line for all; empty without.
QStringList batchLines(const ReportModel &model);

/// "50 iterations in 6.30 s, 7.937/s; without the time between batches 8.5/s".
QString batchTotalsText(const BatchFigures &batches);

} // namespace Headroom
