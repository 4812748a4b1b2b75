// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlchart.h"

#include "core/report/countfamilies.h"
#include "core/report/htmlobservations.h"
#include "core/report/seriesgroup.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <ranges>

namespace Headroom {

namespace {

using Row = ReportModel::SeriesRow;
using Unit = HtmlChart::Unit;

/// Makes the lines of one chart after another out of the same slices.
class LineMaker
{
public:
    LineMaker(const std::vector<Row> &rows, const std::vector<HtmlSlice> &slices)
        : m_rows(rows)
        , m_slices(slices)
    {
    }

    HtmlChart::Line mean(const char *name, double Row::*member, bool isBroad = false) const
    {
        const auto combine = [&](const HtmlSlice &slice) {
            double sum = 0.0;
            for (std::size_t i = slice.begin; i < slice.end; ++i)
                sum += m_rows[i].*member;
            return std::optional(sum / double(slice.end - slice.begin));
        };
        return {QString::fromUtf8(name), isBroad, values(combine)};
    }

    /// `valueOf` may give nothing.
    template <typename ValueOf> HtmlChart::Line highest(const QString &name, ValueOf valueOf) const
    {
        const auto combine = [&](const HtmlSlice &slice) {
            std::optional<double> highest;
            for (std::size_t i = slice.begin; i < slice.end; ++i)
                highest = std::max(highest, std::optional<double>(valueOf(m_rows[i]))); // nothing is less than all
            return highest;
        };
        return {name, false, values(combine)};
    }

private:
    HtmlChart::Values values(const std::function<std::optional<double>(const HtmlSlice &)> &combine) const
    {
        HtmlChart::Values values;
        values.reserve(m_slices.size());
        for (const HtmlSlice &slice : m_slices)
            values.push_back(slice.begin == slice.end ? std::nullopt : combine(slice));
        return values;
    }

