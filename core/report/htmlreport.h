// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QByteArray>

namespace Headroom {

/// The report as one HTML file that needs nothing else, no network either: verdict, rules, totals, step table, charts
/// over time (dygraphs), failures, environment. Numbers and words are those of the JSON report and of the terminal.
/// Verdict, rules, tables and environment are plain HTML and read without scripts; what came from scenario or target
/// can break out nowhere. The same model gives the same bytes.
QByteArray htmlReport(const ReportModel &model);

} // namespace Headroom
