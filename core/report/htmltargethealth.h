// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// The section on how well the target was: a band for each tier over time, and their figures. Empty when nothing is
/// known of it.
Html targetHealthHtml(const ReportModel &model);

/// How the target ended, for each action that told it to: what was asked of it, and what was found.
Html drainsHtml(const ReportModel &model);

} // namespace Headroom
