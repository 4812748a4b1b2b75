// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartpanel.h"

#include "ui/charts/axistext.h"
#include "ui/charts/chartlegend.h"
#include "ui/charts/linelook.h"
#include "ui/charts/pictureheading.h"
#include "ui/charts/valuerange.h"

#include <QContextMenuEvent>
#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr int kMostPoints = 3600; // of a panel: 8 ms with Qt Charts, half of a 16 ms turn (2 cores)

} // namespace

std::optional<double> ChartContents::valueAt(std::size_t column, double time) const
{
    constexpr double kHalfRow = 0.5; // rows are a second apart
    const std::optional<double> row = rows.nearestTime(time);
    return row && std::abs(*row - time) <= kHalfRow ? rows.valueAt(column, *row) : std::nullopt;
}

ChartPanel::ChartPanel(const ChartSpec &chart, QWidget *parent)
    : QWidget(parent)
    , m_chart(chart)
    , m_legend(new ChartLegend(chart, this))
    , m_view(new PlotView(this))
{
    setObjectName(QStringLiteral("chart.") + chart.id);
    setAccessibleName(chart.title);
    m_view->setObjectName(QStringLiteral("plot"));
    m_view->setAccessibleName(chart.title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 2, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_legend);
    layout->addWidget(m_view, 1);
    connect(m_legend, &ChartLegend::toggled, this, &ChartPanel::lineToggled);
    connect(m_legend, &ChartLegend::addWanted, this, &ChartPanel::addWanted);
    updateMetrics();
}

ChartPanel::~ChartPanel() = default;

bool ChartPanel::isLineShown(std::size_t line) const { return m_legend->isShown(line); }

void ChartPanel::setLineShown(std::size_t line, bool isShown) { m_legend->setShown(line, isShown); }

std::size_t ChartPanel::shownLines() const
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < m_chart.lines.size(); ++i)
        count += !isLineShown(i) ? 0 : m_ghost.has(i) ? 2 : 1;
    return count;
}

void ChartPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateMetrics();
}

QFont ChartPanel::axisFont() const
{
    QFont font = this->font();
    if (font.pointSizeF() > 0.0)
        font.setPointSizeF(font.pointSizeF() * 0.88);
    return font;
}

void ChartPanel::updateMetrics()
{
    const QRect plot = PlotFrame::plotIn({1000, 1000}, axisFont(), m_hasRightRoom);
    m_legend->setMargins(plot.left(), 999 - plot.right());
    m_view->setMinimumHeight(fontMetrics().height() * 6);
    m_view->setStale();
    m_view->update();
}

void ChartPanel::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    Q_EMIT menuWanted(isByKey ? m_legend->lineWithFocus() : m_legend->lineAt(m_legend->mapFromGlobal(event->globalPos())),
                      event->globalPos());
}

void ChartPanel::setBounds(const ChartSpec &chart)
{
    m_chart.bounds = chart.bounds;
    m_chart.bands = chart.bands;
}

void ChartPanel::setRightRoom(bool hasRightRoom)
{
    if (std::exchange(m_hasRightRoom, hasRightRoom) != hasRightRoom)
        updateMetrics();
}

void ChartPanel::setTheme(const Theme &theme)
{
    std::vector<ChartLines::Style> styles;
    for (const ChartSpec::Line &line : m_chart.lines)
        styles.push_back({theme.line(line.color), strokeOf(line)});
    m_lines.setStyles(styles);
    m_ghost.setTheme(theme, m_chart);
    m_legend->setTheme(theme);
}

void ChartPanel::setGhost(const GhostLinesPtr &ghost)
{
    m_ghost.setGhost(ghost, m_chart);
    m_legend->setNote(ghostNote());
    m_view->setStale();
}

QString ChartPanel::ghostNote() const { return m_ghost.isEmpty() ? QString() : tr("pale: %1").arg(m_ghost.name()); }

void ChartPanel::redraw(const ChartContents &contents)
{
    ++m_redraws;
    const double scaleFactor = devicePixelRatio();
    QPixmap picture((QSizeF(m_view->size()) * scaleFactor).toSize());
    picture.setDevicePixelRatio(scaleFactor);
    picture.fill(contents.theme.background);
    const PlotFrame frame = fillLines(contents, m_view->size());
    QPainter painter(&picture);
    paintPlot(painter, frame, contents);
    painter.end();
    m_view->setNotes(m_chart.bounds, contents.marks);
    m_view->setPicture(picture, frame);
    showValues(contents);
}

NiceScale ChartPanel::scaleFor(const Polylines &lines, const Polylines &behind, const ChartContents &contents,
                               int steps, bool isOfRight) const
{
    const bool isLogarithmic = contents.isLogarithmic && m_chart.mayBeLogarithmic && !isOfRight;
    ValueRange range(isLogarithmic);
    for (const Polylines *all : {&lines, &behind}) {
        for (std::size_t i = 0; i < all->size(); ++i) {
            if (isRight(i) != isOfRight)
                continue;
            for (const SeriesStore::Polyline &polyline : (*all)[i])
                range.add(polyline, contents.from, contents.to);
        }
    }
    for (const ChartSpec::Bound &bound : m_chart.bounds) {
        if (bound.isRight == isOfRight)
            range.addBound(bound.value);
    }
    return isLogarithmic ? NiceScale::logarithmic(range.low(), range.high(), steps)
                         : NiceScale::linear(range.low(), range.high(), steps,
                                             isOfRight ? m_chart.rightUnit().value_or(m_chart.unit) : m_chart.unit);
}

