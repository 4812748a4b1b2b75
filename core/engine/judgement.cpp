// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/judgement.h"

#include "core/stats/failuretable.h"

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

std::shared_ptr<const FailureExample> failureExample(const HttpRequest &request, const Exchange &exchange)
{
    static_assert(Exchange::kMaxBodyHead <= FailureExample::kMaxBodyBytes);
    auto example = std::make_shared<FailureExample>();
    const QUrl::FormattingOptions shown = QUrl::RemoveUserInfo | QUrl::RemoveFragment | QUrl::FullyEncoded;
    example->method = QString::fromLatin1(request.method).left(FailureExample::kMaxTextLength);
    example->url = request.url.toString(shown).left(FailureExample::kMaxTextLength);
    example->contentType = presentableMessage(QString::fromLatin1(exchange.contentType));
    example->bodyHead = exchange.bodyHead;
    example->bodyBytes = exchange.bytesIn;
    return example;
}

} // namespace Headroom
