// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/verdict.h"

#include "core/base/humanformat.h"
#include "core/report/actiontext.h"
#include "core/report/searchjudge.h"

#include <algorithm>

namespace Headroom {

namespace {

using Standing = RuleResult::Standing;

bool hasRule(const ReportModel &model, Standing standing)
{
    return std::ranges::contains(model.rules, standing, &RuleResult::standing);
}

/// By the scenario's acceptance: enough of its rules, and each that is required besides.
Verdict::Result acceptedResult(const AcceptanceResult &acceptance, const ReportModel &model)
{
    if (!acceptance.isAccepted && !acceptance.isOpen)
        return Verdict::Result::NotMet;
    const bool isShown = acceptance.isAccepted && model.measured.latencies.counts.requests > 0;
    return isShown ? Verdict::Result::Met : Verdict::Result::Undecided;
}

Verdict::Result resultOf(const ReportModel &model)
{
    if (model.acceptance)
        return acceptedResult(*model.acceptance, model);
    if (hasRule(model, Standing::NotMet))
        return Verdict::Result::NotMet;
    if (hasRule(model, Standing::Undecided))
        return Verdict::Result::Undecided;
    if (!hasRule(model, Standing::Met))
        return Verdict::Result::None;
    // What was not run was not shown, nor what holds for nothing: "errors < 1 %" of no request.
    const bool isShown = !hasRule(model, Standing::NotRun) && model.measured.latencies.counts.requests > 0;
    return isShown ? Verdict::Result::Met : Verdict::Result::Undecided;
}

/// Expected effects of actions are judged beside the rules and their acceptance: one that was clearly not there fails the
/// run, one that the samples do not tell leaves it open.
Verdict::Result withEffects(Verdict::Result rules, const ReportModel &model)
{
    const auto has = [&](Standing standing) {
        return std::ranges::contains(model.actions, std::optional(standing), &ActionEffect::standing);
    };
    if (rules == Verdict::Result::NotMet || has(Standing::NotMet))
        return Verdict::Result::NotMet;
    if (rules == Verdict::Result::Undecided || has(Standing::Undecided))
        return Verdict::Result::Undecided;
    return has(Standing::Met) ? Verdict::Result::Met : rules;
}

QString endingSentence(RunEnding::Reason reason)
{
    switch (reason) {
    case RunEnding::Reason::Completed:
        return {};
    case RunEnding::Reason::Stopped:
        return QStringLiteral("The run was stopped by hand");
    case RunEnding::Reason::Interrupted:
        return QStringLiteral("The run was interrupted");
    case RunEnding::Reason::StopRule:
        return QStringLiteral("A rule with \"stop\" ended the run");
    case RunEnding::Reason::TargetLost:
        return QStringLiteral("The target was lost during the run");
    case RunEnding::Reason::Fault:
        return QStringLiteral("A fault of Headroom ended the run");
    }
    return {};
}

void addEnding(const ReportModel &model, std::vector<QString> &reasons)
{
    const QString sentence = model.ending ? endingSentence(model.ending->reason) : QString();
    if (!sentence.isEmpty())
        reasons.push_back(model.ending->text.isEmpty() ? sentence
                                                       : sentence + QLatin1String(": ") + model.ending->text);
    if (!model.wasClosedCleanly)
        reasons.push_back(QStringLiteral("The session was not closed: the run was interrupted at %1, as the program that "
                                         "recorded it was killed or could not write on (a full disk), and everything "
                                         "after that is missing")
                              .arg(formatElapsed(std::chrono::milliseconds(qint64(model.lengthSeconds * 1e3)))));
}

void addEmptiness(const ReportModel &model, std::vector<QString> &reasons)
{
    if (model.totals.latencies.counts.requests == 0)
        reasons.push_back(QStringLiteral("No request was finished, so there is nothing to judge"));
    else if (model.measured.latencies.counts.requests == 0)
        reasons.push_back(
            QStringLiteral("No request was finished in a measured second: all lie in warm-up stages or after "
                           "the last planned start"));
    if (model.rules.empty() && std::ranges::none_of(model.actions, [](const ActionEffect &effect) { return effect.standing.has_value(); }))
        reasons.push_back(QStringLiteral("The scenario has no rules, so nothing was judged"));
}

int exitCodeOf(const Verdict &verdict, const std::optional<RunEnding> &ending)
{
    const auto reason = ending ? ending->reason : RunEnding::Reason::Completed;
    if (reason == RunEnding::Reason::Interrupted)
        return 130;
    if (reason == RunEnding::Reason::Fault)
        return 1;
    if (!verdict.isValid)
        return 5;
    const bool isCutShort = reason == RunEnding::Reason::StopRule || reason == RunEnding::Reason::TargetLost;
    return isCutShort || verdict.result == Verdict::Result::NotMet ? 4 : 0;
}

} // namespace

Verdict judge(const ReportModel &model)
{
    Verdict verdict;
    verdict.result = withEffects(resultOf(model), model);
    verdict.isValid = model.validity.isValid;
    addEnding(model, verdict.reasons);
    if (model.limit)
        judgeSearch(*model.limit, verdict);
    verdict.reasons.insert(verdict.reasons.end(), model.validity.reasons.begin(), model.validity.reasons.end());
    if (model.acceptance)
        verdict.reasons.push_back(model.acceptance->sentence(model.rules));
    for (const Standing standing : {Standing::NotMet, Standing::Undecided, Standing::NotRun}) {
        for (const RuleResult &rule : model.rules) {
            if (rule.standing == standing)
                verdict.reasons.push_back(ruleReason(rule));
        }
    }
    for (const ActionEffect &effect : model.actions) {
        if (const QString reason = effectReason(effect, model.head.facts); !reason.isEmpty())
            verdict.reasons.push_back(reason);
    }
    addEmptiness(model, verdict.reasons);
    verdict.exitCode = exitCodeOf(verdict, model.ending);
    return verdict;
}

QString ruleReason(const RuleResult &result)
{
    QString words;
    switch (result.standing) {
    case Standing::Met:
        return {};
    case Standing::NotMet:
        words = QStringLiteral(" is not met");
        break;
    case Standing::Undecided:
        words = QStringLiteral(" is undecided");
        break;
    case Standing::NotRun:
        words = QStringLiteral(" was not run");
        break;
    }
    QString sentence = result.rule.text + words;
    if (result.value)
        sentence += QLatin1String(": ") + formatRuleValue(*result.value, result.rule);
    if (!result.reason.isEmpty())
        sentence += (result.value ? QLatin1String(", ") : QLatin1String(": ")) + result.reason;
    return sentence;
}

QLatin1String verdictName(Verdict::Result result)
{
    switch (result) {
    case Verdict::Result::Met:
        return QLatin1String("met");
    case Verdict::Result::NotMet:
        return QLatin1String("not_met");
    case Verdict::Result::Undecided:
        return QLatin1String("undecided");
    case Verdict::Result::None:
        break;
    }
    return QLatin1String("none");
}

void makeStrict(Verdict &verdict)
{
    const bool isOpen = verdict.result == Verdict::Result::Undecided || verdict.result == Verdict::Result::None;
    if (verdict.exitCode != 0 || !isOpen)
        return;
    verdict.exitCode = 4;
    verdict.reasons.push_back(QStringLiteral("--strict: a run counts as failed unless its rules were judged and met"));
}

} // namespace Headroom
