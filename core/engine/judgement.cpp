// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/judgement.h"

#include "core/stats/failuretable.h"

namespace Headroom {

namespace {

bool isRejection(int status)
{
    return status == 429 || status == 503;
}

Sample sampleOf(const Asked &asked, const Exchange &exchange)
{
    Sample sample;
    sample.step = asked.index;
    sample.timings = {asked.planned, exchange.sent, exchange.firstByte, exchange.finished};
    sample.failure = exchange.failure;
    sample.status = std::uint16_t(exchange.status);
    sample.resends = std::uint16_t(exchange.resends);
    sample.bytesIn = exchange.bytesIn;
    sample.bytesOut = exchange.bytesOut;
    sample.opening = exchange.opening ? &*exchange.opening : nullptr;
    return sample;
}

} // namespace

Judgement judge(const Asked &asked, Answer &answer)
{
    const Exchange &exchange = answer.exchange();
    Judgement judgement{sampleOf(asked, exchange)};
    Sample &sample = judgement.sample;
    if (sample.failure == FailureKind::None && !asked.step.expects(exchange.status))
        sample.failure = FailureKind::Status;
    const bool isRejected = sample.failure == FailureKind::None && isRejection(exchange.status);
    if (sample.failure == FailureKind::None && !isRejected && asked.reader) {
        judgement.reading = asked.reader->read(answer, asked.values);
        sample.failure = judgement.reading.failure;
    }
    if (sample.failure != FailureKind::None)
        sample.outcome = Outcome::Error;
    else if (isRejected)
        sample.outcome = Outcome::Rejected;
    return judgement;
}

QString failureSentence(const Judgement &judgement, const Exchange &exchange)
{
    if (judgement.sample.failure == FailureKind::Status)
        return QStringLiteral("status %1 is not expected").arg(judgement.sample.status);
    if (!judgement.reading.problem.message.isEmpty())
        return judgement.reading.problem.message;
    return exchange.message.isEmpty() ? failureKindText(judgement.sample.failure) : exchange.message;
}

QString shownMethod(const QByteArray &method)
{
    return QString::fromLatin1(method.first(std::min<qsizetype>(method.size(), FailureExample::kMaxTextLength)));
}

QString shownUrl(const QUrl &url, const RedactorPtr &redactor)
{
    static_assert(Exemplar::kMaxTextLength == FailureExample::kMaxTextLength);
    const QUrl::FormattingOptions shown = QUrl::RemoveUserInfo | QUrl::RemoveFragment | QUrl::FullyEncoded;
    return hidden(redactor, url.toString(shown)).left(FailureExample::kMaxTextLength);
}

std::shared_ptr<const FailureExample> failureExample(const HttpRequest &request, const Exchange &exchange,
                                                     const RedactorPtr &redactor, const QString &detail)
{
    static_assert(Exchange::kMaxBodyHead <= FailureExample::kMaxBodyBytes);
    auto example = std::make_shared<FailureExample>();
    example->method = shownMethod(request.method);
    example->url = shownUrl(request.url, redactor);
    example->contentType = presentableMessage(hidden(redactor, QString::fromLatin1(exchange.contentType)));
    const QByteArray head = exchange.bodyHead.isEmpty()
        ? exchange.body.first(std::min<qsizetype>(exchange.body.size(), Exchange::kMaxBodyHead))
        : exchange.bodyHead;
    const bool isCut = std::uint64_t(head.size()) < exchange.bytesIn;
    example->bodyHead = hidden(redactor, head, isCut ? Redactor::Cut::AtEnd : Redactor::Cut::Nowhere)
                            .left(FailureExample::kMaxBodyBytes);
    example->bodyBytes = exchange.bytesIn;
    example->detail = presentableMessage(hidden(redactor, detail));
    return example;
}

} // namespace Headroom
