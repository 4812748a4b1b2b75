// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/actioneffects.h"

#include "core/base/humanformat.h"

#include <algorithm>
#include <cmath>
#include <ranges>

namespace Headroom {

namespace {

using EffectOutcome = ActionEffect::Outcome;

constexpr std::size_t kLongestAction = 600; // seconds: the schema's limit of `within`, and of `window`
constexpr std::size_t kMostUnderWay = 1000;

int secondBefore(Nanoseconds time) { return int(std::clamp<std::int64_t>(time / 1s, 0, INT_MAX / 2)); }

int secondFrom(Nanoseconds time) { return secondBefore(time + 1s - 1ns); }

Nanoseconds settledAt(const ActionDone &done, const RunFacts::Action &action)
{
    return done.at + done.took + action.settle;
}

/// What the effect rests on, without what nobody compares.
std::shared_ptr<const MetricsFrame> slim(const MetricsFrame &frame)
{
    auto copy = std::make_shared<MetricsFrame>();
    copy->second = frame.second;
    copy->length = frame.length;
    copy->stage = frame.stage;
    copy->isMeasured = frame.isMeasured;
    copy->isDrain = frame.isDrain;
    copy->offeredPerSecond = frame.offeredPerSecond;
    copy->plannedUsers = frame.plannedUsers;
    copy->steps = frame.steps;
    copy->flows = frame.flows;
    copy->observations = frame.observations;
    copy->probes = frame.probes;
    return copy;
}

QString tooShort(int seconds, const char *where)
{
    return QStringLiteral("only %1 s of steady load %2 it, and it takes %3 s")
        .arg(QString::number(seconds), QLatin1String(where), QString::number(ActionEffects::kFewestSeconds));
}

} // namespace

ActionEffects::ActionEffects(RunFactsPtr facts)
    : m_facts(std::move(facts))
{
    Nanoseconds longest{};
    for (const RunFacts::Action &action : m_facts->actions) {
        const auto expected = parseEffect(action.expectEffect);
        const bool isFine = expected && !checkEffect(*expected, *m_facts);
        m_expected.push_back(isFine ? std::optional(*expected) : std::nullopt);
        longest = std::max(longest, action.window);
    }
    if (!m_facts->actions.empty())
        m_keep = kLongestAction + std::min(std::size_t(secondFrom(longest)), kLongestAction);
}

ActionEffects::~ActionEffects() = default;

void ActionEffects::add(const MetricsFrame &frame)
{
    if (m_facts->actions.empty())
        return;
    const LoadPiece piece = m_pieces.pieceOf(frame, *m_facts);
    for (const RunEvent &event : frame.events) {
        if (event.kind != u"action" || m_begun.size() >= kMostUnderWay)
            continue;
        m_begun.push_back(event.at);
        cutAt(event.at);
    }
    for (const ActionDone &done : frame.actions) {
        if (done.action >= 0 && std::size_t(done.action) < m_facts->actions.size() && m_effects.size() < kMostEffects)
            begin(done);
    }
    const double load = m_facts->isOpenModel ? frame.offeredPerSecond : frame.plannedUsers;
    const bool isSteady = frame.isMeasured && !frame.isDrain && !piece.isRamp && frame.length >= 1s;
    m_seconds.push_back({slim(frame), piece, load, isSteady});
    if (m_seconds.size() > m_keep)
        m_seconds.pop_front();
    follow(m_seconds.back());
}

const std::vector<ActionEffect> &ActionEffects::effects()
{
    if (m_open)
        judge(m_effects[m_open->effect]);
    return m_effects;
}

void ActionEffects::begin(const ActionDone &done)
{
    finish();
    std::erase(m_begun, done.at); // two of one instant spoil each other below, when the second one ends
    const RunFacts::Action &action = m_facts->actions[std::size_t(done.action)];
    ActionEffect effect;
    effect.done = done;
    if (m_expected[std::size_t(done.action)])
        effect.standing = RuleResult::Standing::Undecided;
    const int window = secondFrom(action.window);
    const int firstAfter = secondFrom(settledAt(done, action));
    effect.before = {std::max(0, secondBefore(done.at) - window), secondBefore(done.at)};
    effect.after = {firstAfter, firstAfter};
    Open open;
    open.effect = m_effects.size();
    open.firstAfter = firstAfter;
    open.endAfter = firstAfter + window;
    if (done.drain)
        effect.reason = QStringLiteral("it has ended the target");
    else if (!done.isDone)
        effect.reason = QStringLiteral("it was not done");
    for (const ActionEffect &other : m_effects) {
        const Nanoseconds otherEnd = settledAt(other.done, m_facts->actions[std::size_t(other.done.action)]);
        if (otherEnd > done.at && other.done.at < settledAt(done, action))
            effect.reason = QStringLiteral("another action was not settled yet");
        else if (otherEnd <= done.at)
            effect.before.from = std::max(effect.before.from, std::min(secondFrom(otherEnd), effect.before.end));
    }
    if (std::ranges::any_of(m_begun, [&](Nanoseconds begun) { return begun < firstAfter * Nanoseconds(1s); }))
        effect.reason = QStringLiteral("another action was under way");
    const bool isSpoiled = !effect.reason.isEmpty();
    m_effects.push_back(std::move(effect));
    if (isSpoiled)
        return;
    open.before = std::make_unique<RuleEvaluator>(rulesOf(std::size_t(done.action)), m_facts);
    open.after = std::make_unique<RuleEvaluator>(rulesOf(std::size_t(done.action)), m_facts);
    m_open = std::move(open);
    takeBefore(m_effects.back());
    for (const Nanoseconds begun : m_begun)
        cutAt(begun);
}

/// The last seconds before it that are of one steady load.
void ActionEffects::takeBefore(ActionEffect &effect)
{
    std::vector<const Second *> taken;
    int wanted = effect.before.end - 1;
    for (auto second = m_seconds.rbegin(); second != m_seconds.rend() && wanted >= effect.before.from; ++second) {
        if (second->frame->second > wanted)
            continue;
        const bool isOther = !taken.empty() && !(second->piece == taken.back()->piece);
        if (second->frame->second != wanted || !second->isSteady || isOther)
            break;
        taken.push_back(&*second);
        --wanted;
    }
    effect.before.from = effect.before.end - int(taken.size());
    for (const Second *second : taken | std::views::reverse) {
        m_open->before->add(*second->frame);
        m_open->loadBefore += second->load;
        m_open->piece = second->piece;
    }
}

void ActionEffects::follow(const Second &second)
{
    if (!m_open || second.frame->second < m_open->firstAfter)
        return;
    ActionEffect &effect = m_effects[m_open->effect];
    const int now = second.frame->second;
    if (now >= m_open->endAfter)
        return finish();
    const bool isFirst = effect.after.seconds() == 0;
    if (now != effect.after.end || !second.isSteady || (!isFirst && !(second.piece == m_open->piece))) {
        m_open->isChanged = true;
        return finish();
    }
    m_open->piece = second.piece;
    m_open->after->add(*second.frame);
    m_open->loadAfter += second.load;
    effect.after.end = now + 1;
    if (effect.after.end >= m_open->endAfter)
        finish();
}

void ActionEffects::cutAt(Nanoseconds time)
{
    if (!m_open || secondBefore(time) >= m_open->endAfter || time <= m_effects[m_open->effect].done.at)
        return;
    m_open->endAfter = secondBefore(time);
    m_open->cut = QStringLiteral("another action followed at %1").arg(formatElapsed(time));
}

void ActionEffects::finish()
{
    if (!m_open)
        return;
    judge(m_effects[m_open->effect]);
    m_open.reset();
}

/// By how it stands; again and again while its window is open.
void ActionEffects::judge(ActionEffect &effect) const
{
    const std::vector<RuleResult> before = m_open->before->results();
    const std::vector<RuleResult> after = m_open->after->results();
    const auto &expected = m_expected[std::size_t(effect.done.action)];
    effect.measures.clear();
    for (std::size_t i = 0; i < before.size(); ++i)
        effect.measures.push_back(effectMeasure(before[i].rule.text, before[i], after[i]));
    effect.reason.clear();
    if (effect.before.seconds() < kFewestSeconds)
        effect.reason = tooShort(effect.before.seconds(), "before");
    else if (effect.after.seconds() < kFewestSeconds)
        effect.reason = tooShort(effect.after.seconds(), "behind")
            + (m_open->isChanged            ? QStringLiteral(": the load changed or was paused")
                   : !m_open->cut.isEmpty() ? QStringLiteral(": ") + m_open->cut
                                            : QString());
    else if (isOtherLoad(effect))
        effect.reason = QStringLiteral("the load changed meanwhile, from %1 to %2")
                            .arg(formatNumber(m_open->loadBefore / effect.before.seconds()),
                                 formatNumber(m_open->loadAfter / effect.after.seconds()));
    if (!effect.reason.isEmpty()) {
        for (EffectMeasure &measure : effect.measures)
            measure.change.reset();
        effect.outcome = EffectOutcome::NotJudged;
        if (expected)
            effect.standing = RuleResult::Standing::Undecided;
        return;
    }
    effect.outcome = EffectOutcome::Measured;
    if (expected)
        judgeEffect(*expected, effect.measures.front(), effect);
}

/// Differences of 5 % are none, nor is what chance makes of random arrivals.
bool ActionEffects::isOtherLoad(const ActionEffect &effect) const
{
    const double before = m_open->loadBefore / effect.before.seconds();
    const double after = m_open->loadAfter / effect.after.seconds();
    double tolerated = 0.05 * std::max(before, after);
    if (m_facts->spacing == u"poisson")
        tolerated += 3.0 * std::sqrt(before / effect.before.seconds() + after / effect.after.seconds());
    return std::abs(after - before) > tolerated;
}

std::vector<Rule> ActionEffects::rulesOf(std::size_t action) const
{
    if (m_expected[action])
        return {m_expected[action]->rule};
    std::vector<Rule> rules;
    for (const char *metric : {"p95", "errors"}) {
        if (auto rule = ruleOfMetric(QLatin1String(metric))) {
            rule->text = QLatin1String(metric);
            rules.push_back(*rule);
        }
    }
    return rules;
}

} // namespace Headroom
