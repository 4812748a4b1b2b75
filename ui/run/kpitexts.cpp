// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/kpitexts.h"

#include "core/base/humanformat.h"
#include "core/report/limittext.h"
#include "ui/run/runtexts.h"

#include <algorithm>
#include <cmath>
#include <ranges>

namespace Headroom {

namespace {

constexpr std::size_t kShownReasons = 8;

QString rateText(double perSecond) { return formatRate(Rate::perSecond(perSecond)); }

std::ptrdiff_t rulesThatAre(RuleResult::Standing standing, const RunView &view)
{
    return std::ranges::count(view.rules, standing, &RuleResult::standing);
}

/// Name of the first series with such a field; that is the one a view holds.
QString seriesWith(const QString &field, const RunView &view)
{
    if (!view.facts)
        return {};
    const auto found = std::ranges::find(view.facts->series, field, &RunFacts::Series::field);
    return found == view.facts->series.end() ? QString() : foreignText(found->name());
}

QString firstRuleThatIs(RuleResult::Standing standing, const RunView &view)
{
    const auto found = std::ranges::find(view.rules, standing, &RuleResult::standing);
    return found == view.rules.end() ? QString() : foreignText(found->rule.text);
}

QString sentences(const std::vector<QString> &reasons)
{
    QStringList lines;
    for (const QString &reason : reasons | std::views::take(kShownReasons))
        lines += foreignText(reason);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

KpiText KpiTexts::offered(const RunView &view, bool) { return {rateText(view.latest->offered), tr("iterations")}; }

KpiText KpiTexts::achieved(const RunView &view, bool)
{
    return {rateText(view.latest->achieved), tr("requests %1").arg(rateText(view.latest->requests))};
}

KpiText KpiTexts::inFlight(const RunView &view, bool)
{
    const QString users = formatCount(view.latest->users);
    const bool isOpen = view.facts && view.facts->isOpenModel;
    KpiText text{formatCount(view.latest->inFlight), isOpen ? tr("iterations %1").arg(users) : tr("users %1").arg(users)};
    text.more = view.network;
    return text;
}

KpiText KpiTexts::backlog(const RunView &view, bool)
{
    return {formatCount(view.latest->backlog), tr("dropped %1").arg(formatCount(view.dropped))};
}

KpiText KpiTexts::p50(const RunView &view, bool)
{
    return {timeText(view.trailing.p50), tr("run %1").arg(timeText(view.wholeRun.p50))};
}

KpiText KpiTexts::p95(const RunView &view, bool)
{
    return {timeText(view.trailing.p95), tr("run %1").arg(timeText(view.wholeRun.p95))};
}

KpiText KpiTexts::p99(const RunView &view, bool)
{
    KpiText text{timeText(view.trailing.p99), tr("run %1").arg(timeText(view.wholeRun.p99))};
    if (view.wholeRun.p99 && view.wholeRun.hasFewSamples)
        text.detail += QLatin1Char('*');
    if (view.trailing.p99 && view.trailing.hasFewSamples)
        text.remark = tr("few samples");
    return text;
}

KpiText KpiTexts::errors(const RunView &view, bool)
{
    const double share = view.requests > 0 ? double(view.errors) / double(view.requests) : 0.0;
    if (view.errors == 0)
        return {formatCount(0), formatShare(0.0)};
    return {QStringLiteral("✗ ") + formatCount(view.errors), formatShare(share), {}, KpiText::Tone::Bad};
}

KpiText KpiTexts::rejected(const RunView &view, bool)
{
    const double share = view.requests > 0 ? double(view.rejected) / double(view.requests) : 0.0;
    return {formatCount(view.rejected), formatShare(share)};
}

KpiText KpiTexts::targetCpu(const RunView &view, bool)
{
    const QString name = seriesWith(QStringLiteral("cpu"), view);
    KpiText text{view.targetCpuPercent ? tr("%1 %").arg(formatNumber(std::round(*view.targetCpuPercent * 10.0) / 10.0))
                                       : noValue(),
                 name.isEmpty() ? tr("no probe") : name};
    text.more = view.resources;
    return text;
}

KpiText KpiTexts::targetRss(const RunView &view, bool)
{
    const QString name = seriesWith(QStringLiteral("rss"), view);
    KpiText text{view.targetRssBytes ? formatBytes(*view.targetRssBytes) : noValue(),
                 name.isEmpty() ? tr("no probe") : name};
    text.more = view.memory;
    return text;
}

KpiText KpiTexts::generator(const RunView &view, bool)
{
    KpiText text{noValue(), tr("lag p99 %1").arg(timeText(view.sendLagP99))};
    text.more = sentences(view.validity.reasons);
    if (const QString limits = limitSentence(view.validity); text.more.isEmpty())
        text.more = limits;
    if (view.measuredSeconds == 0)
        return text;
    if (view.generatorLimitedSeconds == 0) {
        text.value = tr("✓ fine");
        text.tone = KpiText::Tone::Good;
        return text;
    }
    const QString limited = tr("%1 of %2 s limited").arg(view.generatorLimitedSeconds).arg(view.measuredSeconds);
    text.value = (view.validity.isValid ? QStringLiteral("! ") : QStringLiteral("✗ ")) + limited;
    text.tone = view.validity.isValid ? KpiText::Tone::Warning : KpiText::Tone::Bad;
    return text;
}

KpiText KpiTexts::verdict(const RunView &view, bool isRunning)
{
    using Standing = RuleResult::Standing;
    const auto notMet = rulesThatAre(Standing::NotMet, view);
    const auto undecided = rulesThatAre(Standing::Undecided, view);
    const QString rules = view.rules.size() == 1 ? tr("1 rule") : tr("%1 rules").arg(view.rules.size());
    const QString notMetWords = notMet == 1 ? tr("1 rule not met") : tr("%1 rules not met").arg(notMet);
    const QString more = sentences(view.verdict.reasons);
    if (!view.verdict.isValid)
        return {tr("✗ NOT VALID"),
                view.validity.reasons.empty() ? notMetWords : view.validity.reasons.front(),
                {},
                KpiText::Tone::Bad,
                more};
    if (notMet > 0)
        return {
            QStringLiteral("✗ ") + notMetWords, firstRuleThatIs(Standing::NotMet, view), {}, KpiText::Tone::Bad, more};
    if (view.rules.empty())
        return {tr("– no rules"), tr("nothing is judged"), {}, KpiText::Tone::Plain, more};
    if (undecided > 0) {
        const QString words = undecided == 1 ? tr("? 1 rule undecided") : tr("? %1 rules undecided").arg(undecided);
        return {words, firstRuleThatIs(Standing::Undecided, view), {}, KpiText::Tone::Warning, more};
    }
    const auto notRun = rulesThatAre(Standing::NotRun, view);
    const auto isSoFar = isRunning && rulesThatAre(Standing::Met, view) > 0; // what is not run yet may come
    if (view.verdict.result == Verdict::Result::Undecided && notRun > 0 && !isSoFar) {
        const QString words = notRun == 1 ? tr("? 1 rule not run") : tr("? %1 rules not run").arg(notRun);
        return {words, firstRuleThatIs(Standing::NotRun, view), {}, KpiText::Tone::Warning, more};
    }
    switch (notRun > 0 && isSoFar ? Verdict::Result::Met : view.verdict.result) {
    case Verdict::Result::Met:
        return {
            isRunning ? tr("✓ running: all rules hold") : tr("✓ all rules met"), rules, {}, KpiText::Tone::Good, more};
    case Verdict::Result::None:
        return {tr("– nothing judged"), rules, {}, KpiText::Tone::Plain, more};
    case Verdict::Result::NotMet:
    case Verdict::Result::Undecided:
        break;
    }
    return {tr("? undecided"), rules, {}, KpiText::Tone::Warning, more};
}

std::vector<KpiTexts::Tile> KpiTexts::tiles()
{
    using Kind = KpiTile::Kind;
    const QString window = tr("Big: of the last 10 s; below it: of the whole run without warm-up and drain.");
    const auto id = [](const char *text) { return QString::fromLatin1(text); };
    return {
        {id("offered"), tr("offered"),
         tr("Iterations that the load wanted to start in the last second; in the closed model those that were "
            "started."),
         Kind::Number, offered},
        {id("achieved"), tr("achieved"),
         tr("Iterations that were started in the last second, and below it the requests that finished in it."),
         Kind::Number, achieved},
        {id("inflight"), tr("in flight"),
         tr("Requests sent and not finished. Below it the users, or in the open model the iterations under way."),
         Kind::Number, inFlight},
        {id("backlog"), tr("backlog"),
         tr("Arrivals planned and not yet sent, as all users are taken. Below it those dropped since the start."),
         Kind::Number, backlog},
        {id("p50"), tr("p50"),
         tr("Response time, from the planned start to the end: half of the requests are shorter. %1").arg(window),
         Kind::Number, p50},
        {id("p95"), tr("p95"),
         tr("Response time, from the planned start to the end, that 95 % of the requests keep to. %1").arg(window),
         Kind::Number, p95},
        {id("p99"), tr("p99"),
         tr("Response time, from the planned start to the end, that 99 % of the requests keep to. %1 With few samples "
            "(fewer than 368, also marked *) the true percentile may be far higher.")
             .arg(window),
         Kind::Number, p99},
        {id("errors"), tr("errors"),
         tr("Requests without a complete answer, with a status that is not expected, or with a failed check, since the "
            "start. Below it their share of all requests."),
         Kind::Number, errors},
        {id("rejected"), tr("rejected"),
         tr("Complete answers with 429 or 503 that the step expects, since the start. Not errors."), Kind::Number,
         rejected},
        {id("cpu"), tr("target CPU"),
         tr("What the first probe with a field \"cpu\" says of the target, in percent of one core."), Kind::Number,
         targetCpu},
        {id("rss"), tr("target RSS"), tr("Memory of the target: what the first probe with a field \"rss\" says."),
         Kind::Number, targetRss},
        {id("generator"), tr("generator"),
         tr("Whether Headroom itself kept up: measured seconds in which it was too late to trust its times. Below it "
            "the send lag (send minus planned start) that 99 % of the sends keep to."),
         Kind::Words, generator},
        {id("verdict"), tr("verdict"),
         tr("How the scenario's rules stand over the measured seconds so far, and whether the run is valid."),
         Kind::Words, verdict},
    };
}

} // namespace Headroom
