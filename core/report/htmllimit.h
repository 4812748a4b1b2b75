// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// What a search for the limit has found: in words, as a picture of p95 over the rate, and every rate that was tried.
/// Nothing for a run without one.
Html limitHtml(const ReportModel &model);

/// That picture (SVG): a mark for each rate that was judged, the objective, the bracket and the knee. Nothing without a
/// p95.
Html limitPictureHtml(const ReportModel &model);

} // namespace Headroom
