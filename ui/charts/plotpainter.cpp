// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plotpainter.h"

#include "ui/charts/axistext.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace Headroom {

namespace {

/// Where texts stand already.
class TextRoom
{
public:
    bool isFree(const QRect &place) const
    {
        return std::ranges::none_of(m_taken, [&](const QRect &other) { return other.intersects(place); });
    }
    void take(const QRect &place) { m_taken.push_back(place); }

private:
    std::vector<QRect> m_taken;
};

// Lines are filled rectangles: a pixel wide and sharp at every scale factor.
void horizontal(QPainter &painter, const PlotFrame &frame, int y, const QColor &color)
{
    painter.fillRect(frame.plot.left(), y, frame.plot.width(), 1, color);
}

void dashedHorizontal(QPainter &painter, const PlotFrame &frame, int y, const QColor &color)
{
    for (int x = frame.plot.left(); x <= frame.plot.right(); x += 6)
        painter.fillRect(x, y, std::min(4, frame.plot.right() + 1 - x), 1, color);
}

void vertical(QPainter &painter, const PlotFrame &frame, int x, const QColor &color)
{
    painter.fillRect(x, frame.plot.top(), 1, frame.plot.height(), color);
}

void dottedVertical(QPainter &painter, const PlotFrame &frame, int x, const QColor &color)
{
    for (int y = frame.plot.top(); y <= frame.plot.bottom(); y += 4)
        painter.fillRect(x, y, 1, std::min(2, frame.plot.bottom() + 1 - y), color);
}

/// A text over the lines' background, so that it can be read where lines cross it.
void paintText(QPainter &painter, const PlotFrame &frame, const QRect &place, const QString &text, const QColor &color)
{
    QColor veil = frame.theme.background;
    veil.setAlpha(140); // what is below can still be told
    painter.fillRect(place, veil);
    painter.setPen(color);
    painter.drawText(place, Qt::AlignCenter | Qt::TextSingleLine, text);
}

void paintBound(QPainter &painter, const PlotFrame &frame, const ChartSpec::Bound &bound, TextRoom &room)
{
    const std::optional<int> y = frame.yOf(bound.value, bound.isRight);
    const QColor color = bound.color ? frame.theme.line(*bound.color) : frame.theme.bound;
    if (y)
        dashedHorizontal(painter, frame, *y, color);
    if (bound.text.isEmpty() || (!y && bound.value < frame.scaleOf(bound.isRight).high()))
        return;
    const QFontMetrics metrics(frame.font);
    const QString full = y ? bound.text : QStringLiteral("\u2191 ") + bound.text;
    const QString text = metrics.elidedText(full, Qt::ElideRight, frame.plot.width() / 2);
    const QSize size(metrics.horizontalAdvance(text) + 6, metrics.height());
    const int line = y.value_or(frame.plot.top());
    for (int right = frame.plot.right() - 2; right - size.width() > frame.plot.center().x();
         right -= size.width() + 8) {
        for (const int top : {line - size.height() - 1, line + 2}) {
            const QRect place(QPoint(right - size.width(), top), size);
            if (!frame.plot.contains(place) || !room.isFree(place))
                continue;
            room.take(place);
            paintText(painter, frame, place, text, color);
            return;
        }
    }
}

/// Up to what x the text of a mark may reach: the next mark, or the end.
int roomUntil(const PlotFrame &frame, const std::vector<const ChartMark *> &marks, std::size_t index)
{
    return index + 1 < marks.size() ? frame.xOf(marks[index + 1]->time) - 2 : frame.plot.right() - 2;
}

void paintMarkText(QPainter &painter, const PlotFrame &frame, const ChartMark &mark, int until, TextRoom &room)
{
    const QFontMetrics metrics(frame.font);
    const int left = frame.xOf(mark.time) + 2;
    const int top = frame.plot.top() - metrics.height() - 1;
    for (int width = until - left; width >= 4 * metrics.averageCharWidth(); width -= metrics.height()) {
        const QString text = metrics.elidedText(mark.text.left(200), Qt::ElideRight, width - 4);
        const QRect place(left, top, metrics.horizontalAdvance(text) + 4, metrics.height());
        if (text.size() < 3 && text.size() < mark.text.size())
            return;
        if (room.isFree(place)) {
            room.take(place);
            const bool isProblem = mark.kind == ChartMark::Kind::Problem;
            paintText(painter, frame, place, text, isProblem ? frame.theme.bad : frame.theme.faintText);
            return;
        }
    }
}

/// Those in the picture, one a pixel, however many there are; a problem stands before others.
std::vector<const ChartMark *> shownMarks(const PlotFrame &frame, const std::vector<ChartMark> &marks)
{
    std::vector<const ChartMark *> shown(std::size_t(frame.plot.width()), nullptr);
    for (const ChartMark &mark : marks) {
        if (!(mark.time >= frame.from && mark.time <= frame.to))
            continue;
        const ChartMark *&place = shown[std::size_t(frame.xOf(mark.time) - frame.plot.left())];
        if (!place || mark.kind == ChartMark::Kind::Problem)
            place = &mark;
    }
    std::erase(shown, nullptr);
    return shown;
}

/// Where marks crowd, only some reach through the plot, so that the lines stay in sight; the others are ticks above it.
void paintMarkLines(QPainter &painter, const PlotFrame &frame, const std::vector<const ChartMark *> &marks)
{
    constexpr int kLeastGap = 8; // pixels
    const int tick = QFontMetrics(frame.font).height(); // beside the text
    int last = frame.plot.left() - kLeastGap;
    for (const ChartMark *mark : marks) {
        const int x = frame.xOf(mark->time);
        const QColor color = mark->kind == ChartMark::Kind::Problem ? frame.theme.bad : frame.theme.mark;
        painter.fillRect(x, frame.plot.top() - tick, 1, tick, color);
        if (x - last < kLeastGap)
            continue;
        last = x;
        if (mark->kind == ChartMark::Kind::Stage)
            dottedVertical(painter, frame, x, color);
        else
            vertical(painter, frame, x, color);
    }
}

/// Its ticks are short: the grid is that of the left axis.
void paintRightAxis(QPainter &painter, const PlotFrame &frame, const QFontMetrics &metrics)
{
    const int blank = metrics.averageCharWidth();
    painter.setPen(frame.theme.faintText);
    vertical(painter, frame, frame.plot.right() + 1, frame.theme.grid);
    for (const double tick : frame.rightScale.ticks()) {
        const std::optional<int> y = frame.yOf(tick, true);
        if (!y)
            continue;
        painter.fillRect(frame.plot.right() + 1, *y, blank / 2, 1, frame.theme.faintText);
        const QRect place(frame.plot.right() + 1 + blank, *y - metrics.height() / 2, frame.plot.left(), metrics.height());
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, axisText(tick, frame.rightScale, *frame.rightUnit));
    }
}

} // namespace

