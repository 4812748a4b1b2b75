// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/sparkdelegate.h"

#include "ui/probes/probetreemodel.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Headroom {

std::vector<QList<QPointF>> sparkLines(const QList<double> &values, const QRectF &place, int places)
{
    double low = INFINITY, high = -INFINITY;
    for (const double value : values) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    std::vector<QList<QPointF>> pieces;
    bool isOpen = false;
    const double step = place.width() / std::max(1, places - 1);
    const double first = place.right() - step * double(values.size() - 1); // the newest at the right
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            isOpen = false;
            continue;
        }
        if (!std::exchange(isOpen, true))
            pieces.emplace_back();
        const double height = high > low ? (values[i] - low) / (high - low) : 0.5;
        pieces.back().append({first + step * double(i), place.bottom() - height * place.height()});
    }
    return pieces;
}

SparkDelegate::SparkDelegate(int role, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_role(role)
{
}

void SparkDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index); // what is selected
    const auto values = index.data(m_role).value<QList<double>>();
    if (values.isEmpty())
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool isSelected = option.state & QStyle::State_Selected;
    const QColor color = isSelected ? option.palette.color(QPalette::HighlightedText) : m_theme.line(0);
    painter->setPen(QPen(color, 1.2));
    const QRectF place = QRectF(option.rect).adjusted(4.0, 3.5, -4.0, -3.5);
    for (const QList<QPointF> &piece : sparkLines(values, place, int(ProbeTreeModel::kKept))) {
        if (piece.size() == 1)
            painter->drawPoint(piece.front());
        else
            painter->drawPolyline(piece.constData(), int(piece.size()));
    }
    painter->restore();
}

QSize SparkDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex & /*index*/) const
{
    return {option.fontMetrics.averageCharWidth() * 20, option.fontMetrics.height() * 3 / 2};
}

} // namespace Headroom
