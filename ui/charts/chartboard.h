// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/seriesstore.h"
#include "ui/charts/chartchoices.h"
#include "ui/charts/chartspec.h"
#include "ui/charts/ghostlines.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QPixmap;

namespace Headroom {

class ChartPanel;

/// Chart panels under each other on one time axis, with one cursor, one zoom and the same marks.
///
/// New rows cost nothing until the next redraw: one panel per turn of the event loop, at most once a second, only
/// panels that can be seen, thinned to their width. Drag zooms the time of all panels, double click resets, wheel
/// with Ctrl zooms at the cursor; a click in a legend hides a line. With the keyboard: left and right move the cursor
/// (with Shift by ten rows; with Ctrl where left and right alone mean something else), Ctrl with plus and minus zooms, Home
/// resets, Escape takes the cursor away. Thread: main.
class ChartBoard : public QWidget
{
    Q_OBJECT
public:
    explicit ChartBoard(QWidget *parent = nullptr);
    ~ChartBoard() override;

    /// New panels, without rows and marks. What was hidden by its legend stays hidden where ids and names are the same.
    /// `others`: charts that are not shown, whose lines a hand can put on one that is.
    void setCharts(const std::vector<ChartSpec> &charts, std::size_t columns, const std::vector<ChartSpec> &others = {});
    /// What a hand has added, from now on; rows, marks, zoom and cursor stay.
    void setChoices(const ChartChoices &choices);
    const ChartChoices &choices() const;
    /// The bounds and bands of charts that are shown, by id; everything else stays.
    void setBounds(const std::vector<ChartSpec> &charts);
    void append(double time, const std::vector<std::optional<double>> &values); ///< Times rise.
    void addMark(const ChartMark &mark);
    void clearRows(); ///< Rows and marks.
    /// Lines of an earlier run, pale behind those of the same chart and name, whatever is shown from now on; null: none.
    void setGhost(const GhostLinesPtr &ghost);
    GhostLinesPtr ghost() const;
    /// The lines of a chart that have one of the earlier run behind them, by name.
    QStringList ghostLines(const QString &id) const;

    void setTheme(const Theme &theme);
    /// How much of the end is shown while nothing is zoomed; nothing: all of it.
    void setSpan(std::optional<double> seconds);
    std::optional<double> span() const;
    void setLogarithmic(bool isLogarithmic); ///< Of the panels that may be.
    bool isLogarithmic() const;
    bool isZoomed() const;

    QStringList chartIds() const;
    QString chartTitle(const QString &id) const;
    void setChartVisible(const QString &id, bool isVisible);
    bool isChartVisible(const QString &id) const;
    /// The panel as a picture, with title, legend and axes, at least 1,200 pixels wide. Null for an unknown id.
    QPixmap picture(const QString &id);

public Q_SLOTS:
    void resetZoom();
    void zoomTo(double from, double to); ///< Seconds since the start of the run.
    void addSeries(const QString &chart = {}); ///< Asks for a series, and adds it to a chart.
    void addBand(const QString &chart = {}, const QString &line = {}); ///< Asks for a band, and lays it on a line.

Q_SIGNALS:
    void zoomChanged(bool isZoomed);
    /// The shared cursor; nothing when it left.
    void cursorMoved(const std::optional<double> &time);
    /// A hand has added or removed something.
    void choicesChanged(const Headroom::ChartChoices &choices);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
