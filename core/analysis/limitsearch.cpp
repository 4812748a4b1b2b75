// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/limitsearch.h"

#include "core/base/humanformat.h"
#include "core/rules/ruleparser.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

using Ending = LimitFinding::Ending;
using Verdict = LimitProbe::Verdict;

constexpr int kDelay = 2; // seconds from the one that decides to the first that follows it
constexpr int kColdStart = 1; // seconds more for the first rate: connections, and whatever the target does once
constexpr double kMostWaitSeconds = 2.0; // of arrivals that wait for a free user; more is hopeless
constexpr int kLongestRecovery = 60; // seconds; as long as a request may take by default
constexpr int kMostLate = 3; // times that a rate is tried at which the generator is late
constexpr int kLongestSearch = 3600; // seconds

int wholeSeconds(Nanoseconds length)
{
    return int(std::max<qint64>(1, std::chrono::ceil<std::chrono::seconds>(length).count()));
}

/// Seconds until a new rate has settled: a fifth of what is judged, 1 to 3.
int settlingOf(const RunFacts::LimitSearch &search) { return std::clamp(wholeSeconds(search.hold) / 5, 1, 3); }

std::vector<Rule> parsedRules(const RunFacts &facts)
{
    std::vector<Rule> rules;
    for (const QString &text : facts.rules) {
        if (auto rule = parseRule(text))
            rules.push_back(std::move(*rule));
    }
    return rules;
}

RunEvent searchEvent(int second, const QString &text)
{
    return {second * Nanoseconds(1s), QStringLiteral("search"), text};
}

/// "probe 3 tries 225/s"
QString numbered(std::size_t index, const QString &text)
{
    return QStringLiteral("probe %1 %2").arg(index + 1).arg(text);
}

} // namespace

LimitSearch::LimitSearch(RunFactsPtr facts)
    : m_facts(std::move(facts))
    , m_wanted(m_facts->limitSearch.value_or(RunFacts::LimitSearch{}))
    , m_rules(parsedRules(*m_facts))
    , m_bracket(m_wanted.plannedPerSecond, m_wanted.upToPerSecond, m_wanted.within)
{
    LimitProbe first;
    first.ratePerSecond = m_wanted.plannedPerSecond;
    first.from = first.to = settlingOf(m_wanted) + kColdStart;
    m_probes.push_back(first);
    m_window = std::make_unique<LimitWindow>(m_rules, m_facts, wholeSeconds(m_wanted.hold));
}

LimitSearch::~LimitSearch() = default;

RunEvent LimitSearch::begin() const { return searchEvent(0, numbered(0, probeText(m_probes.front()))); }

LimitSearch::Advice LimitSearch::add(const MetricsFrame &frame)
{
    Advice advice;
    if (m_ending != Ending::Running || frame.length < 1s)
        return advice;
    if (frame.second >= kLongestSearch)
        end(Ending::OutOfTime, frame.second, advice);
    else if (m_afterRecovery)
        awaitRecovery(frame, advice);
    else
        judge(frame, advice);
    return advice;
}

/// Evenly spread arrivals are off by one; those of a Poisson process by five of its standard deviations at most.
bool LimitSearch::isAtRate(const MetricsFrame &frame, double rate) const
{
    constexpr double kRounding = 2.0;
    const double chance = m_facts->spacing == QLatin1String("poisson") ? 5.0 * std::sqrt(rate) : 0.0;
    return std::abs(double(frame.iterations().planned) - rate) <= kRounding + chance;
}

bool LimitSearch::isHopeless(const MetricsFrame &frame) const
{
    return double(frame.backlog) > kMostWaitSeconds * std::max(1.0, m_probes.back().ratePerSecond);
}

void LimitSearch::judge(const MetricsFrame &frame, Advice &advice)
{
    LimitProbe &probe = m_probes.back();
    if (frame.second < probe.start)
        return;
    m_window->watch(frame);
    if (frame.second >= probe.from && isAtRate(frame, probe.ratePerSecond)) {
        if (m_window->seconds() == 0)
            probe.from = frame.second;
        m_window->add(frame);
        probe.to = frame.second + 1;
    }
    if (isHopeless(frame))
        finishProbe(frame.second, true, advice);
    else if (m_window->isComplete() || m_window->isBrokenForCertain())
        finishProbe(frame.second, false, advice);
}

