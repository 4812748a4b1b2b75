// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlruncells.h"

#include "core/base/humanformat.h"

namespace Headroom {

namespace {

Html timeCell(const RunSummary &run, RunSummary::Figure figure, const std::optional<Nanoseconds> &time)
{
    if (!time)
        return numberHtml(Json::null(), {});
    Html html = timeHtml(*time);
    if (run.hasFewSamples(figure))
        html += fewSamplesHtml();
    return html;
}

Html cpuCell(const RunSummary &run)
{
    const auto &cpu = run.cpuMicrosecondsPerRequest;
    return numberHtml(jsonNumber(cpu), cpu ? formatNumber(*cpu) + QStringLiteral(" µs") : QString());
}

} // namespace

std::vector<HtmlTable::Column> runColumns(const char *first)
{
    return {{first, false},
            {"Offered", true, "Planned iterations per second"},
            {"Achieved", true, "Started iterations per second"},
            {"Throughput", true, "Finished requests per second"},
            {"p50"},
            {"p95"},
            {"p99"},
            {"Errors"},
            {"CPU", true, "Processor time of the generator for each request"},
            {"Verdict", false}};
}

std::vector<Html> runCells(const RunSummary &run)
{
    if (!run.hasRun()) {
        std::vector<Html> cells(10, numberHtml(Json::null(), {}));
        cells.front() = Html::text(run.label);
        cells.back() = Html::text(QStringLiteral("Did not run: ") + run.problem);
        return cells;
    }
    Html verdict = Html::element("div", verdictWords(run));
    verdict += Html::element("div", run.session, {{"class", QStringLiteral("note")}});
    return {Html::text(run.label),
            rateHtml(run.offeredPerSecond),
            rateHtml(run.achievedPerSecond),
            rateHtml(run.requestsPerSecond),
            timeCell(run, RunSummary::Figure::P50, run.p50),
            timeCell(run, RunSummary::Figure::P95, run.p95),
            timeCell(run, RunSummary::Figure::P99, run.p99),
            partHtml(run.errors, run.requests),
            cpuCell(run),
            verdict};
}

} // namespace Headroom
