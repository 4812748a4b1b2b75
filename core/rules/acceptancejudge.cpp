// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/acceptancejudge.h"

#include "core/base/humanformat.h"
#include "core/rules/ruleparser.h"
#include "core/scenario/acceptancetext.h"

#include <QStringList>

namespace Headroom {

namespace {

using Standing = RuleResult::Standing;

/// A scenario that has written the rule itself has counted it.
bool isImplicit(std::size_t index, const std::vector<RuleResult> &results, const Scenario::Acceptance &acceptance)
{
    const bool isCounted = acceptance.of && std::size_t(*acceptance.of) == results.size();
    return !isCounted && index + 1 == results.size() && results[index].rule.text == implicitAchievedRule().text;
}

bool isEnough(const Scenario::Acceptance &acceptance, const AcceptanceResult &result)
{
    constexpr double kRounding = 1e-9;
    if (acceptance.share)
        return result.weight > 0.0 && result.metWeight >= *acceptance.share * result.weight * (1.0 - kRounding);
    return result.met >= acceptance.count.value_or(0);
}

QString textsOf(const std::vector<std::size_t> &rules, const std::vector<RuleResult> &results)
{
    QStringList texts;
    for (const std::size_t rule : rules)
        texts << results[rule].rule.text;
    return texts.join(QStringLiteral("; "));
}

} // namespace

std::optional<AcceptanceResult> judgeAcceptance(const QString &text, const std::vector<RuleResult> &results)
{
    const auto acceptance = parseAcceptance(text);
    if (!acceptance)
        return std::nullopt;
    AcceptanceResult judged;
    judged.text = text;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const RuleResult &result = results[i];
        if (isImplicit(i, results, *acceptance)) {
            judged.required.push_back(i);
            continue;
        }
        ++judged.of;
        judged.weight += result.rule.weight;
        if (result.standing == Standing::Met) {
            ++judged.met;
            judged.metWeight += result.rule.weight;
        } else {
            (result.standing == Standing::NotMet ? judged.notMet : judged.notShown).push_back(i);
        }
    }
    judged.isAccepted = isEnough(*acceptance, judged);
    return judged;
}

QString AcceptanceResult::sentence(const std::vector<RuleResult> &results) const
{
    QString words = QStringLiteral("%1 of %2 rules are met").arg(met).arg(of);
    if (text.contains(u'%') && weight > 0.0)
        words += QStringLiteral(", which is %1 of their weights").arg(formatShare(metWeight / weight));
    words += QStringLiteral("; %1 are asked for: %2")
                 .arg(text, isAccepted ? QLatin1String("accepted") : QLatin1String("not accepted"));
    if (!notShown.empty())
        words += QStringLiteral(". Not shown, and so counted as not met: %1").arg(textsOf(notShown, results));
    return words;
}

} // namespace Headroom
