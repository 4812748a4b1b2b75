// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/answers/answercheck.h"
#include "core/plan/plan.h"
#include "core/stats/observationrecorder.h"

#include <variant>
#include <vector>

namespace Headroom {

/// Looks at what answers say of themselves, and records it. What is looked at is compiled once.
/// Thread: the worker's.
class AnswerObserver
{
public:
    explicit AnswerObserver(const Plan &plan);

    /// Of an answer to a request that was made with these values. `wanted`: of the plan's observations.
    void observe(const std::vector<std::size_t> &wanted, Answer &answer, const RequestValues &values,
                 ObservationRecorder &into) const;

    /// What the recorder has to be made for.
    static std::vector<ObservationRecorder::Kind> kindsOf(const Plan &plan);

private:
    struct Hit
    {
        PlaceReader place;
        AnswerCheck check;
        bool canMiss; ///< Its check says nothing about an answer that lacks the place.
    };
    using Look = std::variant<PlaceReader, Hit>;
    static Look lookOf(const Scenario::Observation &observation);

    std::vector<Look> m_looks; // by observation of the plan
};

} // namespace Headroom
