// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/seriesstore.h"
#include "ui/charts/chartspec.h"
#include "ui/charts/nicescale.h"
#include "ui/theme/theme.h"

#include <QFont>
#include <QList>
#include <QPointF>
#include <QRect>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace Headroom {

/// Where time and values lie in the picture of a panel.
struct PlotFrame
{
    QRect plot; ///< Without the texts of the axes.
    double from = 0.0, to = 1.0; ///< Seconds since the start of the run.
    NiceScale scale;
    ChartSpec::Unit unit = ChartSpec::Unit::Count;
    std::optional<ChartSpec::Unit> rightUnit; ///< Of a second axis at the right; nothing: there is none.
    NiceScale rightScale; ///< Its own.
    Theme theme;
    QFont font; ///< Of axes, bounds and marks.

    /// The plot of a picture of that size. All panels of one font have the same margins, so that their times align; with
    /// room for an axis at the right as soon as one of them has it.
    static QRect plotIn(QSize size, const QFont &font, bool hasRightAxis = false);
    QSizeF lineSize() const { return QSizeF(plot.size()) - QSizeF(1.0, 1.0); } ///< Between the middles of the outer pixels.
    int xOf(double time) const;
    double timeAt(double x) const;
    const NiceScale &scaleOf(bool isRight) const { return isRight ? rightScale : scale; }
    std::optional<int> yOf(double value, bool isRight = false) const; ///< Nothing outside of the scale.
    /// The same lines with both coordinates from 0 to 1, as ChartLines takes them. What no logarithm has is a gap.
    std::vector<QList<QPointF>> pieces(const std::vector<SeriesStore::Polyline> &lines, bool isRight = false) const;
};

/// Stretches of values, as far as they lie in the scale; below everything else.
void paintBands(QPainter &painter, const PlotFrame &frame, const std::vector<ChartSpec::Band> &bands);
/// Grid and texts of all axes.
void paintAxes(QPainter &painter, const PlotFrame &frame);
/// Level lines and marks with their texts, bounds first. A text without room is cut or left out, the line never; a
/// bound above the scale is named at the upper end, with an arrow.
void paintNotes(QPainter &painter, const PlotFrame &frame, const std::vector<ChartSpec::Bound> &bounds,
                const std::vector<ChartMark> &marks);
/// Bounds and marks near a point, a line each; for a tool tip.
QString notesAt(const PlotFrame &frame, QPoint point, const std::vector<ChartSpec::Bound> &bounds,
                const std::vector<ChartMark> &marks);

} // namespace Headroom
