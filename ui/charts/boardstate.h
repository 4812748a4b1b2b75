// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartboard.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/redrawqueue.h"
#include "ui/charts/timeaxis.h"

#include <QScrollArea>
#include <QVBoxLayout>
#include <functional>
#include <map>

class QMenu;

namespace Headroom {

/// What a board keeps, and how its panels, queue and axis work together.
struct ChartBoard::State
{
    explicit State(ChartBoard *owner);

    QScrollArea *scroll() const { return m_scroll; }
    void setCharts(const std::vector<ChartSpec> &charts, std::size_t columns, const std::vector<ChartSpec> &others);
    void setBounds(const std::vector<ChartSpec> &charts);
    void setChoices(const ChartChoices &changed);
    void choose(const ChartChoices &changed); ///< By hand.
    void askForSeries(const QString &chart);
    void askForBand(const QString &chart, const QString &line);
    std::vector<ChartSpec> shownCharts() const;
    ChartPanel *panel(const QString &id) const; ///< Null for an unknown one.
    ChartContents contents() const;

    void rowsChanged(); ///< Redraws what is seen within a second.
    void viewChanged(); ///< Redraws what is seen in the next turns.
    void zoom(const std::function<void(TimeAxis &)> &change);
    void moveCursor(const std::optional<double> &time); ///< To the row nearest to it.
    void stepCursor(int rows);
    std::optional<double> rowNear(double time) const; ///< Of the run, or of the earlier one where that is nearer.

    ChartBoard *board = nullptr;
    SeriesStore rows;
    GhostLinesPtr ghost; ///< Null: none.
    ChartChoices choices;
    std::vector<ChartMark> marks;
    TimeAxis axis;
    Theme theme;
    std::optional<double> cursor;
    bool isLogarithmic = false;
    std::vector<ChartPanel *> panels;

private:
    void connectPanel(ChartPanel *panel, std::size_t index);
    ChartPanel *makePanel(const ChartSpec &chart, std::size_t index);
    void replacePanel(std::size_t index, const ChartSpec &chart);
    void updateRightRoom();
    void showMenu(std::size_t index, const std::optional<std::size_t> &line, QPoint globalPlace);
    void fillMenuOfLine(QMenu &menu, const ChartSpec &chart, const ChartSpec::Line &line);
    void removeLine(const ChartSpec &chart, const ChartSpec::Line &line);
    void removeBands(const QString &chart, const QString &line);
    bool hasBand(const QString &chart, const QString &line) const;
    void queueSeen();
    void draw(std::size_t index);
    void toggleLine(std::size_t index, std::size_t line, bool isShown);

    QScrollArea *m_scroll = nullptr;
    QVBoxLayout *m_layout = nullptr;
    std::vector<ChartSpec> m_charts; ///< Without what a hand has added.
    std::vector<ChartSpec> m_others; ///< Not shown.
    RedrawQueue m_queue;
    double m_drawnEnd = 0.0; // of the axis, the same for all panels of a round
    std::map<std::pair<QString, QString>, bool> m_shownLines; ///< As toggled by hand, by chart id and line name.
};

} // namespace Headroom
