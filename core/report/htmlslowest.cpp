// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/report/htmlrecords.h"
#include "core/report/htmltable.h"
#include "core/report/slowestrows.h"

#include <algorithm>
#include <array>

namespace Headroom {

namespace {

constexpr double kBarWidth = 200.0;
constexpr double kBarHeight = 12.0;

struct Part
{
    const char *name;
    const char *color;
    Nanoseconds time{};
};

/// What its response time is made of, in the order in which it passed.
std::array<Part, 3> partsOf(const RawSample &sample)
{
    return {{{"waited to be sent", "part part-rest", sample.sent},
             {"wait for the first byte", "part part-0", std::min(sample.firstByte, sample.finished)},
             {"transfer", "part part-1", transferTime(sample)}}};
}

QString wordsOf(const RawSample &sample)
{
    QStringList words;
    for (const Part &part : partsOf(sample))
        words << QStringLiteral("%1 %2").arg(QLatin1String(part.name), formatDuration(part.time));
    return words.join(QStringLiteral(", "));
}

/// As wide as its time among the others'.
Html barHtml(const RawSample &sample, Nanoseconds longest)
{
    const double scale = longest > 0ns ? kBarWidth / double(longest.count()) : 0.0;
    double x = 0.0;
    Html bar = Html::element("title", wordsOf(sample));
    for (const Part &part : partsOf(sample)) {
        const double width = std::max(0.0, double(part.time.count()) * scale);
        bar += Html::element("rect", Html(),
                             {{"class", QLatin1String(part.color)},
                              {"x", coordinate(x)},
                              {"y", QStringLiteral("0")},
                              {"width", coordinate(width)},
                              {"height", coordinate(kBarHeight)}});
        x += width;
    }
    return Html::element("svg", bar,
                         {{"viewBox", QStringLiteral("0 0 %1 %2").arg(kBarWidth).arg(kBarHeight)},
                          {"width", coordinate(kBarWidth)},
                          {"height", coordinate(kBarHeight)},
                          {"role", QStringLiteral("img")},
                          {"aria-label", wordsOf(sample)}});
}

Html legendHtml()
{
    Html items;
    for (const Part &part : partsOf({})) {
        Html item = Html::element("span", Html(), {{"class", QStringLiteral("swatch ") + QLatin1String(part.color)}});
        item += Html::element("span", QString::fromLatin1(part.name), {{"class", QStringLiteral("name")}});
        items += Html::element("li", item);
    }
    return Html::element("ul", items, {{"class", QStringLiteral("legend")}});
}

QString openingText(const ConnectionOpening &opening)
{
    QStringList parts{QStringLiteral("connect %1").arg(formatDuration(opening.connect))};
    if (opening.resolve > 0ns)
        parts.prepend(QStringLiteral("look-up %1").arg(formatDuration(opening.resolve)));
    if (opening.tls > 0ns)
        parts.append(QStringLiteral("TLS %1").arg(formatDuration(opening.tls)));
    return QStringLiteral("a connection was opened for it: ") + parts.join(QStringLiteral(", "));
}

Html requestHtml(const Exemplar &exchange)
{
    Html html = Html::element("code", exchange.method + QLatin1Char(' ') + exchange.url);
    if (exchange.sample.failure != FailureKind::None)
        html += Html::element("div", failureKindText(exchange.sample.failure), {{"class", QStringLiteral("note")}});
    if (exchange.opening)
        html += Html::element("div", openingText(*exchange.opening), {{"class", QStringLiteral("note")}});
    return html;
}

std::vector<Html> rowOf(const ReportModel::SlowRequest &request, Nanoseconds longest)
{
    const RawSample &sample = request.exchange.sample;
    return {Html::text(request.step),
            numberHtml(jsonSeconds(sample.planned), formatElapsed(sample.planned)),
            timeHtml(sample.responseTime()),
            barHtml(sample, longest),
            timeHtml(sample.sent),
            timeHtml(sample.firstByte),
            numberHtml(sample.status > 0 ? Json(sample.status) : Json::null(), QString::number(sample.status)),
            requestHtml(request.exchange)};
}

} // namespace

Html slowestHtml(const ReportModel &model)
{
    HtmlTable table("slowest-table",
                    {{"Step", false},
                     {"Planned"},
                     {"Response"},
                     {"Its parts", false},
                     {"Send lag"},
                     {"First byte", true, "After the send"},
                     {"Status"},
                     {"Request", false}});
    for (const ReportModel::SlowRequest &request : model.slowest)
        table.addRow(rowOf(request, model.slowest.front().exchange.sample.responseTime()));
    Html html;
    if (!table.isEmpty()) {
        html += legendHtml();
        html += table.html();
        html += noteHtml(QStringLiteral("Of the measured window, at most %1, of whatever step, with what each waited for.")
                             .arg(SlowestRows::kMost));
    }
    const bool isAnyKept = model.samples && model.samples->keeping != SampleKeeping::Off;
    if (const QString samples = samplesText(model); isAnyKept || (!samples.isEmpty() && !html.isEmpty()))
        html += noteHtml(QStringLiteral("In the session: %1.").arg(samples));
    return sectionHtml("slowest", "Slowest requests", html);
}

} // namespace Headroom
