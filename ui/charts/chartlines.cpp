// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartlines.h"

#include "ui/charts/linelook.h"

#include <QChart>
#include <QLegend>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>

namespace Headroom {

namespace {

constexpr double kDotSize = 1.6; // half of what is seen
constexpr double kLoneDotSize = 3.0; // of a line that has no more than that one point
constexpr double kOverhang = 2.0; // pixels: a line along the lowest or highest value keeps its full width

} // namespace

ChartLines::ChartLines()
    : m_chart(new QChart)
    , m_x(new QValueAxis)
    , m_y(new QValueAxis)
{
    m_scene.setItemIndexMethod(QGraphicsScene::NoIndex);
    m_scene.addItem(m_chart);
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->setBackgroundVisible(false);
    m_chart->setMargins({});
    m_chart->legend()->hide();
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    for (QValueAxis *axis : {m_x, m_y}) {
        axis->setRange(0.0, 1.0);
        axis->setVisible(false);
    }
}

ChartLines::~ChartLines() = default;

QLineSeries *ChartLines::addSeries()
{
    auto *series = new QLineSeries;
    m_chart->addSeries(series);
    series->attachAxis(m_x);
    series->attachAxis(m_y);
    return series;
}

void ChartLines::setStyles(const std::vector<Style> &styles)
{
    while (m_lines.size() < styles.size())
        m_lines.emplace_back();
    for (std::size_t i = 0; i < styles.size(); ++i) {
        m_lines[i].style = styles[i];
        applyStyle(m_lines[i]);
    }
}

void ChartLines::applyStyle(const Line &line)
{
    for (QLineSeries *series : line.pieces)
        series->setPen(linePen(line.style.color, line.style.width, line.style.stroke));
    if (line.dots) {
        line.dots->setPen(QPen(line.style.color, line.style.width, Qt::NoPen));
        line.dots->setPointsVisible(true);
    }
}

void ChartLines::show(QLineSeries *series, const QList<QPointF> &points)
{
    if (!points.isEmpty() || series->count() > 0)
        series->replace(points);
    series->setVisible(!points.isEmpty());
}

void ChartLines::setLine(std::size_t line, const std::vector<QList<QPointF>> &pieces)
{
    if (line >= m_lines.size())
        return;
    Line &shown = m_lines[line];
    QList<QPointF> dots;
    std::vector<const QList<QPointF> *> strokes;
    for (const QList<QPointF> &piece : pieces) {
        if (piece.size() == 1)
            dots += piece;
        else if (!piece.isEmpty())
            strokes.push_back(&piece);
    }
    if (strokes.size() > kMostPieces) {
        for (const QList<QPointF> *piece : strokes)
            dots += *piece;
        strokes.clear();
    }
    const bool isNew = strokes.size() > shown.pieces.size() || (!dots.isEmpty() && !shown.dots);
    while (shown.pieces.size() < strokes.size())
        shown.pieces.push_back(addSeries());
    if (!dots.isEmpty() && !shown.dots)
        shown.dots = addSeries();
    if (isNew)
        applyStyle(shown);
    if (shown.dots)
        shown.dots->setMarkerSize(dots.size() == 1 && strokes.empty() ? kLoneDotSize : kDotSize);
    for (std::size_t i = 0; i < shown.pieces.size(); ++i)
        show(shown.pieces[i], i < strokes.size() ? *strokes[i] : QList<QPointF>());
    if (shown.dots)
        show(shown.dots, dots);
}

void ChartLines::setSize(const QSizeF &size)
{
    if (m_size == size || size.isEmpty())
        return;
    m_size = size;
    const QRectF whole(0.0, 0.0, size.width(), size.height() + 2.0 * kOverhang);
    m_chart->resize(whole.size());
    m_chart->setPlotArea(whole);
    m_y->setRange(-kOverhang / size.height(), 1.0 + kOverhang / size.height());
    m_scene.setSceneRect(whole);
}

void ChartLines::paint(QPainter &painter, const QPointF &topLeft)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    m_scene.render(&painter, QRectF(topLeft - QPointF(0.0, kOverhang), m_scene.sceneRect().size()),
                   m_scene.sceneRect());
    painter.restore();
}

} // namespace Headroom
