// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QStringList>

namespace Headroom {

/// The flows of a run for the terminal, wanted against achieved; empty when there is only one.
QStringList flowLines(const ReportModel &model);

} // namespace Headroom
