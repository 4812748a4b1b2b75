// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartlines.h"
#include "ui/charts/ghostlines.h"
#include "ui/charts/plotpainter.h"

namespace Headroom {

/// The lines of an earlier run behind those of one panel: paler and thinner, otherwise as the line of the same name.
/// Costs next to nothing without any.
class GhostLayer
{
public:
    void setGhost(const GhostLinesPtr &ghost, const ChartSpec &chart); ///< Null: none.
    void setTheme(const Theme &theme, const ChartSpec &chart);

    bool has(std::size_t line) const { return line < m_columns.size() && m_columns[line].has_value(); }
    bool isEmpty() const; ///< No line of the panel has one behind it.
    QString name() const { return isEmpty() ? QString() : m_ghost->name; } ///< Of the earlier run.
    std::optional<double> valueAt(std::size_t line, double time) const;

    /// As SeriesStore::polylines(), of the line behind this one.
    std::vector<SeriesStore::Polyline> polylines(std::size_t line, double from, double to, int pixels) const;
    /// What paint() draws from now on; one for each line of the panel, empty where nothing is behind it.
    void fill(const PlotFrame &frame, const std::vector<std::vector<SeriesStore::Polyline>> &lines);
    void paint(QPainter &painter, const QPointF &topLeft);

private:
    GhostLinesPtr m_ghost;
    std::vector<std::optional<std::size_t>> m_columns; // of the ghost's rows, by line
    std::vector<bool> m_isRight; // by line
    std::vector<ChartLines::Style> m_styles;
    std::unique_ptr<ChartLines> m_lines; // made when there is something to draw
};

} // namespace Headroom
