// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartspec.h"
#include "ui/theme/theme.h"

QT_BEGIN_NAMESPACE
class QPainter;
class QRect;
QT_END_NAMESPACE

namespace Headroom {

/// Title and names of the lines above the picture of a chart, and a note behind them, in the painter's font; returns the
/// height.
int paintHeading(QPainter &painter, const QRect &place, const ChartSpec &chart, const Theme &theme,
                 const QString &note = {});

} // namespace Headroom
