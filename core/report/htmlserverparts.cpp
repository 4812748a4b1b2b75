// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/report/expectedshares.h"
#include "core/report/htmlobservations.h"
#include "core/report/htmlpicture.h"
#include "core/report/htmltable.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr double kWidth = 800.0; // as the pictures of the charts, so that times stand below each other
constexpr double kLeft = 66.0;
constexpr double kRight = 792.0;
constexpr double kBarHeight = 26.0;
constexpr double kHeight = 190.0;
constexpr double kTop = 10.0;
constexpr double kBottom = 166.0;
constexpr int kLevels = 4;
constexpr std::size_t kBars = 120;

/// A colour stays with its part, whether a bar has it or not.
QString colorClass(const RunFacts &facts, std::size_t observation)
{
    int number = 0;
    for (std::size_t i = 0; i < observation; ++i)
        number += facts.observations[i].kind == RunFacts::Observation::Kind::Part;
    return QStringLiteral("part part-%1").arg(number % 8);
}

const QString kRest = QStringLiteral("part part-rest");
const QString kRestName = QStringLiteral("covered by no part");

Html rectHtml(const QString &color, double x, double y, double width, double height, const QString &title)
{
    return Html::element("rect", Html::element("title", title),
                         {{"class", color},
                          {"x", coordinate(x)},
                          {"y", coordinate(y)},
                          {"width", coordinate(std::max(0.0, width))},
                          {"height", coordinate(std::max(0.0, height))}});
}

QString partText(const QString &name, double milliseconds)
{
    return QStringLiteral("%1: %2").arg(name, observedText(milliseconds, QStringLiteral("ms")));
}

/// The whole run as one bar, whose length is the whole time, or where parts overlap all of them.
Html totalHtml(const RunFacts &facts, const ServerParts &taken)
{
    double whole = taken.uncoveredMilliseconds.value_or(0.0);
    for (const ServerParts::Part &part : taken.parts)
        whole += part.milliseconds;
    const double scale = whole > 0.0 ? (kRight - kLeft) / whole : 0.0;
    double x = kLeft;
    Html rects;
    for (const ServerParts::Part &part : taken.parts) {
        const QString &name = facts.observations[part.observation].name;
        rects += rectHtml(colorClass(facts, part.observation), x, 2.0, part.milliseconds * scale, kBarHeight - 4.0,
                          partText(name, part.milliseconds));
        x += part.milliseconds * scale;
    }
    rects += rectHtml(kRest, x, 2.0, taken.uncoveredMilliseconds.value_or(0.0) * scale, kBarHeight - 4.0,
                      partText(kRestName, taken.uncoveredMilliseconds.value_or(0.0)));
    return Html::element("svg", rects,
                         {{"viewBox", QStringLiteral("0 0 %1 %2").arg(kWidth).arg(kBarHeight)},
                          {"role", QStringLiteral("img")},
                          {"aria-label", QStringLiteral("Parts of the server's time in the measured window")}});
}

struct Bar
{
    double from = 0.0;
    double to = 0.0;
    ServerParts taken;
    double height() const
    {
        double sum = taken.uncoveredMilliseconds.value_or(0.0);
        for (const ServerParts::Part &part : taken.parts)
            sum += part.milliseconds;
        return sum;
    }
};

std::vector<Bar> barsOf(const ReportModel &model)
{
    std::vector<Bar> bars;
    const std::vector<HtmlSlice> slices = slicesOf(drawnRows(model.series), kBars);
    const double length = sliceLength(drawnRows(model.series), kBars);
    for (const HtmlSlice &slice : slices) {
        std::vector<ObservedSecond> sums(model.head.facts.observations.size());
        for (std::size_t row = slice.begin; row < slice.end; ++row) {
            for (std::size_t i = 0; i < sums.size(); ++i)
                sums[i] += model.series[row].observations[i];
        }
        if (auto taken = serverPartsOf(model.head.facts.observations, sums))
            bars.push_back({double(slice.second), slice.second + length, *std::move(taken)});
    }
    return bars;
}

