// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/report/connectionnote.h"
#include "core/report/htmlplainpage.h"
#include "core/report/htmlruncells.h"
#include "core/report/sweeppicture.h"
#include "core/report/sweepwords.h"

namespace Headroom {

namespace {

using Figure = SweepReport::Figure;
using Member = SweepReport::Member;

Html marked(const SweepReport &sweep, const Member &member, Figure figure, Html html)
{
    if (sweep.best(figure) == &member)
        html += Html::element("small", QStringLiteral(" best"));
    return html;
}

std::vector<Html> memberRow(const SweepReport &sweep, const Member &member)
{
    std::vector<Html> cells = runCells(member);
    if (!member.hasRun())
        return cells;
    constexpr std::pair<std::size_t, Figure> kPlaces[] = {
        {3, Figure::Throughput}, {4, Figure::P50}, {5, Figure::P95}, {6, Figure::P99}, {8, Figure::Cpu}};
    for (const auto &[place, figure] : kPlaces)
        cells[place] = marked(sweep, member, figure, cells[place]);
    return cells;
}

Html tableHtml(const SweepReport &sweep)
{
    const QByteArray parameter = sweep.parameter.toUtf8();
    HtmlTable table("sweep-table", runColumns(parameter.constData()));
    for (const Member &member : sweep.members)
        table.addRow(memberRow(sweep, member));
    Html html = table.html();
    html += noteHtml(QStringLiteral("Each over its measured window: without warm-up stages and without what was "
                                    "finished after the last planned start. "
                                    "“best” stands at the valid run that is better than all others by more than 2 %. * "
                                    "few samples: the true percentile may be far higher."));
    if (const QString note = connectionNote(sweep.members); !note.isEmpty())
        html += noteHtml(note + QLatin1Char('.'));
    if (!sweep.isComplete())
        html += noteHtml(sweepStoppedText(sweep) + QLatin1Char('.'));
    return sectionHtml("runs", "Runs", html);
}

Html reasonsHtml(const SweepReport &sweep)
{
    Html items;
    for (const Member &member : sweep.members) {
        for (const QString &reason : member.verdict.reasons)
            items += Html::element("li", QStringLiteral("%1 = %2: %3").arg(sweep.parameter, member.label, reason));
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
    return pageHead("Sweep report", sweep.scenario,
                    {{"Target", sweep.target},
                     {"Parameter", sweep.parameter},
                     {"Runs", QStringLiteral("%1 of %2").arg(sweep.members.size()).arg(sweep.values.size())}});
}

} // namespace

QByteArray sweepHtml(const SweepReport &sweep)
{
    Html pictures = pictureOf(sweep, Figure::Throughput, "chart-throughput", "Finished requests per second");
    pictures += pictureOf(sweep, Figure::P95, "chart-p95", "95th percentile of the response time");
    Html body = tableHtml(sweep);
    body += sectionHtml("charts", "Over the values", pictures);
    body += reasonsHtml(sweep);
    return plainPage(QStringLiteral("%1: sweep of %2").arg(sweep.scenario, sweep.parameter), headOf(sweep), body,
                     sweep.toolVersion);
}

} // namespace Headroom
