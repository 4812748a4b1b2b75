// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartspec.h"
#include "ui/theme/theme.h"

#include <QPen>

namespace Headroom {

/// Lines of a chart are told apart by their colours and, after each round of those, by their strokes: solid, dashed,
/// dotted, and dashes with one dot and with two. 40 lines look different.

constexpr std::size_t kLineColors = std::tuple_size_v<decltype(Theme::lines)>; // of a round
/// The colour of the index-th line of a chart; those that look like another one come last in a round.
std::size_t lineColor(std::size_t index);
/// A line that is dashed anyway is one stroke ahead of its round.
std::size_t strokeOf(const ChartSpec::Line &line);
/// In the chart, in the legend and in pictures alike.
QPen linePen(const QColor &color, double width, std::size_t stroke);
/// In the middle of a place, as a legend shows it.
void paintLineSample(QPainter &painter, const QRect &place, const QColor &color, std::size_t stroke);

} // namespace Headroom
