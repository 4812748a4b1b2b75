// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QStringList>

namespace Headroom {

/// A line for each memory series of the terminal's summary, and what it would come to where it leaks.
QStringList memoryLines(const ReportModel &model);
/// A line for each watched process on what a request cost.
QStringList resourceLines(const ReportModel &model);

/// "no leak: 45.1 MiB to 46.0 MiB (+1.996 %), peak 46.2 MiB"
QString memoryText(const MemoryFigure &figure);

} // namespace Headroom
