// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/acceptancejudge.h"

#include "core/base/humanformat.h"
#include "core/scenario/acceptancetext.h"

#include <QStringList>

#include <algorithm>

namespace Headroom {

namespace {

using Standing = RuleResult::Standing;

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

/// "achieved >= 99 %, which must be met besides, is not met"
QString requiredWords(const RuleResult &result)
{
    const bool isNotMet = result.standing == Standing::NotMet;
    return QStringLiteral("; %1, which must be met besides, %2")
        .arg(result.rule.text, isNotMet ? QLatin1String("is not met") : QLatin1String("is undecided"));
}

} // namespace

std::optional<AcceptanceResult> judgeAcceptance(const QString &text, const std::vector<RuleResult> &results,
                                                const std::vector<RunFacts::RequiredRule> &required)
{
    const auto acceptance = parseAcceptance(text);
    if (!acceptance)
        return std::nullopt;
    AcceptanceResult judged;
    judged.text = text;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const RuleResult &result = results[i];
        const auto known = std::ranges::find(required, int(i), &RunFacts::RequiredRule::rule);
        if (known != required.end())
            judged.required.push_back(i);
        if (known != required.end() && !known->isCounted)
            continue;
        ++judged.of;
        judged.weight += result.rule.weight;
        if (result.standing == Standing::Met) {
            ++judged.met;
            judged.metWeight += result.rule.weight;
        } else {
            (result.standing == Standing::NotMet ? judged.notMet : judged.notShown).push_back(i);
        }
    }
    const auto isRequired = [&](Standing standing) {
        return std::ranges::any_of(judged.required, [&](std::size_t rule) { return results[rule].standing == standing; });
    };
    const bool isKept = isEnough(*acceptance, judged) && !isRequired(Standing::NotMet);
    judged.isOpen = isKept && isRequired(Standing::Undecided);
    judged.isAccepted = isKept && !judged.isOpen;
    return judged;
}

QString AcceptanceResult::sentence(const std::vector<RuleResult> &results) const
{
    QString words = QStringLiteral("%1 of %2 rules are met").arg(met).arg(of);
    if (text.contains(u'%') && weight > 0.0)
        words += QStringLiteral(", which is %1 of their weights").arg(formatShare(metWeight / weight));
    words += QStringLiteral("; %1 are asked for").arg(text);
    for (const std::size_t rule : required) {
        if (results[rule].standing == Standing::NotMet || results[rule].standing == Standing::Undecided)
            words += requiredWords(results[rule]);
    }
    words += isAccepted ? QLatin1String(": accepted") : isOpen ? QLatin1String(": open") : QLatin1String(": not accepted");
    if (!notShown.empty())
        words += QStringLiteral(". Not shown, and so counted as not met: %1").arg(textsOf(notShown, results));
    return words;
}

} // namespace Headroom
