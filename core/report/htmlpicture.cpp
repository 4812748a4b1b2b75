// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlpicture.h"

#include "core/base/humanformat.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr double kWidth = 800.0;
constexpr double kHeight = 190.0;
constexpr double kLeft = 66.0; // room for the values
constexpr double kRight = 792.0;
constexpr double kTop = 10.0;
constexpr double kBottom = 166.0; // below: the times
constexpr int kLevels = 4;

double topOf(const HtmlChart &chart)
{
    double top = chart.peak();
    for (const HtmlChart::Bound &bound : chart.bounds) {
        if (bound.isShown)
            top = std::max(top, bound.value * 1.05);
    }
    return roundedUp(top, chart.unit == HtmlChart::Unit::Bytes);
}

QString valueText(double value, HtmlChart::Unit unit)
{
    switch (unit) {
    case HtmlChart::Unit::Milliseconds:
        return formatNumber(value) + QStringLiteral(" ms");
    case HtmlChart::Unit::PerSecond:
        return formatNumber(value) + QStringLiteral("/s");
    case HtmlChart::Unit::Bytes:
        return formatBytes(value);
    case HtmlChart::Unit::Percent:
        return formatNumber(value) + QStringLiteral(" %");
    case HtmlChart::Unit::Count:
        break;
    }
    return formatNumber(value);
}

/// Draws one chart; knows where a time and a value lie.
class Picture
{
public:
    Picture(const HtmlChart &chart, double lengthSeconds)
        : m_chart(chart)
        , m_top(topOf(chart))
        , m_length(std::max(1.0, lengthSeconds))
    {
    }

    void addLevels()
    {
        for (int level = 0; level <= kLevels; ++level) {
            const double value = m_top * level / kLevels;
            addStroke("grid", kLeft, y(value), kRight, y(value));
            addText(kLeft - 6.0, y(value) + 4.0, "end", valueText(value, m_chart.unit));
        }
        const qint64 step = timeStep(m_length);
        for (qint64 second = 0; second <= qint64(m_length); second += step)
            addText(x(double(second)), kBottom + 18.0, "middle", formatElapsed(std::chrono::seconds(second)));
    }

    void addMark(const HtmlMark &mark)
    {
        if (mark.time > 0.0 && mark.time <= m_length)
            addStroke(mark.isStage ? "stage" : "mark", x(mark.time), kTop, x(mark.time), kBottom);
    }

    void addBound(const HtmlChart::Bound &bound)
    {
        if (!bound.isShown || bound.value < 0.0)
            return;
        addStroke("bound", x(bound.from), y(bound.value), x(std::min(bound.to, m_length)), y(bound.value));
    }

    void addLine(std::size_t index, const std::vector<HtmlSlice> &slices)
    {
        const HtmlChart::Line &line = m_chart.lines[index];
        QStringList parts;
        bool isDown = false; // the pen
        for (std::size_t i = 0; i < slices.size(); ++i) {
            const std::optional<double> value = line.values[i];
            if (value)
                parts += QStringLiteral("%1%2 %3").arg(QLatin1String(isDown ? "L" : "M"),
                                                       coordinate(x(slices[i].second)), coordinate(y(*value)));
            isDown = value.has_value();
        }
        const QString lineClass =
            QStringLiteral("line line-%1%2").arg(index % 8).arg(QLatin1String(line.isBroad ? " broad" : ""));
        m_content += Html::element("path", Html(), {{"class", lineClass}, {"d", parts.join(QLatin1Char(' '))}});
    }

    Html html() const
    {
        return Html::element("svg", m_content,
                             {{"viewBox", QStringLiteral("0 0 %1 %2").arg(kWidth).arg(kHeight)},
                              {"role", QStringLiteral("img")},
                              {"aria-label", m_chart.title + QStringLiteral(" over time")}});
    }

private:
    double x(double time) const { return kLeft + (kRight - kLeft) * std::clamp(time / m_length, 0.0, 1.0); }
    double y(double value) const { return kBottom - (kBottom - kTop) * std::clamp(value / m_top, 0.0, 1.0); }

    void addStroke(const char *strokeClass, double x1, double y1, double x2, double y2)
    {
        m_content += Html::element("line", Html(),
                                   {{"class", QLatin1String(strokeClass)},
                                    {"x1", coordinate(x1)},
                                    {"y1", coordinate(y1)},
                                    {"x2", coordinate(x2)},
                                    {"y2", coordinate(y2)}});
    }

    void addText(double x, double y, const char *anchor, const QString &text)
    {
        m_content += Html::element(
            "text", text, {{"x", coordinate(x)}, {"y", coordinate(y)}, {"text-anchor", QLatin1String(anchor)}});
    }

    const HtmlChart &m_chart;
    double m_top = 1.0;
    double m_length = 1.0;
    Html m_content;
};

} // namespace

qint64 timeStep(double length)
{
    constexpr double kMostTimes = 8.0;
    for (const qint64 step : {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200}) {
        if (length <= kMostTimes * double(step))
            return step;
    }
    return 86400 * qint64(std::ceil(length / kMostTimes / 86400.0));
}

double roundedUp(double value, bool isBinary)
{
    if (!(value > 0.0) || !std::isfinite(value))
        return 1.0;
    if (isBinary)
        return std::exp2(std::ceil(std::log2(value)));
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 6.0, 8.0}) {
        if (value <= step * power)
            return step * power;
    }
    return 10.0 * power;
}

Html pictureHtml(const HtmlChart &chart, const std::vector<HtmlSlice> &slices, const std::vector<HtmlMark> &marks,
                 double lengthSeconds)
{
    Picture picture(chart, lengthSeconds);
    picture.addLevels();
    for (const HtmlMark &mark : marks)
        picture.addMark(mark);
    for (const HtmlChart::Bound &bound : chart.bounds)
        picture.addBound(bound);
    for (std::size_t i = 0; i < chart.lines.size(); ++i)
        picture.addLine(i, slices);
    return picture.html();
}

Html legendHtml(const HtmlChart &chart)
{
    Html items;
    for (std::size_t i = 0; i < chart.lines.size(); ++i) {
        const QString breadth = QLatin1String(chart.lines[i].isBroad ? " broad" : "");
        Html item =
            Html::element("span", Html(), {{"class", QStringLiteral("swatch line-%1%2").arg(i % 8).arg(breadth)}});
        item += Html::element("span", chart.lines[i].name, {{"class", QStringLiteral("name")}});
        items += Html::element("li", item);
    }
    for (const HtmlChart::Bound &bound : chart.bounds) {
        Html item = Html::element("span", Html(), {{"class", QStringLiteral("swatch bound dashed")}});
        item += Html::element(
            "span", (bound.isShown ? QStringLiteral("rule: ") : QStringLiteral("rule, far above: ")) + bound.text,
            {{"class", QStringLiteral("name")}});
        items += Html::element("li", item, {{"class", QStringLiteral("rule")}});
    }
    return Html::element("ul", items, {{"class", QStringLiteral("legend")}});
}

} // namespace Headroom
