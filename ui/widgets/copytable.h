// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

class QSortFilterProxyModel;

namespace Headroom {

/// A table to look at and to copy from: sortable by its headers (the third click returns to the model's order), whole
/// rows selected, columns fitted to their content once, Copy (Ctrl+C, context menu) puts the selected rows, or all of
/// them, on the clipboard as text with a heading line, parted by tabs. Empty tables say why in the middle.
class CopyTable : public QTableView
{
    Q_OBJECT
public:
    /// `name` is object and accessible name. The model must outlive the view; it sorts by its Qt::UserRole values.
    CopyTable(const QString &name, QAbstractItemModel *model, QWidget *parent = nullptr);

    void setEmptyText(const QString &text);
    /// What Copy would put on the clipboard.
    QString selectedText() const;

public Q_SLOTS:
    void copy();

protected:
    bool event(QEvent *event) override; ///< Ctrl+C is ours while we have the focus, whatever else listens to it.
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setupHeaders();
    void fitColumnsOnce();
    QStringList cellsOf(int row) const;

    QSortFilterProxyModel *m_sorted;
    QString m_emptyText;
    bool m_isFitted = false;
};

} // namespace Headroom
