// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleplan.h"

#include "core/rules/ruleparser.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

double seconds(Nanoseconds time) { return double(time.count()) / 1e9; }

bool hasNoSetEnd(const RunFacts &facts)
{
    return facts.iterations || facts.iterationsEach || facts.batches || facts.limitSearch;
}

} // namespace

/// Of the stages of the rule's window, what lies behind its "from".
std::vector<RulePlan::Piece> RulePlan::piecesOf(const Rule &rule) const
{
    std::vector<Piece> pieces;
    for (const RunFacts::Stage &stage : m_facts.stages) {
        if (rule.during.isEmpty() ? stage.isWarmUp : stage.name != rule.during)
            continue;
        const Nanoseconds cut = std::clamp(rule.from.value_or(0ns) - stage.start, Nanoseconds(0), stage.length);
        const double share = stage.length > 0ns ? seconds(cut) / seconds(stage.length) : 0.0;
        const double from = std::lerp(stage.from, stage.to, share);
        const Nanoseconds length = stage.length - cut;
        pieces.push_back({stage.start + cut, length, (from + stage.to) / 2.0 * seconds(length)});
    }
    return pieces;
}

/// What is planned before the window's end and outside of it. Some of that may be late, and end within.
RulePlan::Piece RulePlan::carriedInto(const std::vector<Piece> &pieces) const
{
    Piece carried;
    for (const RunFacts::Stage &stage : m_facts.stages) {
        if (pieces.empty() || stage.start >= pieces.back().start + pieces.back().length)
            break;
        carried.length += stage.length;
        carried.iterations += (stage.from + stage.to) / 2.0 * seconds(stage.length);
    }
    for (const Piece &piece : pieces) {
        carried.length -= piece.length;
        carried.iterations -= piece.iterations;
    }
    carried.iterations = std::max(0.0, carried.iterations); // rounding
    return carried;
}

std::optional<Nanoseconds> RulePlan::length(const Rule &rule) const
{
    if (hasNoSetEnd(m_facts))
        return std::nullopt;
    Nanoseconds sum{};
    for (const Piece &piece : piecesOf(rule))
        sum += piece.length;
    return sum;
}

std::optional<Nanoseconds> RulePlan::longestStretch(const Rule &rule) const
{
    if (hasNoSetEnd(m_facts))
        return std::nullopt;
    Nanoseconds longest{};
    Nanoseconds stretch{};
    Nanoseconds end{};
    for (const Piece &piece : piecesOf(rule)) {
        stretch = piece.start == end ? stretch + piece.length : piece.length;
        end = piece.start + piece.length;
        longest = std::max(longest, stretch);
    }
    return longest;
}

/// Of a load that ends with a count.
std::optional<double> RulePlan::countedRequests(const Rule &rule) const
{
    const std::vector<bool> selected = selectedSteps(rule.selector, m_facts);
    if (!m_facts.iterations || m_facts.flows.size() != 1 || m_most.size() != selected.size())
        return std::nullopt;
    double perIteration = 0.0;
    for (std::size_t step = 0; step < selected.size(); ++step)
        perIteration += selected[step] ? m_most[step] : 0.0;
    return perIteration * double(*m_facts.iterations);
}

std::optional<double> RulePlan::requests(const Rule &rule) const
{
    if (m_facts.limitSearch || m_most.size() != m_facts.steps.size())
        return std::nullopt;
    if (hasNoSetEnd(m_facts))
        return countedRequests(rule);
    if (!m_facts.isOpenModel || m_hasSine)
        return std::nullopt; // without a rate as many as the target lets through
    const std::vector<Piece> pieces = piecesOf(rule);
    const Piece carried = carriedInto(pieces);
    double weighted = carried.iterations; // of the weighted flows
    double length = seconds(carried.length);
    for (const Piece &piece : pieces) {
        weighted += piece.iterations;
        length += seconds(piece.length);
    }
    const bool isPoisson = m_facts.spacing == u"poisson";
    const std::vector<bool> selected = selectedSteps(rule.selector, m_facts);
    double sum = 0.0;
    for (std::size_t i = 0; i < selected.size(); ++i) {
        const FlowIndex index = m_facts.steps[i].flow;
        if (!selected[i] || !index.isValid() || index.at() >= m_facts.flows.size())
            continue;
        const RunFacts::Flow &flow = m_facts.flows[index.at()];
        const double mean = flow.ownRatePerSecond ? *flow.ownRatePerSecond * length : flow.intendedShare * weighted;
        const double variance = isPoisson ? 1.0 : flow.ownRatePerSecond ? 0.0 : 1.0 - flow.intendedShare;
        const double luck = 5.0 * std::sqrt(mean * variance) + 1.0;
        sum += m_most[i] * (mean + luck);
    }
    return sum;
}

std::optional<double> RulePlan::users(const Rule &rule) const
{
    if (m_facts.isOpenModel)
        return m_facts.userCap ? std::optional(double(*m_facts.userCap)) : std::nullopt;
    const std::vector<Piece> pieces = piecesOf(rule);
    double most = 0.0; // users of an earlier stage may still be at their last iteration
    for (const RunFacts::Stage &stage : m_facts.stages) {
        if (!pieces.empty() && stage.start < pieces.back().start + pieces.back().length)
            most = std::max({most, stage.from, stage.to});
    }
    return most > 0.0 ? std::optional(most) : std::nullopt;
}

} // namespace Headroom
