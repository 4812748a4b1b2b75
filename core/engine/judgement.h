// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/answers/answerreader.h"
#include "core/base/redactor.h"
#include "core/http/exchange.h"
#include "core/plan/plan.h"
#include "core/stats/intervalsnapshot.h"
#include "core/stats/sample.h"

namespace Headroom {

/// What an exchange means for its step (LANGUAGE, section 3).
struct Judgement
{
    Sample sample;                  ///< Answered as expected, rejected or an error.
    AnswerReader::Reading reading{}; ///< Of an answer with an expected status: why it is an error all the same, or what it sets.
};
/// The request that an answer belongs to.
struct Asked
{
    StepIndex index;
    const Plan::Step &step;
    SteadyTime planned;
    const AnswerReader *reader = nullptr; ///< Of the step; null: nothing is asked of its answers.
    const RequestValues &values;
};

/// Its status comes first, then whose it is, then its checks and what it must set. Of a rejection nothing else is asked.
Judgement judge(const Asked &asked, Answer &answer);

/// One sentence for the failures table; only for errors.
QString failureSentence(const Judgement &judgement, const Exchange &exchange);

/// Method and URL as they may be shown: without user info and fragment, with no value of a secret, nothing longer than a
/// session holds.
QString shownMethod(const QByteArray &method);
QString shownUrl(const QUrl &url, const RedactorPtr &redactor);

/// What is shown of one failed exchange: no header of the request, no user info, no value of a secret, nothing longer
/// than a session holds.
/// `detail`: what was found, of an answer that failed a check.
std::shared_ptr<const FailureExample> failureExample(const HttpRequest &request, const Exchange &exchange,
                                                     const RedactorPtr &redactor = {}, const QString &detail = {});

} // namespace Headroom