PlotFrame ChartPanel::fillLines(const ChartContents &contents, QSize size)
{
    PlotFrame frame;
    frame.font = axisFont();
    frame.plot = PlotFrame::plotIn(size, frame.font, m_hasRightRoom);
    frame.from = contents.from;
    frame.to = contents.to;
    frame.unit = m_chart.unit;
    frame.rightUnit = m_chart.rightUnit();
    frame.theme = contents.theme;

    const int most = kMostPoints / (2 * std::max(1, int(shownLines()))); // two points each
    const int pixels = std::min(most, frame.plot.width() / 2);
    Polylines lines(m_chart.lines.size()), behind(m_chart.lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!isLineShown(i))
            continue;
        lines[i] = contents.rows.polylines(m_chart.lines[i].column, frame.from, frame.to, pixels);
        behind[i] = m_ghost.polylines(i, frame.from, frame.to, pixels);
    }
    const int steps = frame.plot.height() / (2 * QFontMetrics(frame.font).height());
    frame.scale = scaleFor(lines, behind, contents, steps, false);
    if (frame.rightUnit)
        frame.rightScale = scaleFor(lines, behind, contents, steps, true);
    m_lines.setSize(frame.lineSize());
    for (std::size_t i = 0; i < lines.size(); ++i)
        m_lines.setLine(i, frame.pieces(lines[i], isRight(i)));
    m_ghost.fill(frame, behind);
    return frame;
}

void ChartPanel::paintPlot(QPainter &painter, const PlotFrame &frame, const ChartContents &contents)
{
    paintBands(painter, frame, m_chart.bands);
    paintAxes(painter, frame);
    const QPointF topLeft = QPointF(frame.plot.topLeft()) + QPointF(0.5, 0.5);
    m_ghost.paint(painter, topLeft);
    m_lines.paint(painter, topLeft);
    paintNotes(painter, frame, m_chart.bounds, contents.marks);
}

void ChartPanel::showValues(const ChartContents &contents)
{
    const double time = contents.cursor.value_or(contents.rows.endTime());
    std::vector<QString> texts;
    std::vector<PlotView::Dot> dots;
    QStringList sentence;
    for (std::size_t i = 0; i < m_chart.lines.size(); ++i) {
        const ChartSpec::Line &line = m_chart.lines[i];
        const std::optional<double> value = contents.valueAt(line.column, time);
        const std::optional<double> earlier = m_ghost.valueAt(i, time);
        const ChartSpec::Unit unit = m_chart.unitOf(line);
        const QString text = valueText(value, unit);
        texts.push_back(m_ghost.has(i) ? tr("%1 (%2)").arg(text, valueText(earlier, unit)) : text);
        if (!isLineShown(i))
            continue;
        sentence << QStringLiteral("%1 %2").arg(line.name, text);
        if (m_ghost.has(i))
            sentence.back() += tr(", earlier %1").arg(valueText(earlier, unit));
        if (earlier)
            dots.push_back({*earlier, contents.theme.paleLine(line.color), true, isRight(i)});
        if (value)
            dots.push_back({*value, contents.theme.line(line.color), false, isRight(i)});
    }
    m_legend->setValues(texts);
    m_view->showCursor(contents.cursor, dots);
    const QString where = contents.cursor ? tr("At %1").arg(timeText(time)) : tr("Latest");
    setAccessibleDescription(QStringLiteral("%1: %2").arg(where, sentence.join(QStringLiteral(", "))));
}

QPixmap ChartPanel::picture(const ChartContents &contents, QSize size, double scaleFactor)
{
    QPixmap picture((QSizeF(size) * scaleFactor).toSize());
    picture.setDevicePixelRatio(scaleFactor);
    picture.fill(contents.theme.background);
    QPainter painter(&picture);
    const QRect plot = PlotFrame::plotIn(size, axisFont(), m_hasRightRoom);
    const int gap = fontMetrics().height() / 3;
    ChartSpec shown = m_chart;
    std::erase_if(shown.lines,
                  [&, line = 0](const ChartSpec::Line &) mutable { return !isLineShown(std::size_t(line++)); });
    painter.setFont(font());
    const int top =
        gap + paintHeading(painter, QRect(plot.left(), gap, plot.width(), size.height()), shown, contents.theme,
                           ghostNote());
    const PlotFrame frame = fillLines(contents, QSize(size.width(), size.height() - top));
    painter.translate(0, top);
    paintPlot(painter, frame, contents);
    m_view->setStale(); // the lines have the picture's size now
    m_view->update();
    return picture;
}

} // namespace Headroom
