// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/linelook.h"

#include <QPainter>

namespace Headroom {

namespace {

constexpr std::size_t kStrokes = 5;

/// In widths of the line.
QList<qreal> dashesOf(std::size_t stroke)
{
    switch (stroke) {
    case 1:
        return {4.0, 2.5};
    case 2:
        return {1.0, 2.0};
    case 3:
        return {4.0, 1.5, 1.0, 1.5};
    default:
        return {4.0, 1.5, 1.0, 1.5, 1.0, 1.5};
    }
}

} // namespace

std::size_t lineColor(std::size_t index)
{
    static constexpr std::size_t kOrder[] = {0, 1, 2, 3, 5, 7, 6, 4};
    static_assert(std::size(kOrder) == kLineColors);
    return index / kLineColors * kLineColors + kOrder[index % kLineColors];
}

std::size_t strokeOf(const ChartSpec::Line &line)
{
    return (line.color / kLineColors + (line.isDashed ? 1 : 0)) % kStrokes;
}

QPen linePen(const QColor &color, double width, std::size_t stroke)
{
    QPen pen(color, width);
    pen.setCapStyle(stroke > 0 ? Qt::FlatCap : Qt::SquareCap);
    pen.setJoinStyle(Qt::BevelJoin);
    if (stroke > 0)
        pen.setDashPattern(dashesOf(stroke));
    return pen;
}

void paintLineSample(QPainter &painter, const QRect &place, const QColor &color, std::size_t stroke)
{
    QPen pen = linePen(color, 2.0, stroke);
    pen.setCapStyle(Qt::FlatCap); // no longer than its place
    painter.setPen(pen);
    painter.drawLine(place.left(), place.center().y(), place.right() + 1, place.center().y());
}

} // namespace Headroom
