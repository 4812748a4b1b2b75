// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulesbyhand.h"

#include "core/base/humanformat.h"
#include "core/rules/ruleparser.h"

#include <QRegularExpression>

namespace Headroom {

namespace {

std::unexpected<Error> unfit(const QString &text, const RuleProblem &problem)
{
    return failure(Error::Code::InvalidInput,
                   QStringLiteral("the rule %1 cannot be used: %2").arg(formatQuoted(text), problem.message));
}

/// What is left of a rule's text when its "from" and the duration behind it are taken out.
QString withoutFrom(const QString &text)
{
    static const QRegularExpression from(QStringLiteral(
        R"(\s+from\s+(?:(?!\b(?:during|for|stop|surely|weight)\b).)*?(?=\s+(?:during|for|stop|surely|weight)\b|$))"));
    QString rest = text;
    return rest.remove(from);
}

std::expected<Rule, RuleProblem> readRule(const QString &text, const RunFacts &facts)
{
    auto rule = parseRule(text);
    if (!rule)
        return rule;
    if (const auto problem = checkRule(*rule, facts))
        return std::unexpected(*problem);
    return rule;
}

Result<Rule> judgedFrom(const QString &text, const RunFacts &facts, int from)
{
    const auto written = readRule(text, facts);
    if (!written)
        return unfit(text, written.error());
    if (written->from && *written->from >= from * Nanoseconds(1s))
        return *written;
    const QString later = QStringLiteral("%1 from %2 s").arg(withoutFrom(text)).arg(from);
    const auto rule = readRule(later, facts);
    if (!rule)
        return unfit(text, rule.error());
    return *rule;
}

/// Entries of `of` that `without` has not, each as often as it has it too few times.
QStringList difference(QStringList of, const QStringList &without)
{
    for (const QString &text : without)
        of.removeOne(text);
    return of;
}

} // namespace

Result<std::vector<Rule>> rulesByHand(const QStringList &texts, const RunFacts &facts, int from)
{
    if (texts.size() > kMaxRulesByHand)
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("more than %1 rules at once; leave some out").arg(kMaxRulesByHand));
    std::vector<Rule> rules;
    QStringList known = facts.rules;
    for (const QString &written : texts) {
        const QString text = written.trimmed();
        if (text.isEmpty())
            continue;
        if (known.removeOne(text)) {
            if (const auto rule = parseRule(text)) // those that cannot be read any more are of an older version
                rules.push_back(*rule);
            continue;
        }
        const Result<Rule> rule = judgedFrom(text, facts, from);
        if (!rule)
            return std::unexpected(rule.error());
        rules.push_back(*rule);
    }
    return rules;
}

QStringList ruleChanges(const QStringList &before, const QStringList &after)
{
    QStringList sentences;
    for (const QString &text : difference(before, after))
        sentences << QStringLiteral("rule switched off by hand: %1").arg(text);
    for (const QString &text : difference(after, before))
        sentences << QStringLiteral("rule added by hand: %1").arg(text);
    return sentences;
}

} // namespace Headroom
