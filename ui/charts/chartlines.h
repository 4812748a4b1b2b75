// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QGraphicsScene>
#include <QList>
#include <QPointF>

#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QChart;
class QLineSeries;
class QPainter;
class QValueAxis;
QT_END_NAMESPACE

namespace Headroom {

/// The lines of a panel, drawn by Qt Charts into a picture. Knows nothing of units: the plot reaches from 0 to 1 in
/// both directions, so that its axes change with its size alone and a redraw is one replace() a line.
///
/// A line has one series, further ones only where gaps part it; single points are drawn as dots. A line that gaps part
/// more often than kMostPieces is drawn as dots altogether. Owns: chart and scene.
class ChartLines
{
public:
    static constexpr std::size_t kMostPieces = 24; // a series costs as much as some 20 points

    struct Style
    {
        QColor color;
        std::size_t stroke = 0; ///< Of linePen().
        double width = 1.5; ///< Pixels.
    };

    ChartLines();
    ~ChartLines();

    void setStyles(const std::vector<Style> &styles); ///< One for each line.
    /// From 0 to 1 in both directions. Before the lines, which would be laid out twice.
    void setSize(const QSizeF &size);
    void setLine(std::size_t line, const std::vector<QList<QPointF>> &pieces); ///< None: nothing is drawn.
    void paint(QPainter &painter, const QPointF &topLeft);

private:
    struct Line
    {
        Style style;
        std::vector<QLineSeries *> pieces; ///< Those without points are hidden.
        QLineSeries *dots = nullptr;
    };
    QLineSeries *addSeries();
    void applyStyle(const Line &line);
    void show(QLineSeries *series, const QList<QPointF> &points);

    QSizeF m_size;
    QGraphicsScene m_scene;
    QChart *m_chart = nullptr;
    QValueAxis *m_x = nullptr;
    QValueAxis *m_y = nullptr;
    std::vector<Line> m_lines;
};

} // namespace Headroom
