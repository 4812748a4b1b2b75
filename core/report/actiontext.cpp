// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/actiontext.h"

#include "core/base/humanformat.h"
#include "core/report/terminaltext.h"

#include <algorithm>
#include <ranges>

namespace Headroom {

namespace {

using EffectOutcome = ActionEffect::Outcome;

constexpr int kColumns = 100;
constexpr std::size_t kShown = 20;

QString valueText(double value, Rule::Unit unit) { return formatRuleValue(std::abs(value), unit); }

QString signedText(double value, Rule::Unit unit)
{
    return (value < 0.0 ? QStringLiteral("-") : QString()) + valueText(value, unit);
}

QString estimateText(const std::optional<Estimate> &estimate, Rule::Unit unit)
{
    return estimate ? formatRuleValue(estimate->value, unit) : QStringLiteral("nothing");
}

QString headText(const RunFacts::Action &action)
{
    const QString ladder = action.ladder.isEmpty() ? QString() : action.ladder + QStringLiteral(": ");
    return QStringLiteral("%1%2 (%3)").arg(ladder, action.name, action.text);
}

QString doneText(const ActionDone &done)
{
    const QString text = QStringLiteral("at %1, %2").arg(formatElapsed(done.at), done.text);
    return done.drain ? text : QStringLiteral("%1 in %2").arg(text, formatDuration(done.took)); // else it says so itself
}

} // namespace

QString effectOutcomeText(EffectOutcome outcome)
{
    switch (outcome) {
    case EffectOutcome::AsExpected:
        return QStringLiteral("as expected");
    case EffectOutcome::LessThanExpected:
        return QStringLiteral("less than expected");
    case EffectOutcome::MoreThanExpected:
        return QStringLiteral("more than expected");
    case EffectOutcome::Opposite:
        return QStringLiteral("the opposite of what was expected");
    case EffectOutcome::NoDetectableEffect:
        return QStringLiteral("no detectable effect");
    case EffectOutcome::Unclear:
        return QStringLiteral("unclear whether as expected");
    case EffectOutcome::Measured:
        return QStringLiteral("measured");
    case EffectOutcome::NotJudged:
        break;
    }
    return QStringLiteral("not judged");
}

QString measureText(const EffectMeasure &measure)
{
    const Rule::Unit unit = measure.unit;
    const QString before = estimateText(measure.before, unit);
    const QString after = estimateText(measure.after, unit);
    if (!measure.change)
        return QStringLiteral("%1: %2 before, %3 after").arg(measure.metric, before, after);
    const double low = *measure.change->interval.low;
    const double high = *measure.change->interval.high;
    if (!measure.isDetected())
        return QStringLiteral("%1: %2 before, %3 after; 95 % certain: between %4 and %5 more")
            .arg(measure.metric, before, after, signedText(low, unit), signedText(high, unit));
    const bool isFall = measure.change->value < 0.0;
    return QStringLiteral("%1 %2 by %3 (95 % certain: %4 to %5), from %6 to %7")
        .arg(measure.metric, isFall ? QLatin1String("fell") : QLatin1String("rose"),
             valueText(measure.change->value, unit), valueText(isFall ? high : low, unit),
             valueText(isFall ? low : high, unit), before, after);
}

QString effectText(const ActionEffect &effect, const RunFacts::Action &action)
{
    if (const auto &drain = effect.done.drain)
        return drain->isDrained() ? QStringLiteral("drained") : QStringLiteral("not drained");
    QStringList parts;
    for (const EffectMeasure &measure : effect.measures)
        parts << measureText(measure);
    QString text = parts.join(QStringLiteral("; "));
    if (effect.outcome != EffectOutcome::Measured) {
        const QString outcome = effectOutcomeText(effect.outcome)
            + (effect.reason.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(effect.reason));
        text = text.isEmpty() ? outcome : outcome + QStringLiteral(": ") + text;
    }
    return action.expectEffect.isEmpty() ? text : text + QStringLiteral("; expected: ") + action.expectEffect;
}

QString effectReason(const ActionEffect &effect, const RunFacts &facts)
{
    if (!effect.standing || *effect.standing == RuleResult::Standing::Met)
        return {};
    const RunFacts::Action &action = facts.actions[std::size_t(effect.done.action)];
    const QString standing = *effect.standing == RuleResult::Standing::NotMet ? QStringLiteral("is not met")
                                                                              : QStringLiteral("is undecided");
    return QStringLiteral("The expected effect of '%1' at %2 %3: %4")
        .arg(action.name, formatElapsed(effect.done.at), standing, effectText(effect, action));
}

QStringList actionLines(const ReportModel &model)
{
    const std::vector<RunFacts::Action> &actions = model.head.facts.actions;
    if (actions.empty())
        return {};
    QStringList lines{QStringLiteral("Actions")};
    const auto add = [&lines](const QString &text, int indent) {
        lines << QString(indent, u' ') + wrapped(cleaned(text), kColumns - indent - 2, indent + 2);
    };
    for (const ActionEffect &effect : model.actions | std::views::take(kShown)) {
        const RunFacts::Action &action = actions[std::size_t(effect.done.action)];
        add(QStringLiteral("%1 %2").arg(headText(action), doneText(effect.done)), 2);
        add(effectText(effect, action), 4);
    }
    if (model.actions.size() > kShown)
        add(QStringLiteral("and %1 more").arg(model.actions.size() - kShown), 2);
    QStringList undone;
    for (int i = 0; const RunFacts::Action &action : actions) {
        const int index = i++;
        if (!std::ranges::contains(model.actions, index, [](const ActionEffect &effect) { return effect.done.action; }))
            undone << QStringLiteral("%1 (%2)").arg(action.name, action.when);
    }
    if (!undone.isEmpty())
        add(QStringLiteral("not done: ")
                + undone.first(std::min<qsizetype>(undone.size(), kShown)).join(QStringLiteral(", ")),
            2);
    return lines;
}

} // namespace Headroom
