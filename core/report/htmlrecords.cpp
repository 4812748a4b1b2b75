// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlrecords.h"

#include "core/base/humanformat.h"
#include "core/metrics/connectionwords.h"
#include "core/report/htmltable.h"

#include <QCryptographicHash>

#include <algorithm>
#include <ranges>

namespace Headroom {

namespace {

// A page that nobody can scroll through helps nobody; the JSON report holds all.
constexpr std::size_t kShownEvents = 500;

Html elapsedHtml(double seconds)
{
    const bool isBefore = seconds < 0.0;
    return numberHtml(jsonSeconds(seconds),
                      isBefore ? QStringLiteral("before") : formatElapsed(Nanoseconds(qint64(seconds * 1e9))));
}

Html pairsHtml(const std::vector<std::pair<QString, QString>> &pairs)
{
    Html list;
    for (const auto &[name, value] : pairs) {
        Html one = Html::element("dt", name);
        one += Html::element("dd", value);
        list += Html::element("div", one);
    }
    return pairs.empty() ? Html() : Html::element("dl", list, {{"class", QStringLiteral("facts")}});
}

} // namespace

QString probeText(double value, const QString &unit)
{
    if (unit == QLatin1String("bytes"))
        return formatBytes(value);
    if (unit == QLatin1String("percent"))
        return formatNumber(value) + QStringLiteral(" %");
    return unit == QLatin1String("seconds") ? formatNumber(value) + QStringLiteral(" s") : formatNumber(value);
}

Html eventsHtml(const ReportModel &model)
{
    HtmlTable table("events-table", {{"Time"}, {"Kind", false}, {"What happened", false}});
    for (const RunEvent &event : model.events | std::views::take(kShownEvents))
        table.addRow({elapsedHtml(double(event.at.count()) / 1e9), Html::text(event.kind), Html::text(event.text)});
    if (table.isEmpty())
        return {};
    Html html = table.html();
    if (model.events.size() > kShownEvents)
        html +=
            noteHtml(QStringLiteral("And %1 more; the JSON report lists all.").arg(model.events.size() - kShownEvents));
    return sectionHtml("events", "Events", html);
}

Html probesHtml(const ReportModel &model)
{
    HtmlTable table("probes-table", {{"Series", false}, {"Lowest"}, {"Mean"}, {"Highest"}, {"Last"}});
    const std::vector<RunFacts::Series> &series = model.head.facts.series;
    for (std::size_t i = 0; i < series.size(); ++i) {
        const SeriesFigure &figure = model.probes[i];
        std::vector<Html> cells{Html::text(series[i].name())};
        for (const double value : {figure.lowest, figure.mean(), figure.highest, figure.last})
            cells.push_back(numberHtml(figure.values == 0 ? Json::null() : jsonNumber(value),
                                       probeText(value, series[i].unit)));
        table.addRow(cells);
    }
    if (table.isEmpty())
        return {};
    Html html = table.html();
    html += noteHtml(QStringLiteral("Over the measured window, which the rules judge: without warm-ups and the drain."));
    return sectionHtml("probes", "Probes", html);
}

Html environmentHtml(const ReportModel &model)
{
    const RunFacts &facts = model.head.facts;
    std::vector<std::pair<QString, QString>> pairs{{QStringLiteral("headroom"), model.head.toolVersion},
                                                   {QStringLiteral("requests by"), connectionWords(facts)},
                                                   {QStringLiteral("workers"), QString::number(facts.workers)},
                                                   {QStringLiteral("seed"), QString::number(facts.seed)}};
    if (facts.userCap)
        pairs.emplace_back(QStringLiteral("users at most"), formatCount(*facts.userCap));
    if (facts.iterations)
        pairs.emplace_back(QStringLiteral("iterations, fixed"), formatCount(*facts.iterations));
    if (facts.iterationsEach)
        pairs.emplace_back(QStringLiteral("iterations of each user, fixed"), formatCount(*facts.iterationsEach));
    if (facts.isOpenModel) {
        pairs.emplace_back(QStringLiteral("arrivals"), facts.spacing);
        pairs.emplace_back(QStringLiteral("late iterations"), facts.latePolicy);
    }
    pairs.insert(pairs.end(), model.head.environment.begin(), model.head.environment.end());
    return sectionHtml("environment", "Environment", pairsHtml(pairs));
}

Html scenarioHtml(const ReportModel &model)
{
    const SessionHead &head = model.head;
    const QByteArray digest = QCryptographicHash::hash(head.scenarioText, QCryptographicHash::Sha256).toHex();
    std::vector<std::pair<QString, QString>> pairs{
        {QStringLiteral("file"), head.scenarioFile.isEmpty() ? QStringLiteral("–") : head.scenarioFile},
        {QStringLiteral("SHA-256"), QString::fromLatin1(digest)}};
    for (const auto &[path, value] : head.overrides)
        pairs.emplace_back(QStringLiteral("changed: ") + path, value);
    Html html = pairsHtml(pairs);
    Html text = Html::element("summary", QStringLiteral("The scenario as it was read"));
    text += Html::element("pre", Html::element("code", Html::block(QString::fromUtf8(head.scenarioText))));
    html += Html::element("details", text);
    return sectionHtml("scenario", "Scenario", html);
}

} // namespace Headroom
