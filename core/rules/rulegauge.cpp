// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulegauge.h"

#include "core/rules/costgauge.h"
#include "core/rules/networkgauge.h"
#include "core/rules/openedgauge.h"
#include "core/rules/reachedgauge.h"
#include "core/rules/recoverygauge.h"
#include "core/rules/sustainedgauge.h"
#include "core/rules/targetgauge.h"
#include "core/rules/trendgauge.h"

namespace Headroom {

std::unique_ptr<RuleGauge> makeGauge(const Rule &rule, const RunFactsPtr &facts)
{
    switch (rule.metric) {
    case Rule::Metric::Sustained:
        return std::make_unique<SustainedGauge>(rule, facts);
    case Rule::Metric::Reached:
        return std::make_unique<ReachedGauge>(rule, facts);
    case Rule::Metric::Recovery:
        return std::make_unique<RecoveryGauge>(rule, facts);
    case Rule::Metric::Cost:
        return std::make_unique<CostGauge>(rule, facts);
    case Rule::Metric::Opened:
        return std::make_unique<OpenedGauge>(rule, facts);
    case Rule::Metric::Drained:
        return std::make_unique<DrainedGauge>(rule, facts);
    case Rule::Metric::TimeToReady:
        return std::make_unique<ReadyGauge>(rule, facts);
    case Rule::Metric::NetworkMean:
    case Rule::Metric::NetworkMin:
    case Rule::Metric::NetworkMax:
    case Rule::Metric::NetworkQuantile:
        return std::make_unique<NetworkGauge>(rule, facts);
    case Rule::Metric::ProbeSlope:
    case Rule::Metric::ProbeLeak:
        return std::make_unique<TrendGauge>(rule, facts);
    default:
        return nullptr;
    }
}

} // namespace Headroom
