// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QStringList>

namespace Headroom {

/// First bytes and connections; nothing for a run that has neither.
QStringList networkLines(const ReportModel &model);

} // namespace Headroom
