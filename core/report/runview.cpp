// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/runview.h"

#include "core/report/textmemory.h"
#include "core/stats/confidence.h"

#include <algorithm>
#include <ranges>

namespace Headroom {

namespace {

constexpr int kProbeMemorySeconds = 10; // a probe may be asked less often than once a second

double milliseconds(Nanoseconds time) { return double(time.count()) / 1e6; }

std::optional<double> p99Of(const HdrHistogram &times)
{
    if (times.isEmpty())
        return std::nullopt;
    return milliseconds(times.valueAtQuantile(0.99));
}

RunView::Step stepOf(const QString &name, const QString &request, const ReportBlock &block)
{
    const RequestCounts &counts = block.latencies.counts;
    const HdrHistogram &response = block.latencies[LatencyKind::Response];
    RunView::Step step;
    step.name = name;
    step.request = request;
    step.requests = counts.requests;
    step.errors = counts.errors;
    step.rejected = counts.rejected;
    step.ratePerSecond = block.ratePerSecond();
    step.response = percentilesOf(block, LatencyKind::Response);
    step.service = percentilesOf(block, LatencyKind::Service);
    if (!response.isEmpty()) {
        step.minimum = milliseconds(response.min());
        step.mean = response.meanNanoseconds() / 1e6;
        step.maximum = milliseconds(response.max());
    }
    step.bytesIn = counts.bytesIn;
    step.bytesOut = counts.bytesOut;
    return step;
}

std::vector<RunView::Step> stepsOf(const ReportModel &model)
{
    std::vector<RunView::Step> steps;
    steps.reserve(model.steps.size());
    for (const auto &[block, facts] : std::views::zip(model.steps, model.head.facts.steps))
        steps.push_back(stepOf(block.name, facts.method + QLatin1Char(' ') + facts.path, block.block));
    return steps;
}

/// The newest value of the first series with that field.
std::optional<double> newestOf(const ReportModel &model, QLatin1String field)
{
    const auto &series = model.head.facts.series;
    const auto found = std::ranges::find(series, field, &RunFacts::Series::field);
    if (found == series.end())
        return std::nullopt;
    const auto column = std::size_t(found - series.begin());
    for (const ReportModel::SeriesRow &row :
         model.series | std::views::reverse | std::views::take(kProbeMemorySeconds)) {
        if (column < row.probes.size() && row.probes[column])
            return row.probes[column];
    }
    return std::nullopt;
}

void addTotals(RunView &view, const ReportBlock &totals)
{
    const RequestCounts &counts = totals.latencies.counts;
    view.requests = counts.requests;
    view.errors = counts.errors;
    view.rejected = counts.rejected;
    view.dropped = totals.iterations.dropped;
}

QString networkText(const NetworkFigures &network)
{
    QStringList lines{firstByteText(network), openingsText(network)};
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

void addHealth(RunView &view, const ReportModel &model)
{
    view.sendLagP99 = p99Of(model.health.sendLag);
    view.loopLagP99 = p99Of(model.health.loopLag);
    view.cpuMicrosecondsPerRequest = model.health.cpuMicrosecondsPerRequest;
    view.measuredSeconds = model.validity.measuredSeconds;
    view.generatorLimitedSeconds = model.validity.generatorLimitedSeconds;
}

} // namespace

RunView::Percentiles percentilesOf(const HdrHistogram &times)
{
    if (times.isEmpty())
        return {};
    return {milliseconds(times.valueAtQuantile(0.50)), milliseconds(times.valueAtQuantile(0.95)), p99Of(times),
            times.count() < minimumSamplesFor(0.99)};
}

RunView::Percentiles percentilesOf(const ReportBlock &block, LatencyKind kind)
{
    RunView::Percentiles percentiles = percentilesOf(block.latencies[kind]);
    percentiles.hasFewSamples = percentiles.p99 && !block.interval(kind, 0.99).high;
    return percentiles;
}

RunView viewOf(const ReportModel &model, RunFactsPtr facts)
{
    RunView view;
    view.facts = facts ? std::move(facts) : std::make_shared<RunFacts>(model.head.facts);
    view.lengthSeconds = model.lengthSeconds;
    if (!model.series.empty())
        view.latest = drawnRows(model.series).back();
    view.wholeRun = percentilesOf(model.measured, LatencyKind::Response);
    addTotals(view, model.totals);
    view.targetCpuPercent = newestOf(model, QLatin1String("cpu"));
    view.targetRssBytes = newestOf(model, QLatin1String("rss"));
    view.network = networkText(model.network);
    view.memory = memoryLines(model).join(u'\n');
    view.resources = resourceLines(model).join(u'\n');
    addHealth(view, model);
    view.steps = stepsOf(model);
    view.allSteps = stepOf({}, {}, model.measured);
    view.flows = model.flows;
    view.failures = model.failures;
    view.slowest = model.slowest;
    view.rules = model.rules;
    view.actions = model.actions;
    view.limit = model.limit;
    view.validity = model.validity;
    view.verdict = model.verdict;
    return view;
}

} // namespace Headroom
