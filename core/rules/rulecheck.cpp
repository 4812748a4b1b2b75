// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/glob.h"
#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/rules/observationrule.h"
#include "core/rules/rulegauge.h"
#include "core/rules/rulemetric.h"
#include "core/rules/ruleparser.h"

#include <algorithm>

namespace Headroom {

namespace {

bool isGlob(const QString &selector) { return selector.contains(u'*') || selector.contains(u'?'); }

QStringList stepNames(const RunFacts &facts)
{
    QStringList names;
    for (const RunFacts::Step &step : facts.steps)
        names << step.name << step.path;
    names.removeDuplicates();
    return names;
}

QStringList seriesNames(const RunFacts &facts)
{
    QStringList names;
    for (const RunFacts::Series &series : facts.series)
        names << series.name();
    return names;
}

bool selectsAny(const QString &selector, const RunFacts &facts)
{
    return std::ranges::contains(selectedSteps(selector, facts), true);
}

/// A problem at the first place where the rule's text has `word`.
RuleProblem problemAt(const Rule &rule, const QString &word, const QString &message)
{
    const qsizetype position = word.isEmpty() ? 0 : rule.text.indexOf(word);
    if (position < 0)
        return {0, std::max<qsizetype>(1, rule.text.size()), message};
    return {position, std::max<qsizetype>(1, word.size()), message};
}

/// The unit that a series of that unit is compared in, beside a plain number, which always is right.
std::optional<Rule::Unit> unitOf(const QString &seriesUnit)
{
    if (seriesUnit == u"bytes")
        return Rule::Unit::Bytes;
    if (seriesUnit == u"percent")
        return Rule::Unit::Share;
    if (seriesUnit == u"seconds")
        return Rule::Unit::Duration;
    if (seriesUnit == u"count")
        return Rule::Unit::Number;
    return std::nullopt;
}

std::optional<RuleProblem> unknownSeries(const Rule &rule, const RunFacts &facts)
{
    const QString shown = formatQuoted(rule.selector);
    const auto ofProbe = std::ranges::find(facts.series, rule.selector, &RunFacts::Series::probe);
    if (ofProbe != facts.series.end()) {
        return problemAt(
            rule, rule.selector,
            QStringLiteral("probe %1 has several series; write one of them, as in %2").arg(shown, ofProbe->name()));
    }
    return problemAt(
        rule, rule.selector,
        QStringLiteral("no probe has a series %1%2").arg(shown, didYouMean(rule.selector, seriesNames(facts))));
}

/// "of machine" is settled by resolveRule() where it can be.
std::optional<RuleProblem> machineProblem(const Rule &rule, const RunFacts::Series &series, const RunFacts &facts)
{
    const QString words = QStringLiteral("of machine");
    if (!isSeriesLevel(rule.metric) || series.unit != u"bytes")
        return problemAt(rule, words,
                         QStringLiteral("'of machine' is for memory, such as max(api.rss); leave it out"));
    if (facts.machineMemoryBytes == 0)
        return problemAt(rule, words, QStringLiteral("the memory of this machine is not known; write a size"));
    return std::nullopt;
}

/// Bytes of "90 % of machine", and the series' own unit of a bound of 0, which was written without one.
void settleUnit(Rule &rule, const RunFacts &facts)
{
    const auto series = std::ranges::find(facts.series, rule.selector, &RunFacts::Series::name);
    if (series == facts.series.end())
        return;
    if (rule.isOfMachine && series->unit == u"bytes" && isSeriesLevel(rule.metric) && rule.unit == Rule::Unit::Share) {
        rule.bound *= double(facts.machineMemoryBytes);
        rule.upperBound *= double(facts.machineMemoryBytes);
        rule.unit = Rule::Unit::Bytes;
    }
    if (isPerMinute(rule.metric) && rule.unit == Rule::Unit::Number && rule.bound == 0.0 && rule.upperBound == 0.0)
        rule.unit = unitOf(series->unit).value_or(rule.unit);
}

std::optional<RuleProblem> checkSeries(const Rule &rule, const RunFacts &facts)
{
    const auto series = std::ranges::find(facts.series, rule.selector, &RunFacts::Series::name);
    if (series == facts.series.end()) {
        if (rule.metric != Rule::Metric::ProbeLast && isSeriesLevel(rule.metric)
            && selectsAny(rule.selector, facts)) {
            return problemAt(rule, rule.selector,
                             QStringLiteral("%1 is a step, whose bound is a duration, as in 900 ms")
                                 .arg(formatQuoted(rule.selector)));
        }
        return unknownSeries(rule, facts);
    }
    const auto unit = unitOf(series->unit);
    if (rule.isOfMachine)
        return machineProblem(rule, *series, facts);
    const bool fits =
        rule.metric == Rule::Metric::ProbeGrowth || rule.unit == Rule::Unit::Number || !unit || *unit == rule.unit;
    if (fits)
        return std::nullopt;
    return problemAt(rule, rule.selector,
                     QStringLiteral("series %1 is in %2; give the bound in that unit")
                         .arg(formatQuoted(series->name()), series->unit));
}

std::optional<RuleProblem> checkSteps(const Rule &rule, const RunFacts &facts)
{
    if (rule.selector.isEmpty() || selectsAny(rule.selector, facts))
        return std::nullopt;
    const bool isWildcard = isGlob(rule.selector);
    return problemAt(
        rule, rule.selector,
        QStringLiteral("no step has the name or path %1%2")
            .arg(formatQuoted(rule.selector),
                 isWildcard ? QString() : didYouMean(rule.selector, stepNames(facts) + seriesNames(facts))));
}

std::optional<RuleProblem> checkStage(const Rule &rule, const RunFacts &facts)
{
    QStringList names;
    for (const RunFacts::Stage &stage : facts.stages)
        names << stage.name;
    if (rule.during.isEmpty() || names.contains(rule.during))
        return std::nullopt;
    return problemAt(
        rule, rule.during,
        QStringLiteral("no stage has the name %1%2").arg(formatQuoted(rule.during), didYouMean(rule.during, names)));
}

} // namespace

std::vector<bool> selectedSteps(const QString &selector, const RunFacts &facts)
{
    std::vector<bool> selected(facts.steps.size(), selector.isEmpty());
    const auto select = [&](auto matches) {
        for (std::size_t i = 0; i < selected.size(); ++i)
            selected[i] = matches(facts.steps[i]);
        return std::ranges::contains(selected, true);
    };
    if (selector.isEmpty() || select([&](const auto &step) { return step.name == selector; })
        || select([&](const auto &step) { return step.path == selector; }))
        return selected;
    if (isGlob(selector)) {
        select([&](const auto &step) { return matchesGlob(selector, step.name) || matchesGlob(selector, step.path); });
    }
    return selected;
}

Rule resolveRule(Rule rule, const RunFacts &facts)
{
    const bool canBeSeries = !rule.isServiceTime && probeMetricOf(rule.metric) != rule.metric
        && (rule.metric != Rule::Metric::Quantile || rule.quantile == 0.95);
    if (canBeSeries && !rule.selector.isEmpty() && !selectsAny(rule.selector, facts)
        && seriesNames(facts).contains(rule.selector))
        rule.metric = probeMetricOf(rule.metric);
    if (isProbeMetric(rule.metric))
        settleUnit(rule, facts);
    return rule;
}

std::optional<RuleProblem> checkRule(const Rule &rule, const RunFacts &facts)
{
    using enum Rule::Metric;
    const Rule resolved = resolveRule(rule, facts);
    if ((resolved.metric == Achieved || resolved.metric == Dropped) && !facts.isOpenModel) {
        return problemAt(rule, QString(),
                         QStringLiteral("'%1' needs the open model; give the stages a rate, or remove the rule")
                             .arg(QLatin1String(resolved.metric == Achieved ? "achieved" : "dropped")));
    }
    // "surely" was read when the name could still mean a step.
    if (resolved.isSurely && !hasInterval(resolved.metric))
        return problemAt(rule, QStringLiteral("surely"),
                         QStringLiteral("'surely' needs a percentile of requests, a share or a slope; leave it out"));
    if (isObserved(resolved.metric)) {
        if (auto problem = checkObserved(resolved, facts))
            return problem;
        return checkStage(rule, facts);
    }
    if (auto problem = checkGauge(resolved, facts))
        return problem;
    if (resolved.metric == Cost)
        return checkStage(rule, facts);
    if (auto problem = isProbeMetric(resolved.metric) ? checkSeries(resolved, facts) : checkSteps(resolved, facts))
        return problem;
    return checkStage(rule, facts);
}

} // namespace Headroom
