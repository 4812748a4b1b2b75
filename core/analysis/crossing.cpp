// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/crossing.h"

#include <algorithm>
#include <ranges>

namespace Headroom {

namespace {

constexpr int kInARow = 3; // judged seconds; fewer are chance

/// Whether the rule stands earlier in the list, too: one of them is enough, and texts tell rules apart.
bool isRepeated(const std::vector<Rule> &rules, std::size_t place)
{
    return std::ranges::contains(rules | std::views::take(place), rules[place].text, &Rule::text);
}

} // namespace

void CrossingFinder::add(const RunSecond &second, const std::vector<Rule> &rules,
                         const std::vector<TrailingJudge::Standing> &standings)
{
    if (second.stage != m_stage || second.isDrain) {
        finishStage();
        m_stage = second.isDrain ? StageIndex{} : second.stage;
        const bool isKnown = m_stage.isValid() && m_stage.at() < m_facts->stages.size();
        m_isRising = isKnown && m_facts->stages[m_stage.at()].to > m_facts->stages[m_stage.at()].from;
    }
    if (!m_isRising)
        return;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const TrailingJudge::Standing &standing = standings[i];
        if (!standing.isJudged || isRepeated(rules, i))
            continue;
        Track &track = trackOf(rules[i], i);
        track.place = i;
        track.latest = {second.stage, rules[i], false, second.second, second.load, second.users, 0.0, standing.value};
        if (const double length = second.lengthSeconds(); length > 0.0)
            track.latest.startedPerSecond = second.started / length;
        track.broken = standing.isKept ? 0 : track.broken + 1;
        track.kept = standing.isKept ? track.kept + 1 : 0;
        if (track.broken == 1 && !track.isCrossed)
            track.begin = track.latest;
        if (track.broken >= kInARow)
            track.isCrossed = true;
        if (track.kept >= kInARow)
            track.isCrossed = false;
    }
}

/// Rules may be changed by hand in the middle of a stage: then their places change, and their texts tell which is
/// which.
CrossingFinder::Track &CrossingFinder::trackOf(const Rule &rule, std::size_t place)
{
    if (place < m_tracks.size() && m_tracks[place].latest.rule.text == rule.text)
        return m_tracks[place];
    const auto found =
        std::ranges::find(m_tracks, rule.text, [](const Track &track) { return track.latest.rule.text; });
    return found == m_tracks.end() ? m_tracks.emplace_back() : *found;
}

void CrossingFinder::finishStage()
{
    m_finished = crossings();
    m_tracks.clear();
}

std::vector<Crossing> CrossingFinder::crossings() const
{
    std::vector<Crossing> found = m_finished;
    std::vector<Track> tracks = m_tracks;
    std::ranges::stable_sort(tracks, {}, &Track::place);
    for (const Track &track : tracks) {
        if (found.size() >= kMaxCrossings)
            break;
        found.push_back(track.isCrossed ? track.begin : track.latest);
        found.back().isCrossed = track.isCrossed;
    }
    return found;
}

} // namespace Headroom