void LimitSearch::finishProbe(int second, bool isHopeless, Advice &advice)
{
    LimitProbe &probe = m_probes.back();
    probe.to = second + 1;
    probe.from = std::min(probe.from, second); // it may be hopeless before it has settled
    probe.p95Ms = m_window->p95Ms();
    probe.errorShare = m_window->errorShare();
    probe.achievedShare = m_window->achievedShare();
    probe.broken = m_window->broken();
    probe.isHopeless = isHopeless || m_window->hasLostArrivals();
    probe.isAtCap = isHopeless || m_window->isAtCap();
    const bool isBroken = probe.isHopeless || probe.broken;
    if (probe.isConfirming && !isBroken)
        probe.notShown = m_window->notShown();
    const bool isHeld = !isBroken && !probe.notShown;
    const bool isLate = isHopeless ? m_window->isGeneratorLimitedSinceStart() : m_window->isGeneratorLimited();
    probe.verdict = isHeld ? Verdict::Held
        : isLate           ? Verdict::GeneratorLimited
        : isBroken         ? Verdict::Broke
                           : Verdict::NotShown;
    m_results.push_back(m_window->results());
    m_window.reset();
    settle(LimitProbe(probe), second, advice);
}

/// Draws the conclusion from a probe that is over.
void LimitSearch::settle(const LimitProbe &probe, int second, Advice &advice)
{
    const LimitBracket::Move move{probe.ratePerSecond, probe.isConfirming};
    if (probe.verdict == Verdict::GeneratorLimited) {
        advice.events.push_back(searchEvent(probe.to, numbered(m_probes.size() - 1, probeText(probe))));
        return repeat(move, second, advice);
    }
    const bool hasHeld = probe.verdict == Verdict::Held;
    if (hasHeld)
        m_bracket.held(move);
    else
        m_bracket.broke(move);
    QString text = numbered(m_probes.size() - 1, QStringLiteral("at ") + probeText(probe));
    if (m_bracket.highestHeld() && m_bracket.lowestBroken())
        text += QStringLiteral("; bracket %1 to %2")
                    .arg(formatRate(Rate::perSecond(*m_bracket.highestHeld())),
                         formatRate(Rate::perSecond(*m_bracket.lowestBroken())));
    advice.events.push_back(searchEvent(probe.to, text));
    const auto next = m_bracket.next();
    if (!next)
        end(endingOfBracket(), second, advice);
    else if (hasHeld)
        startProbe(*next, second, advice);
    else
        recover(*next, second, advice);
}

void LimitSearch::repeat(const LimitBracket::Move &move, int second, Advice &advice)
{
    if (++m_lateAt[move.ratePerSecond] < kMostLate)
        recover(move, second, advice);
    else
        end(Ending::GeneratorLimit, second, advice);
}

void LimitSearch::recover(const LimitBracket::Move &next, int second, Advice &advice)
{
    m_afterRecovery = next;
    m_recoversFrom = second + kDelay;
    advice.ratePerSecond = 0.0;
    advice.fromSecond = m_recoversFrom;
    advice.events.push_back(
        searchEvent(m_recoversFrom, QStringLiteral("nothing is sent until the target has recovered")));
}

void LimitSearch::awaitRecovery(const MetricsFrame &frame, Advice &advice)
{
    if (frame.second < m_recoversFrom || frame.iterations().planned > 0)
        return;
    if (frame.backlog == 0 && frame.inFlight == 0)
        startProbe(*std::exchange(m_afterRecovery, std::nullopt), frame.second, advice);
    else if (frame.second - m_recoversFrom >= kLongestRecovery)
        end(Ending::NotRecovered, frame.second, advice);
}

void LimitSearch::startProbe(const LimitBracket::Move &move, int second, Advice &advice)
{
    // The rate that has just held is judged on at once.
    const bool isSettled =
        m_probes.back().verdict == Verdict::Held && m_probes.back().ratePerSecond == move.ratePerSecond;
    LimitProbe probe;
    probe.ratePerSecond = move.ratePerSecond;
    probe.isConfirming = move.isConfirming;
    probe.start = second + (isSettled ? 1 : kDelay);
    probe.from = probe.to = probe.start + (isSettled ? 0 : settlingOf(m_wanted));
    if (!isSettled) {
        advice.ratePerSecond = move.ratePerSecond;
        advice.fromSecond = probe.start;
    }
    advice.events.push_back(searchEvent(probe.start, numbered(m_probes.size(), probeText(probe))));
    m_probes.push_back(probe);
    m_window = std::make_unique<LimitWindow>(m_rules, m_facts,
                                             wholeSeconds(move.isConfirming ? m_wanted.confirm : m_wanted.hold));
}

void LimitSearch::end(Ending ending, int second, Advice &advice)
{
    m_ending = ending;
    m_afterRecovery.reset();
    advice.isOver = true;
    advice.events.push_back(searchEvent(second + 1, QStringLiteral("limit: ") + headline(finding())));
}

LimitFinding::Ending LimitSearch::endingOfBracket() const
{
    if (m_bracket.isConfirmed())
        return m_bracket.lowestBroken() ? Ending::Found : Ending::AtLeast;
    return m_bracket.isUnstable() ? Ending::Unstable : Ending::NothingHeld;
}

} // namespace Headroom
