// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/judgement.h"

namespace Headroom {

namespace {

bool isRejection(int status)
{
    return status == 429 || status == 503;
}

} // namespace

Sample judge(StepIndex index, const Plan::Step &step, SteadyTime planned, const Exchange &exchange)
{
    Sample sample;
    sample.step = index;
    sample.timings = {planned, exchange.sent, exchange.firstByte, exchange.finished};
    sample.failure = exchange.failure;
    sample.status = std::uint16_t(exchange.status);
    sample.resends = std::uint16_t(exchange.resends);
    sample.bytesIn = exchange.bytesIn;
    sample.bytesOut = exchange.bytesOut;
    if (sample.failure == FailureKind::None && !step.expects(exchange.status))
        sample.failure = FailureKind::Status;
    if (sample.failure != FailureKind::None)
        sample.outcome = Outcome::Error;
    else if (isRejection(exchange.status))
        sample.outcome = Outcome::Rejected;
    return sample;
}

QString failureSentence(const Sample &sample, const Exchange &exchange)
{
    if (sample.failure == FailureKind::Status)
        return QStringLiteral("status %1 is not expected").arg(sample.status);
    return exchange.message.isEmpty() ? failureKindText(sample.failure) : exchange.message;
}

} // namespace Headroom
