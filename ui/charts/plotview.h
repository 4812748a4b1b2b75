// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/plotpainter.h"

#include <QPixmap>
#include <QWidget>

namespace Headroom {

/// Shows the picture of a panel and, over it, what follows the mouse: cursor, values and the stretch being dragged.
/// The picture is painted elsewhere, once a second; a move of the cursor only copies it.
class PlotView : public QWidget
{
    Q_OBJECT
public:
    struct Dot ///< A value at the cursor.
    {
        double value = 0.0;
        QColor color;
        bool isBehind = false; ///< Of an earlier run: smaller.
        bool isRight = false; ///< By the axis at the right.
    };
    struct Stretch ///< Seconds since the start of the run.
    {
        double from = 0.0, to = 0.0;
    };

    explicit PlotView(QWidget *parent = nullptr);

    void setPicture(const QPixmap &picture, const PlotFrame &frame);
    const QPixmap &picture() const { return m_picture; }
    const PlotFrame &frame() const { return m_frame; }
    void setNotes(const std::vector<ChartSpec::Bound> &bounds, const std::vector<ChartMark> &marks);
    /// The picture shows something older than the rows: redrawWanted() is said as soon as it is seen.
    void setStale() { m_isStale = true; }
    bool isStale() const { return m_isStale; }

    void showCursor(const std::optional<double> &time, const std::vector<Dot> &dots);
    void showStretch(const std::optional<Stretch> &stretch);

Q_SIGNALS:
    void redrawWanted(); ///< Is seen while its picture is stale or of another size.
    void hovered(double time);
    void left();
    void dragged(const std::optional<Headroom::PlotView::Stretch> &stretch); ///< Nothing: given up.
    void zoomed(double from, double to);
    void wheelZoomed(double factor, double time);
    void resetWanted();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    double timeUnder(double x) const; ///< Kept inside of the plot.
    void showToolTip(QPoint point, QPoint globalPoint);
    void paintCursor(QPainter &painter) const;
    void paintStretch(QPainter &painter) const;
    bool isFitting() const;

    QPixmap m_picture;
    PlotFrame m_frame;
    std::vector<ChartSpec::Bound> m_bounds;
    std::vector<ChartMark> m_marks;
    bool m_isStale = true;
    std::optional<double> m_cursor;
    std::vector<Dot> m_dots;
    std::optional<Stretch> m_stretch;
    std::optional<double> m_pressedX;
};

} // namespace Headroom
