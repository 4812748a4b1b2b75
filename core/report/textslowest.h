// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QStringList>

namespace Headroom {

/// At most one line: the slowest request and what it waited for, and how many requests were kept whole.
QStringList slowestLines(const ReportModel &model);

} // namespace Headroom
