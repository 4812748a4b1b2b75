// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QStringList>

namespace Headroom {

/// How well the target was, for the terminal: the time until it was ready, and a line for each tier. Empty when nothing
/// is known of it.
QStringList targetHealthLines(const ReportModel &model);

} // namespace Headroom
