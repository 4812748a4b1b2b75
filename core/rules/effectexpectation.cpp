// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/effectexpectation.h"

#include "core/base/quantity.h"

#include <QRegularExpression>

#include <algorithm>

namespace Headroom {

namespace {

using Direction = EffectExpectation::Direction;

constexpr qsizetype kLongestText = 1000;

std::unexpected<RuleProblem> problemAt(qsizetype position, qsizetype length, const QString &message)
{
    return std::unexpected(RuleProblem{position, std::max<qsizetype>(1, length), message});
}

struct Verb
{
    qsizetype position = -1;
    qsizetype length = 0;
    Direction direction = Direction::Falls;
};

/// The first verb that stands neither in brackets nor in quotation marks.
Verb findVerb(const QString &text)
{
    static const QRegularExpression kVerb(QStringLiteral("\\G\\s(falls|rises|stays\\s+within)(?=\\s|$)"));
    int depth = 0;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        isQuoted = c == u'"' ? !isQuoted : isQuoted;
        depth += isQuoted ? 0 : c == u'(' ? 1 : c == u')' ? -1 : 0;
        if (isQuoted || depth > 0 || !c.isSpace())
            continue;
        const auto found = kVerb.match(text, i);
        if (!found.hasMatch())
            continue;
        const QString word = found.captured(1);
        return {i, found.capturedLength(),
                word == u"falls"       ? Direction::Falls
                    : word == u"rises" ? Direction::Rises
                                       : Direction::Stays};
    }
    return {};
}

/// An amount at a place of the text.
struct Amount
{
    double value = 0.0;
    bool isRelative = false;
};

std::expected<Amount, RuleProblem> readAmount(const EffectExpectation &effect, const QString &text, qsizetype position)
{
    const auto share = parsePercent(text);
    const bool isShare = effect.rule.unit == Rule::Unit::Share;
    if (share && *share < 0.0)
        return problemAt(position, text.size(),
                         QStringLiteral("an amount is above 0; the verb says which way it goes"));
    if (share && (!isShare || effect.direction == Direction::Stays))
        return Amount{*share, !isShare};
    if (effect.direction == Direction::Stays)
        return problemAt(position, text.size(),
                         QStringLiteral("behind 'stays within' stands a percentage, such as 5 %"));
    const auto rule = parseRule(effect.metric + QStringLiteral(" < ") + text);
    if (!rule)
        return problemAt(position, text.size(), rule.error().message);
    if (rule->unit != effect.rule.unit || rule->bound < 0.0)
        return problemAt(position, text.size(),
                         QStringLiteral("'%1' is no amount that %2 could change by").arg(text, effect.metric));
    return Amount{rule->bound, false};
}

/// "by 200 ms to 300 ms", or what stands behind "stays within"; `position`: of `tail` in the text.
std::optional<RuleProblem> readAmounts(EffectExpectation &effect, const QString &tail, qsizetype position)
{
    static const QRegularExpression kTo(QStringLiteral("\\s+to\\s+"));
    const auto to = kTo.match(tail);
    const QString first = (to.hasMatch() ? tail.first(to.capturedStart()) : tail).trimmed();
    const auto one = readAmount(effect, first, position);
    if (!one)
        return one.error();
    effect.isRelative = one->isRelative;
    if (effect.direction == Direction::Stays)
        effect.most = one->value;
    else
        effect.least = one->value;
    if (!to.hasMatch())
        return std::nullopt;
    const qsizetype at = position + to.capturedEnd();
    const QString second = tail.sliced(to.capturedEnd()).trimmed();
    if (effect.direction == Direction::Stays)
        return RuleProblem{at, std::max<qsizetype>(1, second.size()),
                           QStringLiteral("'stays within' takes one percentage")};
    const auto other = readAmount(effect, second, at);
    if (!other)
        return other.error();
    if (other->isRelative != one->isRelative || other->value <= one->value)
        return RuleProblem{
            at, std::max<qsizetype>(1, second.size()),
            QStringLiteral("the smaller amount comes first, and both are of one kind: by 200 ms to 300 ms")};
    effect.most = other->value;
    return std::nullopt;
}

} // namespace

std::expected<Rule, RuleProblem> ruleOfMetric(const QString &metric)
{
    std::optional<RuleProblem> first;
    for (const char *bound : {"1 ms", "1 %", "1/s", "1 KiB", "1"}) {
        auto rule = parseRule(metric + QStringLiteral(" < ") + QLatin1String(bound));
        if (rule)
            return rule;
        if (!first)
            first = rule.error();
        // A problem behind the metric is one of the bound that was tried.
        if (rule.error().position < metric.size())
            first = rule.error();
    }
    return std::unexpected(*first);
}

std::expected<EffectExpectation, RuleProblem> parseEffect(const QString &written)
{
    const QString text = written.trimmed();
    if (text.size() > kLongestText)
        return problemAt(0, 1, QStringLiteral("an expected effect has at most %1 characters").arg(kLongestText));
    const Verb verb = findVerb(text);
    if (verb.position < 0)
        return problemAt(
            0, text.size(),
            QStringLiteral("an expected effect is written as p95(retrieve) falls by 200 ms to 300 ms, errors "
                           "rises by 1 %, or p95 stays within 5 %"));
    EffectExpectation effect;
    effect.text = text;
    effect.metric = text.first(verb.position).trimmed();
    effect.direction = verb.direction;
    const auto rule = ruleOfMetric(effect.metric);
    if (!rule)
        return std::unexpected(rule.error());
    effect.rule = *rule;
    effect.rule.text = effect.metric;
    qsizetype position = verb.position + verb.length;
    while (position < text.size() && text[position].isSpace())
        ++position;
    QString tail = text.sliced(position);
    if (effect.direction != Direction::Stays) {
        if (tail.isEmpty())
            return effect;
        static const QRegularExpression kBy(QStringLiteral("^by(\\s+|$)"));
        const auto by = kBy.match(tail);
        if (!by.hasMatch())
            return problemAt(position, tail.size(),
                             QStringLiteral("behind '%1' stands nothing, or 'by' and an amount")
                                 .arg(text.sliced(verb.position, verb.length).trimmed()));
        position += by.capturedLength();
        tail = tail.sliced(by.capturedLength());
    }
    if (const auto problem = readAmounts(effect, tail, position))
        return std::unexpected(*problem);
    return effect;
}

std::optional<RuleProblem> checkEffect(const EffectExpectation &effect, const RunFacts &facts)
{
    const Rule rule = resolveRule(effect.rule, facts);
    if (!hasInterval(rule.metric))
        return RuleProblem{
            0, std::max<qsizetype>(1, effect.metric.size()),
            QStringLiteral("an effect is told from chance on percentiles and shares, such as p95(retrieve), "
                           "errors or rejected; %1 is neither")
                .arg(effect.metric)};
    return checkRule(rule, facts);
}

} // namespace Headroom
