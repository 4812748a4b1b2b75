// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/axistext.h"
#include "ui/charts/plotpainter.h"

#include <QFontMetrics>

#include <algorithm>
#include <cmath>

namespace Headroom {

QRect PlotFrame::plotIn(QSize size, const QFont &font, bool hasRightAxis)
{
    const QFontMetrics metrics(font);
    const int left = metrics.horizontalAdvance(QStringLiteral("500,000/s")) + metrics.averageCharWidth();
    const int lastTime = metrics.horizontalAdvance(QStringLiteral("0:00:00")) / 2 + 2; // half of it
    const int right = hasRightAxis ? std::max(lastTime, left) : lastTime;
    const int top = metrics.height() + 2; // the texts of marks, which would hide lines in the plot
    const int bottom = metrics.height() * 3 / 2; // a time below the lowest value, without touching it
    return QRect(left, top, std::max(1, size.width() - left - right), std::max(1, size.height() - top - bottom));
}

int PlotFrame::xOf(double time) const
{
    const double position = std::clamp((time - from) / (to - from), -10.0, 10.0); // far away is as good as outside
    return plot.left() + int(std::lround(position * (plot.width() - 1)));
}

double PlotFrame::timeAt(double x) const
{
    return from + (x - plot.left()) / std::max(1, plot.width() - 1) * (to - from);
}

std::optional<int> PlotFrame::yOf(double value, bool isRight) const
{
    const std::optional<double> position = scaleOf(isRight).position(value);
    if (!position || !(*position >= 0.0 && *position <= 1.0))
        return std::nullopt;
    return plot.bottom() - int(std::lround(*position * (plot.height() - 1)));
}

std::vector<QList<QPointF>> PlotFrame::pieces(const std::vector<SeriesStore::Polyline> &lines, bool isRight) const
{
    std::vector<QList<QPointF>> pieces;
    for (const SeriesStore::Polyline &line : lines) {
        bool isOpen = false;
        for (const SeriesStore::Point &point : line) {
            const std::optional<double> y = scaleOf(isRight).position(point.value);
            if (y && !isOpen)
                pieces.emplace_back();
            if (y)
                pieces.back().append({(point.time - from) / (to - from), *y});
            isOpen = y.has_value();
        }
    }
    return pieces;
}

QString notesAt(const PlotFrame &frame, QPoint point, const std::vector<ChartSpec::Bound> &bounds,
                const std::vector<ChartMark> &marks)
{
    constexpr int kNear = 4; // pixels
    constexpr qsizetype kMost = 8; // lines
    QStringList notes;
    for (const ChartSpec::Bound &bound : bounds) {
        const std::optional<int> y = frame.yOf(bound.value, bound.isRight);
        if (y && !bound.text.isEmpty() && std::abs(*y - point.y()) <= kNear)
            notes << bound.text;
    }
    for (const ChartMark &mark : marks) {
        if (std::abs(frame.xOf(mark.time) - point.x()) <= kNear && notes.size() < kMost)
            notes << QStringLiteral("%1  %2").arg(timeText(mark.time), mark.text.left(500));
    }
    return notes.join(QLatin1Char('\n'));
}

} // namespace Headroom
