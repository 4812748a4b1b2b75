// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadpicture.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr double kWidth = 320.0;
constexpr double kHeight = 120.0;
constexpr double kMargin = 8.0;
constexpr double kPlanTop = 10.0;
constexpr double kPlanBottom = 52.0;
constexpr double kTicksTop = 55.0;
constexpr double kTicksBottom = 60.0;
constexpr double kBarsTop = 63.0;
constexpr double kBarsBottom = 113.0;
constexpr const char *kFlowColors[] = {"#2a6fb0", "#d9822b", "#3d8f4f"};

QByteArray number(double value) { return QByteArray::number(value, 'f', 1); }

class Drawing
{
public:
    explicit Drawing(const LoadCourse &course)
        : m_course(course)
    {
    }
    QByteArray svg(const QString &title);

private:
    double x(double time) const { return kMargin + (kWidth - 2 * kMargin) * time / m_course.length; }
    void addPlan();
    void addTicks();
    void addBars();
    void addWaiting(double top);
    void addBarriers();
    std::vector<int> lanes() const;
    void addBar(double from, double to, double top, double height, const QByteArray &style);

    const LoadCourse &m_course;
    QByteArray m_svg;
};

void Drawing::addPlan()
{
    if (m_course.line.empty())
        return;
    const double most = std::ranges::max(m_course.line, {}, &LoadCourse::Point::value).value;
    const auto y = [most](double value) { return kPlanBottom - (kPlanBottom - kPlanTop) * value / (most * 1.1); };
    QByteArray points;
    for (const LoadCourse::Point &point : m_course.line)
        points += number(x(point.time)) + ',' + number(y(point.value)) + ' ';
    const double end = x(m_course.line.back().time);
    const QByteArray base = number(kPlanBottom);
    m_svg += "<polygon fill=\"#2a6fb0\" fill-opacity=\"0.18\" points=\"" + number(x(0)) + ',' + base + ' ' + points
        + number(end) + ',' + base + "\"/>\n";
    m_svg += "<polyline fill=\"none\" stroke=\"#2a6fb0\" stroke-width=\"1.6\" points=\"" + points.trimmed() + "\"/>\n";
    m_svg += "<line x1=\"" + number(kMargin) + "\" y1=\"" + base + "\" x2=\"" + number(kWidth - kMargin) + "\" y2=\""
        + base + "\" stroke=\"#9aa3ad\"/>\n";
}

void Drawing::addTicks()
{
    if (m_course.arrivals.empty())
        return;
    QByteArray path;
    for (const double arrival : m_course.arrivals)
        path += 'M' + number(x(arrival)) + ' ' + number(kTicksTop) + 'V' + number(kTicksBottom);
    m_svg += "<path stroke=\"#555f69\" d=\"" + path + "\"/>\n";
}

/// Each request in the first lane that is free by then.
std::vector<int> Drawing::lanes() const
{
    std::vector<int> lanes;
    std::vector<double> freeAt;
    for (const LoadCourse::Request &request : m_course.requests) {
        auto lane = std::ranges::find_if(freeAt, [&](double end) { return end <= request.sent + 1e-9; });
        if (lane == freeAt.end())
            lane = freeAt.insert(lane, 0.0);
        *lane = request.finished;
        lanes.push_back(int(lane - freeAt.begin()));
    }
    return lanes;
}

void Drawing::addBar(double from, double to, double top, double height, const QByteArray &style)
{
    m_svg += "<rect x=\"" + number(x(from)) + "\" y=\"" + number(top) + "\" width=\""
        + number(std::max(0.8, x(to) - x(from) - 0.5)) + "\" height=\"" + number(height) + "\" " + style + "/>\n";
}

void Drawing::addBars()
{
    const std::vector<int> lane = lanes();
    if (lane.empty())
        return;
    const double top = m_course.line.empty() ? kPlanTop + 4 : kBarsTop;
    const double pitch = std::min(6.0, (kBarsBottom - top) / (std::ranges::max(lane) + 1));
    for (std::size_t i = 0; i < lane.size(); ++i) {
        const LoadCourse::Request &request = m_course.requests[i];
        const QByteArray color = kFlowColors[std::size_t(request.flow) % std::size(kFlowColors)];
        const double y = top + pitch * lane[i];
        addBar(request.sent, request.finished, y, pitch * 0.8, "fill=\"" + color + '"');
    }
    addWaiting(top + pitch * (std::ranges::max(lane) + 1) + 1.0);
}

/// Who waited, below the bars: from the planned start to the send.
void Drawing::addWaiting(double top)
{
    constexpr double kPitch = 2.2;
    const int rows = std::max(1, int((kBarsBottom - top) / kPitch));
    for (int i = 0; const LoadCourse::Request &request : m_course.requests) {
        if (request.sent - request.planned > 0.01)
            addBar(request.planned, request.sent, top + kPitch * (i++ % rows), 1.2, "fill=\"#c0392b\"");
    }
}

void Drawing::addBarriers()
{
    for (const double barrier : m_course.barriers) {
        const QByteArray at = number(x(barrier) + 1.0);
        m_svg += "<line x1=\"" + at + "\" y1=\"" + number(kPlanTop) + "\" x2=\"" + at + "\" y2=\"" + number(kBarsBottom)
            + "\" stroke=\"#c0392b\" stroke-dasharray=\"3 2\"/>\n";
    }
}

QByteArray Drawing::svg(const QString &title)
{
    const QByteArray name = title.toHtmlEscaped().toUtf8();
    m_svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 320 120\" width=\"320\" height=\"120\" "
            "role=\"img\" aria-label=\""
        + name + "\">\n<title>" + name
        + "</title>\n"
          "<rect x=\"0.5\" y=\"0.5\" width=\"319\" height=\"119\" rx=\"4\" fill=\"#ffffff\" stroke=\"#d4d9de\"/>\n";
    addPlan();
    addTicks();
    addBars();
    addBarriers();
    return m_svg + "</svg>\n";
}

} // namespace

QByteArray drawLoad(const LoadCourse &course, const QString &title) { return Drawing(course).svg(title); }

} // namespace Headroom