    const std::vector<Row> &m_rows;
    const std::vector<HtmlSlice> &m_slices;
};

HtmlChart loadChart(const LineMaker &make)
{
    return {"load",
            "Load and throughput",
            "Each second: iterations planned and started, requests finished.",
            Unit::PerSecond,
            {make.mean("offered", &Row::offered, true), make.mean("achieved", &Row::achieved),
             make.mean("requests", &Row::requests), make.mean("errors", &Row::errors),
             make.mean("rejected", &Row::rejected), make.mean("dropped", &Row::dropped)},
            {}};
}

HtmlChart latencyChart(const LineMaker &make, bool isService)
{
    using Member = std::optional<double> Row::*;
    const auto line = [&](const char *name, Member member) {
        return make.highest(QString::fromUtf8(name), [member](const Row &row) { return row.*member; });
    };
    if (isService)
        return {"service",
                "Service time",
                "From when a request was sent; percentiles of each second, all steps.",
                Unit::Milliseconds,
                {line("p50", &Row::serviceP50Ms), line("p95", &Row::serviceP95Ms), line("p99", &Row::serviceP99Ms)},
                {}};
    return {"response",
            "Response time",
            "From when the plan wanted a request; percentiles of each second, all steps.",
            Unit::Milliseconds,
            {line("p50", &Row::p50Ms), line("p95", &Row::p95Ms), line("p99", &Row::p99Ms)},
            {}};
}

constexpr std::size_t kMostLines = 40; // nobody tells more apart, and a hostile session could hold thousands

void addProbe(HtmlChart &chart, const LineMaker &make, const RunFacts &facts, std::size_t series)
{
    if (chart.lines.size() >= kMostLines)
        return;
    const auto valueOf = [series](const Row &row) {
        return series < row.probes.size() ? row.probes[series] : std::nullopt;
    };
    chart.lines.push_back(make.highest(facts.series[series].name(), valueOf));
    chart.lines.back().series = series;
}

HtmlChart queueChart(const LineMaker &make)
{
    const auto line = [&](const char *name, std::uint64_t Row::*member) {
        return make.highest(QString::fromUtf8(name), [member](const Row &row) { return double(row.*member); });
    };
    return {"queues",
            "In flight and waiting",
            "In the generator, at the end of each second.",
            Unit::Count,
            {line("backlog", &Row::backlog), line("in flight", &Row::inFlight), line("users", &Row::users)},
            {}};
}

/// What probes count, each on a scale of its own.
std::vector<HtmlChart> countCharts(const LineMaker &make, const RunFacts &facts)
{
    std::vector<HtmlChart> charts;
    for (const CountFamily &family : countFamiliesOf(facts) | std::views::take(kMostCountCharts)) {
        if (family.name.isEmpty())
            charts.push_back({"health", "Health", "1: up, 0: down.", Unit::Count, {}, {}});
        else
            charts.push_back({QStringLiteral("counts-%1").arg(charts.size()), QStringLiteral("Probe %1").arg(family.name),
                              "What it counts, on a scale of its own.", Unit::Count, {}, {}});
        for (const std::size_t series : family.series)
            addProbe(charts.back(), make, facts, series);
    }
    return charts;
}

/// With its part up to the first byte.
HtmlChart serviceChart(const LineMaker &make, const NetworkFigures &network)
{
    HtmlChart chart = latencyChart(make, true);
    if (!network.firstByte.times.isEmpty())
        chart.lines.push_back(
            make.highest(QStringLiteral("p95 first byte"), [](const Row &row) { return row.firstByteP95Ms; }));
    return chart;
}

HtmlChart connectionChart(const LineMaker &make, const NetworkFigures &network)
{
    HtmlChart chart{"connections",
                    "Connections",
                    "Opened: within each second. Open: at its end.",
                    Unit::Count,
                    {},
                    {}};
    const auto opened = [](const Row &row) { return row.opened.transform([](auto count) { return double(count); }); };
    if (network.openings)
        chart.lines = {make.highest(QStringLiteral("opened"), opened),
                       make.highest(QStringLiteral("open"), [](const Row &row) { return double(row.connections); })};
    return chart;
}

HtmlChart lagChart(const LineMaker &make)
{
    const auto line = [&](const char *name, std::optional<double> Row::*member) {
        return make.highest(QString::fromUtf8(name), [member](const Row &row) { return row.*member; });
    };
    return {"lag",
            "The generator's lateness",
            "Its own part of the times: 99th percentiles of each second.",
            Unit::Milliseconds,
            {line("send lag p99", &Row::sendLagP99Ms), line("loop lag p99", &Row::loopLagP99Ms)},
            {}};
}

HtmlChart generatorChart(const LineMaker &make)
{
    const auto line = [&](const char *name, double Row::*member) {
        return make.highest(QString::fromUtf8(name), [member](const Row &row) { return row.*member; });
    };
    return {"generator",
            "The generator's processor",
            "100 % is one processor; of its busiest thread, all it has. Waiting: other programs had the processor.",
            Unit::Percent,
            {line("busiest thread", &Row::busyPercent), line("whole program", &Row::processCpuPercent),
             line("waiting", &Row::waitPercent)},
            {}};
}

HtmlChart probeChart(HtmlChart empty, const LineMaker &make, const RunFacts &facts, SeriesGroup group)
{
    for (std::size_t i = 0; i < facts.series.size(); ++i) {
        if (groupOf(facts.series[i]) == group)
            addProbe(empty, make, facts, i);
    }
    return empty;
}

} // namespace

double HtmlChart::peak() const
{
    double peak = 0.0;
    for (const Line &line : lines) {
        for (const std::optional<double> &value : line.values)
            peak = std::max(peak, value.value_or(0.0));
    }
    return peak;
}

std::vector<HtmlChart> chartsOf(const ReportModel &model, const std::vector<HtmlSlice> &slices)
{
    const RunFacts &facts = model.head.facts;
    const LineMaker make(model.series, slices);
    const auto probes = [&](const char *id, const char *title, const char *remark, Unit unit, SeriesGroup group) {
        return probeChart({id, title, remark, unit, {}, {}}, make, facts, group);
    };
    std::vector<HtmlChart> charts{
        loadChart(make),
        latencyChart(make, false),
        serviceChart(make, model.network),
        queueChart(make),
        connectionChart(make, model.network),
        probes("memory", "Memory", "Sizes that the probes measure.", Unit::Bytes, SeriesGroup::Memory),
        probes("cpu", "Processor", "What the probes measure in percent; of a process's cpu 100 % is one processor.", Unit::Percent,
               SeriesGroup::Cpu),
        probes("handles", "Threads and files", "Of the processes that were watched.", Unit::Count,
               SeriesGroup::Handles),
        probes("traffic", "Input and output", "Bytes that the watched processes read and wrote.", Unit::Bytes,
               SeriesGroup::Traffic),
        lagChart(make),
        generatorChart(make)};
    const auto behindQueues = std::next(std::ranges::find(charts, QStringLiteral("queues"), &HtmlChart::id));
    std::ranges::move(countCharts(make, facts), std::inserter(charts, behindQueues));
    std::erase_if(charts, [&](const HtmlChart &chart) { return slices.empty() || chart.lines.empty(); });
    addObservationCharts(charts, model, slices);
    for (HtmlChart &chart : charts)
        addBounds(chart, model);
    return charts;
}

} // namespace Headroom
