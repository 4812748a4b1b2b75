// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/runcharts.h"

#include "core/report/marktext.h"
#include "core/report/countfamilies.h"
#include "core/report/seriesgroup.h"
#include "core/rules/ruleedges.h"
#include "core/rules/ruleparser.h"
#include "ui/charts/linelook.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace Headroom {

namespace {

/// Columns of a row, before those of the probes.
enum Column : std::size_t {
    P50,
    P95,
    P99,
    ServiceP50,
    ServiceP95,
    ServiceP99,
    Offered,
    Achieved,
    Requests,
    Errors,
    Rejected,
    Dropped,
    Backlog,
    InFlight,
    SendLagP99,
    LoopLagP99,
    Busy,
    ProcessCpu,
    Waiting,
    FirstByteP95,
    Opened,
    Open,
    FirstProbe,
};

constexpr std::size_t kMostLines = 40; // nobody tells more apart, and a hostile session could hold thousands

QString tr(const char *text) { return QCoreApplication::translate("RunCharts", text); }

ChartSpec latencyChart()
{
    ChartSpec chart{QStringLiteral("latency"), tr("Latency"), ChartSpec::Unit::Milliseconds, true, {}, {}};
    chart.lines = {{tr("p50"), P50, 0},
                   {tr("p95"), P95, 1},
                   {tr("p99"), P99, 2},
                   {tr("p50 service"), ServiceP50, 0, true, false},
                   {tr("p95 service"), ServiceP95, 1, true, true},
                   {tr("p99 service"), ServiceP99, 2, true, false},
                   {tr("p95 first byte"), FirstByteP95, 3, true, false}};
    return chart;
}

ChartSpec throughputChart()
{
    ChartSpec chart{QStringLiteral("throughput"), tr("Throughput"), ChartSpec::Unit::PerSecond, false, {}, {}};
    chart.lines = {{tr("offered"), Offered, 6, true}, {tr("achieved"), Achieved, 0}, {tr("requests"), Requests, 2},
                   {tr("errors"), Errors, 1},         {tr("rejected"), Rejected, 5}, {tr("dropped"), Dropped, 3}};
    return chart;
}

ChartSpec queueChart()
{
    ChartSpec chart{ChartSpec::kQueues, tr("Queues"), ChartSpec::Unit::Count, false, {}, {}};
    chart.lines = {{tr("client backlog"), Backlog, 1}, {tr("in flight"), InFlight, 0}};
    return chart;
}

/// Nothing to show when the transport cannot tell.
ChartSpec connectionChart(const RunFacts &facts)
{
    ChartSpec chart{QStringLiteral("connections"), tr("Connections"), ChartSpec::Unit::Count, false, {}, {}};
    if (facts.tellsOpenings())
        chart.lines = {{tr("opened"), Opened, 1}, {tr("open"), Open, 0}};
    return chart;
}

ChartSpec memoryChart() { return {QStringLiteral("memory"), tr("Memory"), ChartSpec::Unit::Bytes, false, {}, {}}; }

ChartSpec cpuChart() { return {QStringLiteral("cpu"), tr("CPU"), ChartSpec::Unit::Percent, false, {}, {}}; }

ChartSpec handlesChart()
{
    return {QStringLiteral("handles"), tr("Threads and Files"), ChartSpec::Unit::Count, false, {}, {}};
}

ChartSpec trafficChart()
{
    return {QStringLiteral("traffic"), tr("Input and Output"), ChartSpec::Unit::Bytes, false, {}, {}};
}

/// The generator's own part of the times.
ChartSpec lagChart()
{
    ChartSpec chart{QStringLiteral("lag"), tr("Generator Lateness"), ChartSpec::Unit::Milliseconds, true, {}, {}};
    chart.lines = {{tr("send lag p99"), SendLagP99, 2}, {tr("loop lag p99"), LoopLagP99, 5}};
    return chart;
}

ChartSpec generatorChart()
{
    ChartSpec chart{QStringLiteral("generator"), tr("Generator CPU"), ChartSpec::Unit::Percent, false, {}, {}};
    chart.lines = {{tr("busiest thread"), Busy, 1}, {tr("whole program"), ProcessCpu, 0}, {tr("waiting"), Waiting, 3}};
    return chart;
}

void addLine(ChartSpec &chart, const RunFacts &facts, std::size_t series)
{
    if (chart.lines.size() < kMostLines)
        chart.lines.push_back({facts.series[series].name(), FirstProbe + series, lineColor(chart.lines.size())});
}

/// The id of the chart that a probe series with a unit belongs to; empty for one that has none, or that no chart shows.
QString chartOf(const RunFacts::Series &series)
{
    switch (groupOf(series)) {
    case SeriesGroup::Memory:
        return QStringLiteral("memory");
    case SeriesGroup::Cpu:
        return QStringLiteral("cpu");
    case SeriesGroup::Handles:
        return QStringLiteral("handles");
    case SeriesGroup::Traffic:
        return QStringLiteral("traffic");
    case SeriesGroup::Queues:
    case SeriesGroup::Counters:
    case SeriesGroup::Times:
        break;
    }
    return {};
}

void addSeries(std::vector<ChartSpec> &charts, const RunFacts &facts)
{
    for (std::size_t i = 0; i < facts.series.size(); ++i) {
        const auto chart = std::ranges::find(charts, chartOf(facts.series[i]), &ChartSpec::id);
        if (chart != charts.end())
            addLine(*chart, facts, i);
    }
}

std::vector<ChartSpec> countCharts(const RunFacts &facts)
{
    std::vector<ChartSpec> charts;
    for (const CountFamily &family : countFamiliesOf(facts)) {
        const bool isHealth = family.name.isEmpty();
        charts.push_back({isHealth ? QString(ChartSpec::kHealth) : ChartSpec::kCounts + family.name,
                          isHealth ? tr("Health") : tr("Probe %1").arg(family.name), ChartSpec::Unit::Count, false, {}, {}});
        for (const std::size_t series : family.series)
            addLine(charts.back(), facts, series);
    }
    return charts;
}

/// Behind the queues of the generator; those beyond what fits a board only where someone asks.
void addCounts(RunCharts &run, const RunFacts &facts)
{
    std::vector<ChartSpec> charts = countCharts(facts);
    const auto rest = charts.begin() + std::ptrdiff_t(std::min(charts.size(), kMostCountCharts));
    run.others.insert(run.others.end(), std::move_iterator(rest), std::move_iterator(charts.end()));
    charts.erase(rest, charts.end());
    const auto queues = std::ranges::find(run.charts, QString(ChartSpec::kQueues), &ChartSpec::id);
    run.charts.insert(std::next(queues), std::move_iterator(charts.begin()), std::move_iterator(charts.end()));
}

/// What no chart shows by itself.
ChartSpec otherChart(ChartSpec chart, SeriesGroup group, const RunFacts &facts)
{
    for (std::size_t i = 0; i < facts.series.size(); ++i) {
        if (groupOf(facts.series[i]) == group)
            addLine(chart, facts, i);
    }
    return chart;
}

ChartSpec serverChart()
{
    return {QStringLiteral("server"), tr("Server Time and Parts"), ChartSpec::Unit::Milliseconds, true, {}, {}};
}

ChartSpec hitChart() { return {QStringLiteral("hits"), tr("Hit Rates"), ChartSpec::Unit::Percent, false, {}, {}}; }

ChartSpec valueChart()
{
    return {QStringLiteral("values"), tr("Values of Answers"), ChartSpec::Unit::Count, false, {}, {}};
}

/// Shares and means of what answers say, each second; the service time stands beside the server's own, dashed. Their
/// columns come last.
void addObservations(RunCharts &run, const RunFacts &facts)
{
    using Kind = RunFacts::Observation::Kind;
    ChartSpec server = serverChart();
    ChartSpec hits = hitChart();
    ChartSpec values = valueChart();
    for (std::size_t i = 0; i < facts.observations.size(); ++i) {
        const RunFacts::Observation &what = facts.observations[i];
        ChartSpec &chart = what.kind == Kind::Hit ? hits : what.kind == Kind::Value ? values : server;
        if (chart.lines.size() < kMostLines)
            chart.lines.push_back({what.name, run.columns + i, lineColor(chart.lines.size())});
    }
    if (!server.lines.empty())
        server.lines.push_back({tr("p50 service"), ServiceP50, lineColor(server.lines.size()), true});
    run.columns += facts.observations.size();
    for (ChartSpec *chart : {&server, &hits, &values})
        run.charts.push_back(std::move(*chart));
}

bool isOfObservations(const ChartSpec &chart)
{
    return chart.id == QLatin1String("server") || chart.id == QLatin1String("hits") || chart.id == QLatin1String("values");
}

/// Which chart shows what a rule judges, as far as it is a level of it.
bool isShownIn(const ChartSpec &chart, const Rule &rule)
{
    if (isLatency(rule.metric)) // a bound of one step is worth a line too: its text names the step
        return chart.id == QLatin1String("latency")
            && (rule.selector.isEmpty() || rule.metric == Rule::Metric::Quantile);
    if (rule.metric == Rule::Metric::NetworkQuantile)
        return chart.id == QLatin1String("latency") && rule.part == Rule::NetworkPart::FirstByte;
    if (rule.metric == Rule::Metric::Throughput)
        return chart.unit == ChartSpec::Unit::PerSecond && rule.selector.isEmpty();
    if (isObserved(rule.metric)) // their lines are means; they stand behind those of probes of perhaps the same names
        return (rule.metric == Rule::Metric::ObservedMean || rule.metric == Rule::Metric::HitRate) && isOfObservations(chart) && std::ranges::contains(chart.lines, rule.selector, &ChartSpec::Line::name);
    return isSeriesLevel(rule.metric) && !isOfObservations(chart) && std::ranges::any_of(chart.lines, [&](const ChartSpec::Line &line) {
               return line.column >= FirstProbe && line.name == rule.selector;
           });
}

void addBounds(ChartSpec &chart, const Rule &rule)
{
    // The bound of a series may be written in percent, and is a fraction then.
    const bool isInPercent = isSeriesLevel(rule.metric) || rule.metric == Rule::Metric::HitRate;
    const double factor = isInPercent && rule.unit == Rule::Unit::Share ? 100.0 : 1.0;
    const auto add = [&](double value, const QString &text) {
        const ChartSpec::Bound bound{value, text};
        if (!std::ranges::contains(chart.bounds, bound))
            chart.bounds.push_back(bound);
    };
    const RuleEdges edges = ruleEdges(rule);
    add(rule.bound * factor, edges.lower);
    if (rule.comparison != Rule::Comparison::Between)
        return;
    add(rule.upperBound * factor, edges.upper);
    const ChartSpec::Band band{std::min(rule.bound, rule.upperBound) * factor,
                               std::max(rule.bound, rule.upperBound) * factor};
    if (!std::ranges::contains(chart.bands, band))
        chart.bands.push_back(band);
}

std::optional<ChartMark::Kind> kindOf(const QString &kind)
{
    if (kind == QLatin1String("stage"))
        return ChartMark::Kind::Stage;
    if (kind == QLatin1String("steer") || kind == QLatin1String("rule") || kind == QLatin1String("action") || kind == QLatin1String("stop")
        || kind == QLatin1String("interrupt") || kind == QLatin1String("profile"))
        return ChartMark::Kind::Change;
    if (kind == QLatin1String("health") || kind == QLatin1String("probe") || kind == QLatin1String("target") || kind == QLatin1String("generator"))
        return ChartMark::Kind::Problem;
    return std::nullopt;
}

} // namespace

