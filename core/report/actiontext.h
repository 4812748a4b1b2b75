// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QStringList>

namespace Headroom {

// What the actions of a run have brought about, in words: the same in the terminal, on the page and in the window.

/// "as expected", "no detectable effect", "not judged": for a cell of a table.
QString effectOutcomeText(ActionEffect::Outcome outcome);
/// "p95(retrieve) fell by 248 ms (95 % certain: 231 ms to 262 ms), from 512 ms to 264 ms"; of a difference that may be
/// none: "p95(retrieve): 512 ms before, 510 ms after; 95 % certain: between -10 ms and 6 ms more".
QString measureText(const EffectMeasure &measure);
/// "no detectable effect: p95(retrieve): ...; expected: p95(retrieve) falls by 200 ms": all of it in one sentence.
QString effectText(const ActionEffect &effect, const RunFacts::Action &action);
/// Why an expected effect speaks against a plain yes; empty when it is as expected or none was.
QString effectReason(const ActionEffect &effect, const RunFacts &facts);

/// For the terminal; empty when the run has no actions.
QStringList actionLines(const ReportModel &model);

} // namespace Headroom
