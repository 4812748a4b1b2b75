// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/reportmodel.h"

namespace Headroom {

// The page's first screen, and its first sheet on paper.

Html headHtml(const ReportModel &model); ///< What ran, against what, when and how.
Html verdictHtml(const ReportModel &model); ///< The verdict in words, the reasons, the warnings.
Html figuresHtml(const ReportModel &model); ///< A row of key figures.
Html signatureHtml(); ///< Lines to sign on; only paper shows them.

/// The verdict in words: "All rules met", "Accepted". NOT VALID stands before everything else.
QString verdictText(const ReportModel &model);

} // namespace Headroom
