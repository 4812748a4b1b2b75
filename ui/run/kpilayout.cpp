// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/kpilayout.h"

#include <QWidget>

#include <algorithm>

namespace Headroom {

KpiLayout::KpiLayout(QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(parent->fontMetrics().height() / 4);
}

KpiLayout::~KpiLayout()
{
    for (const Place &place : m_places)
        delete place.item;
}

void KpiLayout::addTile(QWidget *tile, int cells)
{
    m_nextCells = cells;
    addWidget(tile);
    m_nextCells = 1;
}

void KpiLayout::addItem(QLayoutItem *item) { m_places.push_back({item, m_nextCells}); }

QLayoutItem *KpiLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_places[std::size_t(index)].item : nullptr;
}

QLayoutItem *KpiLayout::takeAt(int index)
{
    QLayoutItem *item = itemAt(index);
    if (item)
        m_places.erase(m_places.begin() + index);
    return item;
}

QSize KpiLayout::cellSize() const
{
    QSize cell;
    for (const Place &place : m_places) {
        const QSize hint = place.item->sizeHint();
        const int width = place.cells == 1 ? hint.width() : (hint.width() - spacing() + 1) / 2;
        cell = cell.expandedTo({width, hint.height()});
    }
    return cell;
}

int KpiLayout::rowsOf(int columns) const
{
    int rows = 1;
    int used = 0;
    for (const Place &place : m_places) {
        const int cells = std::min(place.cells, columns);
        if (used + cells > columns) {
            ++rows;
            used = 0;
        }
        used += cells;
    }
    return rows;
}

KpiLayout::Grid KpiLayout::gridFor(int width) const
{
    int all = 0;
    for (const Place &place : m_places)
        all += place.cells;
    const int most = std::clamp((width + spacing()) / std::max(1, cellSize().width() + spacing()), 1, std::max(1, all));
    // No more columns than those rows need: a last row with one tile looks forgotten.
    const int rows = rowsOf(most);
    int columns = most;
    while (columns > 1 && rowsOf(columns - 1) == rows)
        --columns;
    return {columns, rows};
}

int KpiLayout::heightOf(int rows) const { return rows * cellSize().height() + (rows - 1) * spacing(); }

int KpiLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    return heightOf(gridFor(width - margins.left() - margins.right()).rows) + margins.top() + margins.bottom();
}

QSize KpiLayout::sizeHint() const
{
    constexpr int kColumns = 8; // two rows of what a strip has
    const int width = kColumns * (cellSize().width() + spacing()) - spacing();
    return {width, heightForWidth(width)};
}

QSize KpiLayout::minimumSize() const
{
    const QMargins margins = contentsMargins();
    return cellSize().grownBy(margins);
}

void KpiLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const QRect room = rect.marginsRemoved(contentsMargins());
    const int columns = gridFor(room.width()).columns;
    const int height = cellSize().height();
    // Borders instead of widths, so that what is left over is spread and the last tile ends at the edge.
    const auto leftOf = [&](int column) { return column * (room.width() + spacing()) / columns; };
    int row = 0;
    int column = 0;
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const int next = column + std::min(m_places[i].cells, columns);
        // The last of a row reaches to the edge.
        const bool endsRow = i + 1 == m_places.size() || next + std::min(m_places[i + 1].cells, columns) > columns;
        const int left = leftOf(column);
        const int width = leftOf(endsRow ? columns : next) - spacing() - left;
        m_places[i].item->setGeometry({room.left() + left, room.top() + row * (height + spacing()), width, height});
        row += endsRow;
        column = endsRow ? 0 : next;
    }
}

} // namespace Headroom
