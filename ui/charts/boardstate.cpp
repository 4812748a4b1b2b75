// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/boardstate.h"

#include <cmath>

namespace Headroom {

ChartBoard::State::State(ChartBoard *owner)
    : board(owner)
    , m_scroll(new QScrollArea(owner))
{
    m_scroll->setObjectName(QStringLiteral("panels"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus); // the board has it
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget;
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins({});
    m_layout->setSpacing(4);
    m_scroll->setWidget(content);
    connect(&m_queue, &RedrawQueue::roundBegins, owner, [this] {
        m_drawnEnd = axis.end();
        for (ChartPanel *panel : panels) // what was drawn since shows an older end
            panel->view()->setStale();
        queueSeen();
    });
    connect(&m_queue, &RedrawQueue::due, owner, [this](std::size_t index) { draw(index); });
}

void ChartBoard::State::setCharts(const std::vector<ChartSpec> &charts, std::size_t columns,
                                  const std::vector<ChartSpec> &others)
{
    m_queue.clear();
    for (ChartPanel *panel : std::exchange(panels, {}))
        delete panel;
    rows = SeriesStore(columns);
    marks.clear();
    axis.setEnd(0.0);
    m_charts = charts;
    m_others = others;
    for (const ChartSpec &chart : withChoices(m_charts, m_others, choices)) {
        panels.push_back(makePanel(chart, panels.size()));
        m_layout->addWidget(panels.back(), 1);
    }
    updateRightRoom();
    moveCursor(std::nullopt);
    board->resetZoom();
}

ChartPanel *ChartBoard::State::makePanel(const ChartSpec &chart, std::size_t index)
{
    auto *panel = new ChartPanel(chart);
    for (std::size_t i = 0; i < chart.lines.size(); ++i) {
        const auto known = m_shownLines.find({chart.id, chart.lines[i].name});
        if (known != m_shownLines.end())
            panel->setLineShown(i, known->second);
    }
    panel->setTheme(theme);
    panel->setGhost(ghost);
    connectPanel(panel, index);
    return panel;
}

void ChartBoard::State::connectPanel(ChartPanel *panel, std::size_t index)
{
    PlotView *view = panel->view();
    connect(panel, &ChartPanel::lineToggled, board,
            [=, this](std::size_t line, bool isShown) { toggleLine(index, line, isShown); });
    connect(panel, &ChartPanel::addWanted, board, [=, this] { askForSeries(panels[index]->chart().id); });
    connect(panel, &ChartPanel::menuWanted, board,
            [=, this](const std::optional<std::size_t> &line, QPoint place) { showMenu(index, line, place); });
    connect(view, &PlotView::redrawWanted, board, [=, this] { m_queue.want(index); });
    connect(view, &PlotView::hovered, board, [this](double time) { moveCursor(time); });
    connect(view, &PlotView::left, board, [this] { moveCursor(std::nullopt); });
    connect(view, &PlotView::dragged, board, [this](const std::optional<PlotView::Stretch> &stretch) {
        for (ChartPanel *other : panels)
            other->view()->showStretch(stretch);
    });
    connect(view, &PlotView::zoomed, board, &ChartBoard::zoomTo);
    connect(view, &PlotView::wheelZoomed, board,
            [this](double factor, double time) { zoom([=](TimeAxis &axis) { axis.zoomBy(factor, time); }); });
    connect(view, &PlotView::resetWanted, board, &ChartBoard::resetZoom);
}

ChartPanel *ChartBoard::State::panel(const QString &id) const
{
    for (ChartPanel *panel : panels) {
        if (panel->chart().id == id)
            return panel;
    }
    return nullptr;
}

ChartContents ChartBoard::State::contents() const
{
    TimeAxis drawn = axis;
    drawn.setEnd(m_drawnEnd);
    return {rows, marks, theme, drawn.from(), drawn.to(), isLogarithmic, cursor};
}

void ChartBoard::State::toggleLine(std::size_t index, std::size_t line, bool isShown)
{
    const ChartSpec &chart = panels[index]->chart();
    m_shownLines[{chart.id, chart.lines[line].name}] = isShown;
    panels[index]->view()->setStale();
    m_queue.want(index);
}

/// Those that cannot be seen stay stale, and say so when they are.
void ChartBoard::State::rowsChanged()
{
    for (ChartPanel *panel : panels)
        panel->view()->setStale();
    m_queue.wantRound();
}

void ChartBoard::State::viewChanged()
{
    m_drawnEnd = axis.end();
    for (ChartPanel *panel : panels)
        panel->view()->setStale();
    queueSeen();
}

void ChartBoard::State::queueSeen()
{
    for (std::size_t i = 0; i < panels.size(); ++i) {
        if (panels[i]->view()->isStale() && !panels[i]->view()->visibleRegion().isEmpty())
            m_queue.want(i);
    }
}

void ChartBoard::State::draw(std::size_t index)
{
    if (index < panels.size() && !panels[index]->view()->visibleRegion().isEmpty())
        panels[index]->redraw(contents());
}

void ChartBoard::State::zoom(const std::function<void(TimeAxis &)> &change)
{
    const bool wasZoomed = axis.isZoomed();
    change(axis);
    viewChanged();
    if (axis.isZoomed() != wasZoomed)
        Q_EMIT board->zoomChanged(axis.isZoomed());
}

void ChartBoard::State::moveCursor(const std::optional<double> &time)
{
    const std::optional<double> row = time ? rowNear(*time) : std::nullopt;
    if (row == cursor)
        return;
    cursor = row;
    const ChartContents shown = contents();
    for (ChartPanel *panel : panels)
        panel->showValues(shown);
    Q_EMIT board->cursorMoved(cursor);
}

std::optional<double> ChartBoard::State::rowNear(double time) const
{
    const std::optional<double> own = rows.nearestTime(time);
    const std::optional<double> behind = ghost ? ghost->rows.nearestTime(time) : std::nullopt;
    if (!own || !behind)
        return own ? own : behind;
    return std::abs(*own - time) <= std::abs(*behind - time) ? own : behind;
}

void ChartBoard::State::stepCursor(int count)
{
    if (rows.isEmpty())
        return;
    const double end = std::max(rows.endTime(), ghost ? ghost->rows.endTime() : 0.0);
    const double start = cursor.value_or(std::min(rows.endTime(), axis.to()));
    double step = cursor ? count : 0.0; // rows are a second apart ...
    while (cursor && rowNear(start + step) == cursor && std::abs(step) < end)
        step *= 2.0; // ... and where some are missing, the next one is further away
    const double time = *rowNear(start + step);
    if (axis.isZoomed() && !axis.contains(time))
        zoom([=](TimeAxis &axis) { axis.reveal(time); });
    moveCursor(time);
}

} // namespace Headroom