RunCharts chartsOf(const RunFacts &facts, const std::vector<Rule> &rules)
{
    RunCharts run{
        {latencyChart(), throughputChart(), queueChart(), memoryChart(), cpuChart(), handlesChart(), trafficChart(),
         connectionChart(facts), lagChart(), generatorChart()},
        FirstProbe + facts.series.size(), {}};
    addSeries(run.charts, facts);
    run.others.push_back(otherChart({QStringLiteral("times"), tr("Times"), ChartSpec::Unit::Seconds, false, {}, {}},
                                    SeriesGroup::Times, facts));
    run.others.push_back(otherChart({QStringLiteral("counters"), tr("Counters"), ChartSpec::Unit::Count, false, {}, {}},
                                    SeriesGroup::Counters, facts));
    addCounts(run, facts);
    addObservations(run, facts);
    std::erase_if(run.charts, [](const ChartSpec &chart) { return chart.lines.empty(); });
    for (const Rule &rule : rules) {
        const Rule resolved = resolveRule(rule, facts);
        for (ChartSpec &chart : run.charts) {
            if (isShownIn(chart, resolved))
                addBounds(chart, resolved);
        }
    }
    return run;
}

std::vector<std::optional<double>> chartValues(const ReportModel::SeriesRow &row, const RunFacts &facts)
{
    std::vector<std::optional<double>> values(FirstProbe);
    values[P50] = row.p50Ms;
    values[P95] = row.p95Ms;
    values[P99] = row.p99Ms;
    values[ServiceP50] = row.serviceP50Ms;
    values[ServiceP95] = row.serviceP95Ms;
    values[ServiceP99] = row.serviceP99Ms;
    values[Offered] = row.offered;
    values[Achieved] = row.achieved;
    values[Requests] = row.requests;
    values[Errors] = row.errors;
    values[Rejected] = row.rejected;
    values[Dropped] = row.dropped;
    values[Backlog] = double(row.backlog);
    values[InFlight] = double(row.inFlight);
    values[SendLagP99] = row.sendLagP99Ms;
    values[LoopLagP99] = row.loopLagP99Ms;
    values[Busy] = row.busyPercent;
    values[ProcessCpu] = row.processCpuPercent;
    values[Waiting] = row.waitPercent;
    values[FirstByteP95] = row.firstByteP95Ms;
    values[Opened] = row.opened.transform([](std::uint64_t count) { return double(count); });
    values[Open] = double(row.connections);
    values.insert(values.end(), row.probes.begin(), row.probes.end());
    values.resize(FirstProbe + facts.series.size());
    for (std::size_t i = 0; i < std::min(facts.observations.size(), row.observations.size()); ++i) {
        const auto kind = facts.observations[i].kind;
        const auto level = levelOf(row.observations[i], kind);
        const double factor = kind == RunFacts::Observation::Kind::Hit ? 100.0 : 1.0;
        values.push_back(level.transform([factor](double value) { return value * factor; }));
    }
    return values;
}

std::optional<ChartMark> markOf(const RunEvent &event)
{
    const std::optional<ChartMark::Kind> kind = kindOf(event.kind);
    if (!kind)
        return std::nullopt;
    const double time =
        std::max(0.0, std::chrono::duration<double>(event.at).count()); // what came before is at the start
    return ChartMark{time, *kind, markText(event)};
}

} // namespace Headroom
