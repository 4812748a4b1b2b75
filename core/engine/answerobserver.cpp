// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/answerobserver.h"

namespace Headroom {

namespace {

bool isHit(const Scenario::Observation &observation) { return observation.kind == Scenario::Observation::Kind::Hit; }

} // namespace

AnswerObserver::Look AnswerObserver::lookOf(const Scenario::Observation &observation)
{
    if (!isHit(observation))
        return PlaceReader(observation.place);
    const Comparison comparison = observation.hit.comparison;
    const bool isOfPresence = comparison == Comparison::Exists || comparison == Comparison::Missing;
    return Hit{PlaceReader(observation.hit.place), AnswerCheck(observation.hit), !isOfPresence};
}

AnswerObserver::AnswerObserver(const Plan &plan)
{
    for (const Scenario::Observation &observation : plan.observations)
        m_looks.push_back(lookOf(observation));
}

std::vector<ObservationRecorder::Kind> AnswerObserver::kindsOf(const Plan &plan)
{
    std::vector<ObservationRecorder::Kind> kinds;
    for (const Scenario::Observation &observation : plan.observations)
        kinds.push_back(isHit(observation) ? ObservationRecorder::Kind::Hits : ObservationRecorder::Kind::Values);
    return kinds;
}

void AnswerObserver::observe(const std::vector<std::size_t> &wanted, Answer &answer, const RequestValues &values,
                             ObservationRecorder &into) const
{
    for (const std::size_t index : wanted) {
        if (const auto *hit = std::get_if<Hit>(&m_looks[index])) {
            if (hit->canMiss && !hit->place.read(answer))
                into.recordMissing(index);
            else
                into.recordHit(index, hit->check.holds(answer, values));
            continue;
        }
        const auto found = std::get<PlaceReader>(m_looks[index]).read(answer);
        if (found && found->number)
            into.recordValue(index, *found->number);
        else
            into.recordMissing(index);
    }
}

} // namespace Headroom
