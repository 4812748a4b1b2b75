// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlcharts.h"

#include "core/report/htmlchart.h"
#include "core/report/htmllimits.h"
#include "core/report/htmlpicture.h"
#include "core/report/htmltable.h"
#include "core/report/jsonvalue.h"
#include "core/report/terminaltext.h"

namespace Headroom {

namespace {

const char *unitName(HtmlChart::Unit unit)
{
    switch (unit) {
    case HtmlChart::Unit::Milliseconds:
        return "ms";
    case HtmlChart::Unit::PerSecond:
        return "per_s";
    case HtmlChart::Unit::Bytes:
        return "bytes";
    case HtmlChart::Unit::Percent:
        return "percent";
    case HtmlChart::Unit::Count:
        break;
    }
    return "count";
}

// The script draws the texts as they are; they are to look like those of the page.
Json shownText(const QString &text) { return jsonText(cleaned(text)); }

Json lineJson(const HtmlChart::Line &line)
{
    Json json = jsonObject();
    json["name"] = shownText(line.name);
    json["broad"] = line.isBroad;
    json["values"] = jsonListOf(line.values, [](const std::optional<double> &value) { return jsonNumber(value); });
    return json;
}

Json boundJson(const HtmlChart::Bound &bound)
{
    Json json = jsonObject();
    json["value"] = jsonNumber(bound.value);
    json["from"] = jsonSeconds(bound.from);
    json["to"] = jsonSeconds(bound.to);
    json["text"] = shownText(bound.text);
    json["shown"] = bound.isShown;
    return json;
}

Json chartJson(const HtmlChart &chart)
{
    Json json = jsonObject();
    json["id"] = jsonText(chart.id);
    json["unit"] = unitName(chart.unit);
    json["lines"] = jsonListOf(chart.lines, lineJson);
    json["bounds"] = jsonListOf(chart.bounds, boundJson);
    return json;
}

Json markJson(const HtmlMark &mark)
{
    Json json = jsonObject();
    json["t"] = jsonSeconds(mark.time);
    json["text"] = shownText(mark.text);
    json["stage"] = mark.isStage;
    json["warm"] = mark.isWarmUp;
    return json;
}

Html figureHtml(const HtmlChart &chart, const Html &picture)
{
    Html caption = Html::element("strong", chart.title);
    caption += Html::element("span", QString::fromUtf8(chart.remark), {{"class", QStringLiteral("note")}});
    Html figure = Html::element("figcaption", caption);
    figure += legendHtml(chart);
    const QString label = chart.title + QStringLiteral(" over time");
    figure += Html::element(
        "div", Html(), {{"class", QStringLiteral("plot")}, {"role", QStringLiteral("img")}, {"aria-label", label}});
    figure += picture;
    return Html::element(
        "figure", figure,
        {{"class", QStringLiteral("chart")}, {"id", QStringLiteral("chart-") + chart.id}});
}

Html stagesNote(const std::vector<HtmlMark> &marks)
{
    QStringList names;
    for (const HtmlMark &mark : marks) {
        if (mark.isStage)
            names += mark.text;
    }
    return names.isEmpty() ? Html()
                           : noteHtml(QStringLiteral("Upright lines part the stages: ")
                                      + names.join(QStringLiteral(", ")) + QLatin1Char('.'));
}

} // namespace

Html chartsHtml(const ReportModel &model)
{
    const std::vector<HtmlSlice> slices = slicesOf(drawnRows(model.series), kPicturePoints);
    const std::vector<HtmlMark> marks = marksOf(model);
    Html figures;
    for (const HtmlChart &chart : chartsOf(model, slices))
        figures += figureHtml(chart, pictureHtml(chart, slices, marks, model.lengthSeconds));
    if (figures.isEmpty())
        return sectionHtml("charts", "Over time", noteHtml(QStringLiteral("The session holds no second to draw.")));
    const int length = sliceLength(drawnRows(model.series), kChartPoints);
    const int pictureLength = sliceLength(drawnRows(model.series), kPicturePoints);
    Html html;
    if (pictureLength > 1)
        html += noteHtml(QStringLiteral("Each point stands for %1 s, on paper and without scripts for %2 s: rates are "
                                        "their mean, times, queues and sizes the highest of them.")
                             .arg(length)
                             .arg(pictureLength));
    html += figures;
    html += limitsHtml(model, slices);
    html += stagesNote(marks);
    return sectionHtml("charts", "Over time", html);
}

QByteArray chartData(const ReportModel &model)
{
    const std::vector<HtmlSlice> slices = slicesOf(drawnRows(model.series), kChartPoints);
    Json json = jsonObject();
    json["t"] = jsonListOf(slices, [](const HtmlSlice &slice) { return Json(slice.second); });
    json["length"] = jsonSeconds(model.lengthSeconds);
    json["charts"] = jsonListOf(chartsOf(model, slices), chartJson);
    json["marks"] = jsonListOf(marksOf(model), markJson);
    json["limits"] = limitsJson(model, slices);
    std::string text;
    json.dump(text);
    // In JSON these stand inside of strings only.
    QByteArray bytes = QByteArray::fromStdString(text);
    return bytes.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
}

} // namespace Headroom