/// Draws bars over time; knows where a time and a value lie.
class PartsPicture
{
public:
    PartsPicture(const ReportModel &model, const std::vector<Bar> &bars)
        : m_facts(model.head.facts)
        , m_length(std::max(1.0, model.lengthSeconds))
    {
        double highest = 0.0;
        for (const Bar &bar : bars)
            highest = std::max(highest, bar.height());
        m_top = roundedUp(highest, false);
        addLevels();
        for (const Bar &bar : bars)
            addBar(bar);
    }
    Html html() const
    {
        return Html::element("svg", m_content,
                             {{"viewBox", QStringLiteral("0 0 %1 %2").arg(kWidth).arg(kHeight)},
                              {"role", QStringLiteral("img")},
                              {"aria-label", QStringLiteral("Parts of the server's time, over time")}});
    }

private:
    double x(double time) const { return kLeft + (kRight - kLeft) * std::clamp(time / m_length, 0.0, 1.0); }
    double y(double value) const { return kBottom - (kBottom - kTop) * std::clamp(value / m_top, 0.0, 1.0); }
    void addText(double atX, double atY, const char *anchor, const QString &text)
    {
        m_content += Html::element(
            "text", text, {{"x", coordinate(atX)}, {"y", coordinate(atY)}, {"text-anchor", QLatin1String(anchor)}});
    }
    void addLevels()
    {
        for (int level = 0; level <= kLevels; ++level) {
            const double value = m_top * level / kLevels;
            m_content += Html::element("line", Html(),
                                       {{"class", QStringLiteral("grid")},
                                        {"x1", coordinate(kLeft)},
                                        {"y1", coordinate(y(value))},
                                        {"x2", coordinate(kRight)},
                                        {"y2", coordinate(y(value))}});
            addText(kLeft - 6.0, y(value) + 4.0, "end", formatNumber(value) + QStringLiteral(" ms"));
        }
        const qint64 step = timeStep(m_length);
        for (qint64 second = 0; second <= qint64(m_length); second += step)
            addText(x(double(second)), kBottom + 18.0, "middle", formatElapsed(std::chrono::seconds(second)));
    }
    void addBar(const Bar &bar)
    {
        double level = 0.0;
        const auto add = [&](const QString &color, const QString &name, double milliseconds) {
            if (milliseconds > 0.0)
                m_content += rectHtml(color, x(bar.from), y(level + milliseconds), x(bar.to) - x(bar.from),
                                      y(level) - y(level + milliseconds), partText(name, milliseconds));
            level += milliseconds;
        };
        for (const ServerParts::Part &part : bar.taken.parts)
            add(colorClass(m_facts, part.observation), m_facts.observations[part.observation].name, part.milliseconds);
        add(kRest, kRestName, bar.taken.uncoveredMilliseconds.value_or(0.0));
    }

    const RunFacts &m_facts;
    double m_length = 1.0; // s
    double m_top = 1.0; // ms
    Html m_content;
};

Html legendItem(const QString &color, const QString &text)
{
    Html item = Html::element("span", Html(), {{"class", QStringLiteral("swatch ") + color}});
    item += Html::element("span", text, {{"class", QStringLiteral("name")}});
    return Html::element("li", item);
}

Html legendHtml(const RunFacts &facts, const ServerParts &taken)
{
    Html items;
    const auto text = [&](const QString &name, double milliseconds) {
        const double share = taken.milliseconds > 0.0 ? milliseconds / taken.milliseconds : 0.0;
        return QStringLiteral("%1, %2").arg(partText(name, milliseconds), formatShare(share));
    };
    for (const ServerParts::Part &part : taken.parts)
        items += legendItem(colorClass(facts, part.observation),
                            text(facts.observations[part.observation].name, part.milliseconds));
    if (taken.uncoveredMilliseconds)
        items += legendItem(kRest, text(kRestName, *taken.uncoveredMilliseconds));
    return Html::element("ul", items, {{"class", QStringLiteral("legend")}});
}

} // namespace

Html serverPartsHtml(const ReportModel &model)
{
    const RunFacts &facts = model.head.facts;
    const auto taken = serverPartsOf(facts.observations, model.observations.totals());
    if (!taken)
        return {};
    Html caption = Html::element("strong", QStringLiteral("Parts of the server's time"));
    caption += Html::element("span", dominantPartText(model.observations), {{"class", QStringLiteral("note")}});
    Html figure = Html::element("figcaption", caption);
    figure += legendHtml(facts, *taken);
    figure += totalHtml(facts, *taken);
    figure += PartsPicture(model, barsOf(model)).html();
    if (const QStringList expected = expectedShareLines(model.observations); !expected.isEmpty())
        figure += noteHtml(QStringLiteral("Measured against expected: %1.").arg(expected.join(QStringLiteral("; "))));
    return Html::element("figure", figure,
                         {{"class", QStringLiteral("chart parts")}, {"id", QStringLiteral("server-parts")}});
}

} // namespace Headroom
