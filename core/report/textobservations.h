// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QStringList>

namespace Headroom {

/// What answers said of themselves, and the server's time against the client's, for the terminal; empty without.
QStringList observationLines(const ReportModel &model);

} // namespace Headroom
