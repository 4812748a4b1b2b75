// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/runanalysis.h"

namespace Headroom {

namespace {

constexpr int kBrokenSeconds = 3; // judged seconds in a row; fewer are chance

} // namespace

RunAnalysis::RunAnalysis(RunFactsPtr facts)
    : m_facts(std::move(facts))
    , m_judge(m_facts->rules, m_facts)
    , m_crossings(m_facts)
{
}

void RunAnalysis::setRules(const QStringList &texts)
{
    m_judge = TrailingJudge(texts, m_facts);
    m_broken.clear();
}

void RunAnalysis::endSecond(const MetricsFrame &frame, const LatencySet &all, const HdrHistogram &sendLag)
{
    const bool isFirst = m_seconds.empty();
    const bool isChanged = m_changes.isChangedIn(frame);
    if (isChanged || isFirst || m_seconds.back().stage != frame.stage) {
        m_judge.restart();
        m_broken.clear();
    }
    const RunSecond &second = m_seconds.emplace_back(secondOf(frame, m_facts->isOpenModel, all, sendLag));
    const std::vector<TrailingJudge::Standing> &standings = m_judge.endSecond(frame);
    if (m_facts->batches || m_facts->limitSearch)
        return; // a batch is all peak, and a search breaks its rules on purpose
    m_crossings.add(second, m_judge.rules(), standings);
    m_recoveries.add(second, all[LatencyKind::Response], isBroken(standings), isChanged && !isFirst);
}

bool RunAnalysis::isBroken(const std::vector<TrailingJudge::Standing> &standings)
{
    m_broken.resize(standings.size());
    bool isAnyBroken = false;
    for (std::size_t i = 0; i < standings.size(); ++i) {
        if (standings[i].isJudged)
            m_broken[i] = standings[i].isKept ? 0 : m_broken[i] + 1;
        isAnyBroken = isAnyBroken || m_broken[i] >= kBrokenSeconds;
    }
    return isAnyBroken;
}

} // namespace Headroom
