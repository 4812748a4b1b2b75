// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/seriesstore.h"
#include "ui/charts/chartlines.h"
#include "ui/charts/ghostlayer.h"
#include "ui/charts/plotview.h"

namespace Headroom {

class ChartLegend;

/// What all panels of a board share at the time of a redraw.
struct ChartContents
{
    const SeriesStore &rows;
    const std::vector<ChartMark> &marks;
    const Theme &theme;
    double from = 0.0, to = 1.0; ///< Seconds since the start of the run.
    bool isLogarithmic = false;
    std::optional<double> cursor;

    /// Of the row at a time; nothing beyond the rows, where an earlier run may have some.
    std::optional<double> valueAt(std::size_t column, double time) const;
};

/// One chart: title and legend above, lines below. Draws only when told.
class ChartPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ChartPanel(const ChartSpec &chart, QWidget *parent = nullptr);
    ~ChartPanel() override;

    const ChartSpec &chart() const { return m_chart; }
    /// Bounds and bands of the next redraw.
    void setBounds(const ChartSpec &chart);
    /// Another chart of the board has an axis at the right, so that this one ends where it does.
    void setRightRoom(bool hasRightRoom);
    /// Lines of an earlier run behind those of the same names, from the next redraw on; null: none.
    void setGhost(const GhostLinesPtr &ghost);
    bool hasGhost(std::size_t line) const { return m_ghost.has(line); }
    PlotView *view() const { return m_view; }
    bool isLineShown(std::size_t line) const;
    void setLineShown(std::size_t line, bool isShown);
    int redraws() const { return m_redraws; }

    void redraw(const ChartContents &contents);
    /// Values in legend and accessible description: at the cursor, else the latest.
    void showValues(const ChartContents &contents);
    void setTheme(const Theme &theme);
    /// With title, legend and axes, whatever is on screen.
    QPixmap picture(const ChartContents &contents, QSize size, double scaleFactor);

Q_SIGNALS:
    void lineToggled(std::size_t line, bool isShown);
    void addWanted(); ///< Another series is wanted.
    /// What may be done with the chart, or with one of its lines.
    void menuWanted(const std::optional<std::size_t> &line, QPoint globalPlace);

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QFont axisFont() const;
    void updateMetrics();
    std::size_t shownLines() const; ///< With those behind them.
    PlotFrame fillLines(const ChartContents &contents, QSize size);
    using Polylines = std::vector<std::vector<SeriesStore::Polyline>>; // by line
    NiceScale scaleFor(const Polylines &lines, const Polylines &behind, const ChartContents &contents, int steps,
                       bool isRight) const;
    bool isRight(std::size_t line) const { return m_chart.lines[line].unit.has_value(); }
    QString ghostNote() const;
    void paintPlot(QPainter &painter, const PlotFrame &frame, const ChartContents &contents);

    ChartSpec m_chart;
    ChartLegend *m_legend = nullptr;
    PlotView *m_view = nullptr;
    ChartLines m_lines;
    GhostLayer m_ghost;
    int m_redraws = 0;
    bool m_hasRightRoom = false;
};

} // namespace Headroom
