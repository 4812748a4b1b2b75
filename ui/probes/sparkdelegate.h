// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace Headroom {

/// Draws the last minute of a series as a small line: from its least to its largest value, gaps as gaps.
class SparkDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit SparkDelegate(int role, QObject *parent = nullptr); ///< `role` holds QList<double>.

    void setTheme(const Theme &theme) { m_theme = theme; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int m_role;
    Theme m_theme;
};

/// The pieces of the line in a rectangle, one point for each value; `places`: how many values fill it from side to
/// side. A line that never changes is in the middle.
std::vector<QList<QPointF>> sparkLines(const QList<double> &values, const QRectF &place, int places);

} // namespace Headroom
