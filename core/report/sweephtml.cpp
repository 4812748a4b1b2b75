// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/report/htmlpage.h"
#include "core/report/htmltable.h"
#include "core/report/sweeppicture.h"
#include "core/report/sweepwords.h"

namespace Headroom {

namespace {

using Figure = SweepReport::Figure;
using Member = SweepReport::Member;

Html figureCell(const SweepReport &sweep, const Member &member, Figure figure, Html html)
{
    if (sweep.best(figure) == &member)
        html += Html::element("small", QStringLiteral(" best"));
    return html;
}

Html timeCell(const SweepReport &sweep, const Member &member, Figure figure, const std::optional<Nanoseconds> &time)
{
    if (!time)
        return numberHtml(Json::null(), {});
    Html html = timeHtml(*time);
    if (member.hasFewSamples(figure))
        html += fewSamplesHtml();
    return figureCell(sweep, member, figure, html);
}

Html cpuCell(const SweepReport &sweep, const Member &member)
{
    const auto &cpu = member.cpuMicrosecondsPerRequest;
    return figureCell(sweep, member, Figure::Cpu,
                      numberHtml(jsonNumber(cpu), cpu ? formatNumber(*cpu) + QStringLiteral(" µs") : QString()));
}

std::vector<Html> memberRow(const SweepReport &sweep, const Member &member)
{
    if (!member.hasRun()) {
        std::vector<Html> cells(10, numberHtml(Json::null(), {}));
        cells.front() = Html::text(member.value);
        cells.back() = Html::text(QStringLiteral("Did not run: ") + member.problem);
        return cells;
    }
    Html verdict = Html::element("div", sweepVerdictText(member));
    verdict += Html::element("div", member.session, {{"class", QStringLiteral("note")}});
    return {Html::text(member.value),
            rateHtml(member.offeredPerSecond),
            rateHtml(member.achievedPerSecond),
            figureCell(sweep, member, Figure::Throughput, rateHtml(member.requestsPerSecond)),
            timeCell(sweep, member, Figure::P50, member.p50),
            timeCell(sweep, member, Figure::P95, member.p95),
            timeCell(sweep, member, Figure::P99, member.p99),
            partHtml(member.errors, member.requests),
            cpuCell(sweep, member),
            verdict};
}

Html tableHtml(const SweepReport &sweep)
{
    const QByteArray parameter = sweep.parameter.toUtf8();
    HtmlTable table("sweep-table",
                    {{parameter.constData(), false},
                     {"Offered", true, "Planned iterations per second"},
                     {"Achieved", true, "Started iterations per second"},
                     {"Throughput", true, "Finished requests per second"},
                     {"p50"},
                     {"p95"},
                     {"p99"},
                     {"Errors"},
                     {"CPU", true, "Processor time of the generator for each request"},
                     {"Verdict", false}});
    for (const Member &member : sweep.members)
        table.addRow(memberRow(sweep, member));
    Html html = table.html();
    html += noteHtml(QStringLiteral("Each over its measured window: without warm-up stages and without what was "
                                    "finished after the last planned start. "
                                    "“best” stands at the valid run that is better than all others by more than 2 %. * "
                                    "few samples: the true percentile may be far higher."));
    if (!sweep.isComplete())
        html += noteHtml(sweepStoppedText(sweep) + QLatin1Char('.'));
    return sectionHtml("runs", "Runs", html);
}

Html reasonsHtml(const SweepReport &sweep)
{
    Html items;
    for (const Member &member : sweep.members) {
        for (const QString &reason : member.verdict.reasons)
            items += Html::element("li", QStringLiteral("%1 = %2: %3").arg(sweep.parameter, member.value, reason));
    }
    return items.isEmpty() ? Html()
                           : sectionHtml("reasons", "What speaks against a plain yes", Html::element("ul", items));
}

Html pictureOf(const SweepReport &sweep, Figure figure, const char *id, const char *title)
{
    const Html picture = sweepPictureHtml(sweep, figure);
    if (picture.isEmpty())
        return {};
    Html html = Html::element("figcaption", Html::element("strong", QString::fromUtf8(title)));
    html += picture;
    return Html::element("figure", html, {{"class", QStringLiteral("chart")}, {"id", QLatin1String(id)}});
}

Html headOf(const SweepReport &sweep)
{
    Html html = Html::element("p", QStringLiteral("Sweep report"), {{"class", QStringLiteral("kind")}});
    html += Html::element("h1", sweep.scenario.isEmpty() ? QStringLiteral("Load test") : sweep.scenario);
    Html list;
    const std::pair<const char *, QString> facts[] = {
        {"Target", sweep.target},
        {"Parameter", sweep.parameter},
        {"Runs", QStringLiteral("%1 of %2").arg(sweep.members.size()).arg(sweep.values.size())}};
    for (const auto &[name, value] : facts) {
        Html fact = Html::element("dt", QString::fromUtf8(name));
        fact += Html::element("dd", value.isEmpty() ? QStringLiteral("–") : value);
        list += Html::element("div", fact);
    }
    html += Html::element("dl", list, {{"class", QStringLiteral("facts")}});
    return Html::element("header", html);
}

} // namespace

QByteArray sweepHtml(const SweepReport &sweep)
{
    const auto bytes = [](const Html &html) { return html.markup().toUtf8(); };
    Html pictures = pictureOf(sweep, Figure::Throughput, "chart-throughput", "Finished requests per second");
    pictures += pictureOf(sweep, Figure::P95, "chart-p95", "95th percentile of the response time");
    return filledTemplate(
               pageFile("sweep.html"),
               {{"title", bytes(Html::text(QStringLiteral("%1: sweep of %2").arg(sweep.scenario, sweep.parameter)))},
                {"style", pageFile("report.css")},
                {"head", bytes(headOf(sweep))},
                {"table", bytes(tableHtml(sweep))},
                {"pictures", bytes(sectionHtml("charts", "Over the values", pictures))},
                {"reasons", bytes(reasonsHtml(sweep))},
                {"version", bytes(Html::text(sweep.toolVersion))}})
        + '\n';
}

} // namespace Headroom
