// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/limitfinding.h"
#include "core/base/humanformat.h"

namespace Headroom {

namespace {

using Ending = LimitFinding::Ending;

QString rateText(double perSecond) { return formatRate(Rate::perSecond(perSecond)); }

QString headroomText(const LimitFinding &finding)
{
    const QString more = finding.ending == Ending::AtLeast ? QStringLiteral(" or more") : QString();
    return QStringLiteral("headroom %1%2 of the planned %3")
        .arg(QString::number(finding.headroom().value_or(0.0), 'f', 2), more, rateText(finding.plannedPerSecond));
}

/// "p95 < 50 ms (61 ms)"
QString brokenText(const RuleResult &result)
{
    if (!result.value)
        return result.rule.text;
    return QStringLiteral("%1 (%2)").arg(result.rule.text, formatRuleValue(*result.value, result.rule));
}

QString bracketText(const LimitFinding &finding)
{
    if (!finding.brokenPerSecond)
        return {};
    return QStringLiteral("between %1 and %2")
        .arg(rateText(finding.sustainablePerSecond.value_or(0.0)), rateText(*finding.brokenPerSecond));
}

/// "p99 < 50 ms surely: too few samples for 'surely': 300"
QString notShownText(const RuleResult &result)
{
    return result.reason.isEmpty() ? result.rule.text : result.rule.text + QStringLiteral(": ") + result.reason;
}

/// What held so far, of a search that did not come to its end.
QString heldText(const LimitFinding &finding)
{
    if (!finding.sustainablePerSecond)
        return QStringLiteral("no rate has held so far");
    const QString held = QStringLiteral("%1 held, not confirmed").arg(rateText(*finding.sustainablePerSecond));
    return finding.brokenPerSecond ? QStringLiteral("%1; limit %2").arg(held, bracketText(finding)) : held;
}

QString brokenSentence(const LimitFinding &finding)
{
    const QString at = rateText(finding.brokenPerSecond.value_or(0.0));
    if (finding.brokeFirst)
        return QStringLiteral("What broke first, at %1: %2").arg(at, brokenText(*finding.brokeFirst));
    if (finding.firstNotShown)
        return QStringLiteral("At %1 nothing broke, but it could not be shown that a rule is met: %2")
            .arg(at, notShownText(*finding.firstNotShown));
    return QStringLiteral("At %1 arrivals found no free user: they waited ever longer, or were dropped").arg(at);
}

} // namespace

QString whyItEnded(const LimitFinding &finding)
{
    switch (finding.ending) {
    case Ending::AtLeast:
        return QStringLiteral("The search went no further than %1, where every rule still held; allow a higher rate to "
                              "find the limit")
            .arg(rateText(finding.upToPerSecond));
    case Ending::NothingHeld:
        return QStringLiteral("A rule broke at every rate down to %1: what breaks it is not the load")
            .arg(rateText(finding.brokenPerSecond.value_or(0.0)));
    case Ending::Unstable:
        if (finding.firstNotShown)
            return QStringLiteral(
                "Rates that had held could not be confirmed, as their samples do not show that a rule "
                "is met; let the search confirm for longer");
        return QStringLiteral("Rates that had held broke when they were judged longer, again and again: the target is "
                              "not steady, or the rates are judged too shortly");
    case Ending::GeneratorLimit:
        return QStringLiteral("At %1 the generator itself was late, so it was the limit, not the target; give it a "
                              "machine of its own")
            .arg(rateText(finding.generatorPerSecond.value_or(0.0)));
    case Ending::NotRecovered:
        return QStringLiteral("After %1 the target did not answer what it still had for so long that the search was "
                              "given up")
            .arg(rateText(finding.probes.empty() ? 0.0 : finding.probes.back().ratePerSecond));
    case Ending::OutOfTime:
        return QStringLiteral("The search took longer than an hour and was given up; let it judge each rate for less "
                              "long");
    case Ending::Running:
        return QStringLiteral("The search is not over");
    case Ending::Found:
        break;
    }
    return {};
}

QString headline(const LimitFinding &finding)
{
    if (finding.ending == Ending::NothingHeld)
        return QStringLiteral("no rate is sustainable, down to %1")
            .arg(rateText(finding.brokenPerSecond.value_or(0.0)));
    if (!finding.isConfirmed())
        return heldText(finding);
    const QString rate = rateText(*finding.sustainablePerSecond);
    if (finding.ending == Ending::AtLeast)
        return QStringLiteral("at least %1 sustainable, %2").arg(rate, headroomText(finding));
    return QStringLiteral("%1 sustainable (%2), %3").arg(rate, bracketText(finding), headroomText(finding));
}

std::vector<QString> remarks(const LimitFinding &finding)
{
    std::vector<QString> sentences;
    if (finding.brokenPerSecond && finding.ending != Ending::NothingHeld)
        sentences.push_back(brokenSentence(finding));
    if (finding.brokeAtCap)
        sentences.push_back(QStringLiteral("All users were taken there, so arrivals waited or were dropped; more users "
                                           "show whether the cap or the target is the limit"));
    if (const QString sentence = whyItEnded(finding); !sentence.isEmpty())
        sentences.push_back(sentence);
    if (finding.knee)
        sentences.push_back(
            QStringLiteral("p95 turns from flat to steep at %1, in the range from %2 to %3")
                .arg(rateText(finding.knee->x), rateText(finding.knee->from), rateText(finding.knee->to)));
    return sentences;
}

QString probeText(const LimitProbe &probe)
{
    const QString rate = rateText(probe.ratePerSecond);
    switch (probe.verdict) {
    case LimitProbe::Verdict::Running:
        return (probe.isConfirming ? QStringLiteral("confirms %1") : QStringLiteral("tries %1")).arg(rate);
    case LimitProbe::Verdict::Held:
        return (probe.isConfirming ? QStringLiteral("%1 held again: confirmed") : QStringLiteral("%1 held")).arg(rate);
    case LimitProbe::Verdict::GeneratorLimited:
        return QStringLiteral("%1: the generator was late").arg(rate);
    case LimitProbe::Verdict::NotShown:
        return QStringLiteral("%1 could not be shown to hold%2")
            .arg(rate, probe.notShown ? QStringLiteral(": ") + notShownText(*probe.notShown) : QString());
    case LimitProbe::Verdict::Broke:
        break;
    }
    return QStringLiteral("%1 broke %2")
        .arg(rate, probe.broken ? brokenText(*probe.broken) : QStringLiteral("down: arrivals found no free user"));
}

} // namespace Headroom
