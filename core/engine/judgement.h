// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/exchange.h"
#include "core/plan/plan.h"
#include "core/stats/intervalsnapshot.h"
#include "core/stats/sample.h"

namespace Headroom {

/// What an exchange means for its step: answered as expected, rejected or an error (LANGUAGE, section 3).
Sample judge(StepIndex index, const Plan::Step &step, SteadyTime planned, const Exchange &exchange);

/// One sentence for the failures table; only for errors.
QString failureSentence(const Sample &sample, const Exchange &exchange);

/// What is shown of one failed exchange: no header of the request, no user info, nothing longer than a session holds.
std::shared_ptr<const FailureExample> failureExample(const HttpRequest &request, const Exchange &exchange);

} // namespace Headroom
