// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QByteArray>

namespace Headroom {

/// The report as JSON, schema headroom-report/1 (LANGUAGE, section 8): UTF-8, two blanks of indent, a final line feed.
/// The same model gives the same bytes.
QByteArray jsonReport(const ReportModel &model);

} // namespace Headroom
