// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <vector>

namespace Headroom {

/// Tiles in rows of a grid of equal cells, as many rows as the width needs and all about as full. A tile takes one cell
/// or two, the last of a row what is left of it; all are equally high.
class KpiLayout : public QLayout
{
    Q_OBJECT
public:
    explicit KpiLayout(QWidget *parent);
    ~KpiLayout() override;

    void addTile(QWidget *tile, int cells); ///< 1 or 2.

    void addItem(QLayoutItem *item) override;
    int count() const override { return int(m_places.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    struct Place
    {
        QLayoutItem *item; ///< Owned.
        int cells;
    };
    struct Grid
    {
        int columns = 1;
        int rows = 1;
    };
    QSize cellSize() const;
    Grid gridFor(int width) const;
    /// How many rows the tiles fill when a row has so many cells.
    int rowsOf(int columns) const;
    int heightOf(int rows) const;

    std::vector<Place> m_places;
    int m_nextCells = 1;
};

} // namespace Headroom
