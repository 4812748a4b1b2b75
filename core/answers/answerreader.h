// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/answers/answercheck.h"
#include "core/plan/plan.h"
#include "core/stats/failurekind.h"

#include <memory>

namespace Headroom {

/// What a step asks of its answers: whose they are, its checks, and the variables that they set. Compiled once.
///
/// It is for complete answers with an expected status. Of a rejection (429 or 503 that expect lists) nothing is asked,
/// and nothing is set. Thread: one.
class AnswerReader
{
public:
    struct Reading
    {
        FailureKind failure = FailureKind::None; ///< Identity before Check.
        AnswerProblem problem{}; ///< Of a failure.
        std::vector<QByteArray> extracted{}; ///< One for each variable that the step sets; empty on a failure.
    };
    static constexpr qsizetype kLongestVariable = 64 * 1024; ///< Bytes; users keep them.

    /// Null for a step that asks nothing.
    static std::unique_ptr<AnswerReader> forStep(const Plan::Step &step);

    Reading read(Answer &answer, const RequestValues &values) const;
    /// What the step has set, or, after a failure of any kind, unset.
    void set(const Reading &reading, Variables &variables) const;
    void unset(Variables &variables) const { set({}, variables); }

private:
    explicit AnswerReader(const Plan::Step &step);
    std::optional<AnswerProblem> identityProblem(Answer &answer, const RequestValues &values) const;

    struct Identity
    {
        PlaceReader place;
        RequestTemplate::Bytes value;
        QString written;
    };
    struct Extraction
    {
        std::size_t variable;
        PlaceReader place;
    };
    std::expected<QByteArray, AnswerProblem> extracted(const Extraction &extraction, Answer &answer) const;

    std::optional<Identity> m_identity;
    std::vector<AnswerCheck> m_checks;
    std::vector<Extraction> m_extractions;
};

} // namespace Headroom
