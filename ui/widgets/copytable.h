// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace Headroom {

/// A table to look at and to copy from: sortable by its headers, whole rows selected, columns fitted to their content
/// once, Copy (Ctrl+C, context menu) puts the selected rows, or all of them, on the clipboard as text with a heading
/// line, parted by tabs. Empty tables say why in the middle.
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
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_emptyText;
};

} // namespace Headroom
