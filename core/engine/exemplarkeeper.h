// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/redactor.h"
#include "core/http/exchange.h"
#include "core/stats/exemplar.h"

#include <array>
#include <vector>

namespace Headroom {

/// Of each step the slowest exchanges of one worker so far, told once a second as far as they are new.
///
/// Most requests cost one comparison; one that is slower than what there is copies references to what it was, and only
/// what stands at the end of the second is made text of. Thread: the worker's. Nothing is allocated but by
/// takeSecond().
class ExemplarKeeper
{
public:
    ExemplarKeeper(std::size_t steps, SteadyTime start, RedactorPtr redactor);

    /// Only those that stand in the response times are looked at. `request`: what was sent.
    void look(const Sample &sample, const HttpRequest &request)
    {
        if (sample.timings.responseTime() > m_slowest[sample.step.at()].least)
            keep(sample, request);
    }
    /// Moves out those of this second that are among the slowest so far: step by step, in each the slowest first.
    std::vector<Exemplar> takeSecond();
    /// Begins anew, as what was is not measured: a warm-up would outdo all that comes.
    void forget();

private:
    struct Slowest ///< Of a step, over all seconds.
    {
        Nanoseconds least{-1}; ///< What is slower belongs to them; until there are enough, everything does.
        std::array<Nanoseconds, Exemplar::kPerStep> times{};
        int count = 0;
    };
    struct Kept
    {
        RawSample sample{};
        QByteArray method{};
        QUrl url{};
        std::optional<ConnectionOpening> opening{};
    };
    struct Second ///< Of a step: those of this second.
    {
        std::array<Kept, Exemplar::kPerStep> kept{};
        int count = 0;
    };
    void keep(const Sample &sample, const HttpRequest &request);
    Exemplar shown(const Kept &kept) const;

    const SteadyTime m_start;
    const RedactorPtr m_redactor;
    std::vector<Slowest> m_slowest; // by step
    std::vector<Second> m_second; // by step
    std::vector<StepIndex> m_touched; // steps that have some in this second; room for all of them
};

} // namespace Headroom
