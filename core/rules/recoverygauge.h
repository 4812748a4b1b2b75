// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulegauge.h"
#include "core/rules/slidingtimes.h"

namespace Headroom {

/// Seconds from the end of a stage until a metric is back at the level that it had before the stage.
///
/// The level is that of the last 10 s of the stage before, which must hold 20 samples. After the stage the metric is
/// followed over 5 s (3 at the beginning); it is back as RecoveryLevel says, and the seconds count up to the first of
/// those 5. While it is not back the value is not known, but its lower end is: a bound below that is not met, any other
/// undecided. The drain is not watched, paused seconds are skipped. Samples: of the last 5 s.
class RecoveryGauge : public RuleGauge
{
public:
    RecoveryGauge(const Rule &rule, RunFactsPtr facts);

    void add(const MetricsFrame &frame) override;
    RuleMeasure measure() const override;

private:
    bool isItsStage(StageIndex stage) const;
    void addTo(SlidingTimes &window, const MetricsFrame &frame) const;
    std::optional<double> valueOf(const SlidingTimes &window) const;
    bool isBack(double value) const;
    void follow(const MetricsFrame &frame);

    std::vector<bool> m_steps;
    SlidingTimes m_before;
    SlidingTimes m_after;
    StageIndex m_stage; // of the frame before
    std::optional<double> m_level;
    bool m_wasReached = false;
    int m_watched = 0; // seconds since its end, without paused ones
    std::optional<int> m_seconds; // until it was back
    std::uint64_t m_samples = 0;
};

} // namespace Headroom
