// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/runanalysis.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr int kBrokenSeconds = 3; // judged seconds in a row; fewer are chance
constexpr std::size_t kMaxChanges = 100'000; // more than a day of one a second

bool changesLoad(const RunEvent &event) { return event.kind == u"steer" || event.kind == u"search"; }

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
    const bool isChanged = noteChanges(frame);
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

/// Whether the load changes in this second. An event may be known before its time, or a little after it.
bool RunAnalysis::noteChanges(const MetricsFrame &frame)
{
    for (const RunEvent &event : frame.events) {
        if (!changesLoad(event) || m_changes.size() >= kMaxChanges)
            continue;
        m_changes.push_back(event.at);
        m_ahead.push(event.at);
    }
    bool isChanged = false;
    for (; !m_ahead.empty() && m_ahead.top() < frame.second * Nanoseconds(1s) + 1s; m_ahead.pop())
        isChanged = true;
    return isChanged;
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
