// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plotview.h"

#include "ui/charts/axistext.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTextDocument>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr double kLeastDrag = 5.0; // pixels; less is a click
constexpr double kWheelFactor = 1.25; // of a notch

} // namespace

PlotView::PlotView(QWidget *parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void PlotView::setPicture(const QPixmap &picture, const PlotFrame &frame)
{
    m_picture = picture;
    m_frame = frame;
    m_isStale = false;
    update();
}

void PlotView::setNotes(const std::vector<ChartSpec::Bound> &bounds, const std::vector<ChartMark> &marks)
{
    m_bounds = bounds;
    m_marks = marks;
}

void PlotView::showCursor(const std::optional<double> &time, const std::vector<Dot> &dots)
{
    m_cursor = time;
    m_dots = dots;
    update();
}

void PlotView::showStretch(const std::optional<Stretch> &stretch)
{
    m_stretch = stretch;
    update();
}

bool PlotView::isFitting() const
{
    return m_picture.size() == (QSizeF(size()) * devicePixelRatio()).toSize()
        && qFuzzyCompare(m_picture.devicePixelRatio(), devicePixelRatio());
}

bool PlotView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        showToolTip(help->pos(), help->globalPos());
        return true;
    }
    return QWidget::event(event);
}

void PlotView::showToolTip(QPoint point, QPoint globalPoint)
{
    const QString notes = notesAt(m_frame, point, m_bounds, m_marks);
    // Texts come from files and targets: never as markup.
    QToolTip::showText(globalPoint, notes.isEmpty() ? notes : Qt::convertFromPlainText(notes), this);
}

void PlotView::paintEvent(QPaintEvent *)
{
    if (m_isStale || !isFitting())
        Q_EMIT redrawWanted();
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    if (m_picture.isNull())
        return;
    painter.drawPixmap(0, 0, m_picture);
    paintStretch(painter);
    paintCursor(painter);
}

void PlotView::paintStretch(QPainter &painter) const
{
    if (!m_stretch)
        return;
    const int first = std::max(m_frame.plot.left(), m_frame.xOf(m_stretch->from));
    const int last = std::min(m_frame.plot.right(), m_frame.xOf(m_stretch->to));
    QColor color = palette().color(QPalette::Highlight);
    painter.fillRect(first, m_frame.plot.top(), 1, m_frame.plot.height(), color);
    painter.fillRect(last, m_frame.plot.top(), 1, m_frame.plot.height(), color);
    color.setAlpha(50);
    painter.fillRect(QRect(QPoint(first, m_frame.plot.top()), QPoint(last, m_frame.plot.bottom())), color);
}

void PlotView::paintCursor(QPainter &painter) const
{
    if (!m_cursor || *m_cursor < m_frame.from || *m_cursor > m_frame.to)
        return;
    const int x = m_frame.xOf(*m_cursor);
    painter.fillRect(x, m_frame.plot.top(), 1, m_frame.plot.height(), m_frame.theme.faintText);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_frame.theme.background, 1.0));
    for (const Dot &dot : m_dots) {
        const std::optional<int> y = m_frame.yOf(dot.value, dot.isRight);
        if (!y)
            continue;
        const double radius = dot.isBehind ? 2.5 : 3.5;
        painter.setBrush(dot.color);
        painter.drawEllipse(QPointF(x + 0.5, *y + 0.5), radius, radius);
    }
    const QFontMetrics metrics(m_frame.font);
    const QString text = timeText(*m_cursor);
    QRect tag(0, m_frame.plot.bottom() + 1, metrics.horizontalAdvance(text) + metrics.averageCharWidth(),
              metrics.height());
    tag.moveLeft(x - tag.width() / 2);
    tag.moveTop(m_frame.plot.bottom() + metrics.height() / 3); // where the times stand
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_frame.theme.text);
    painter.drawRoundedRect(tag, 2.0, 2.0);
    painter.setFont(m_frame.font);
    painter.setPen(m_frame.theme.background);
    painter.drawText(tag, Qt::AlignCenter, text);
}

double PlotView::timeUnder(double x) const
{
    return m_frame.timeAt(std::clamp(x, double(m_frame.plot.left()), double(m_frame.plot.right())));
}

void PlotView::leaveEvent(QEvent *) { Q_EMIT left(); }

void PlotView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_pressedX = event->position().x();
    else if (m_pressedX) { // another button gives the drag up
        m_pressedX.reset();
        Q_EMIT dragged(std::nullopt);
    }
}

void PlotView::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    if (m_pressedX && std::abs(x - *m_pressedX) >= kLeastDrag) {
        const double times[] = {timeUnder(*m_pressedX), timeUnder(x)};
        Q_EMIT dragged(Stretch{std::min(times[0], times[1]), std::max(times[0], times[1])});
    }
    if (x >= m_frame.plot.left() && x <= m_frame.plot.right())
        Q_EMIT hovered(timeUnder(x));
    else
        Q_EMIT left();
}

void PlotView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_pressedX)
        return;
    const double from = timeUnder(std::min(*m_pressedX, event->position().x()));
    const double to = timeUnder(std::max(*m_pressedX, event->position().x()));
    const bool isDrag = std::abs(event->position().x() - *m_pressedX) >= kLeastDrag && from < to;
    m_pressedX.reset();
    Q_EMIT dragged(std::nullopt);
    if (isDrag)
        Q_EMIT zoomed(from, to);
}

void PlotView::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_pressedX.reset();
    if (event->button() == Qt::LeftButton)
        Q_EMIT resetWanted();
}

void PlotView::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier) || event->angleDelta().y() == 0) {
        event->ignore(); // the board scrolls
        return;
    }
    const double notches = event->angleDelta().y() / 120.0;
    Q_EMIT wheelZoomed(std::pow(kWheelFactor, std::clamp(notches, -10.0, 10.0)), timeUnder(event->position().x()));
}

} // namespace Headroom