void paintBands(QPainter &painter, const PlotFrame &frame, const std::vector<ChartSpec::Band> &bands)
{
    for (const ChartSpec::Band &band : bands) {
        const NiceScale &scale = frame.scaleOf(band.isRight);
        if (band.high < scale.low() || band.low > scale.high())
            continue;
        const std::optional<int> top = frame.yOf(std::min(band.high, scale.high()), band.isRight);
        const std::optional<int> bottom = frame.yOf(std::max(band.low, scale.low()), band.isRight);
        QColor color = band.color ? frame.theme.line(*band.color) : frame.theme.good;
        color.setAlphaF(0.14F); // grid and lines stay as they are
        if (top && bottom)
            painter.fillRect(QRect(QPoint(frame.plot.left(), *top), QPoint(frame.plot.right(), *bottom)), color);
    }
}

void paintAxes(QPainter &painter, const PlotFrame &frame)
{
    const QFontMetrics metrics(frame.font);
    painter.setFont(frame.font);
    for (const double tick : frame.scale.ticks()) {
        const std::optional<int> y = frame.yOf(tick);
        if (!y)
            continue;
        horizontal(painter, frame, *y, frame.theme.grid);
        const QRect place(0, *y - metrics.height() / 2, frame.plot.left() - metrics.averageCharWidth(),
                          metrics.height());
        painter.setPen(frame.theme.faintText);
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, axisText(tick, frame.scale, frame.unit));
    }
    if (frame.rightUnit)
        paintRightAxis(painter, frame, metrics);
    const int width = metrics.horizontalAdvance(QStringLiteral("0:00:00"));
    for (const double tick : timeTicks(frame.from, frame.to, std::max(1, frame.plot.width() / (2 * width)))) {
        const int x = frame.xOf(tick);
        vertical(painter, frame, x, frame.theme.grid);
        const QRect place(x - width, frame.plot.bottom() + metrics.height() / 3, 2 * width, metrics.height());
        painter.setPen(frame.theme.faintText);
        painter.drawText(place, Qt::AlignHCenter | Qt::AlignTop, timeText(tick));
    }
}

void paintNotes(QPainter &painter, const PlotFrame &frame, const std::vector<ChartSpec::Bound> &bounds,
                const std::vector<ChartMark> &marks)
{
    painter.setFont(frame.font);
    const std::vector<const ChartMark *> shown = shownMarks(frame, marks);
    paintMarkLines(painter, frame, shown);
    TextRoom room;
    for (const ChartSpec::Bound &bound : bounds)
        paintBound(painter, frame, bound, room);
    for (std::size_t i = 0; i < shown.size(); ++i)
        paintMarkText(painter, frame, *shown[i], roomUntil(frame, shown, i), room);
}

} // namespace Headroom
