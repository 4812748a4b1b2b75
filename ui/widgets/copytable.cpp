// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/copytable.h"

#include "ui/theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QSortFilterProxyModel>

#include <algorithm>

namespace Headroom {

namespace {

/// One cell of the text: what would break rows or columns apart becomes a blank.
QString plainCell(const QVariant &value)
{
    QString text = value.toString();
    for (QChar &character : text) {
        const bool isBreak = character == u'\t' || character == u'\n' || character == u'\r' || character == u'\v'
            || character == u'\f' || character == QChar::LineSeparator || character == QChar::ParagraphSeparator;
        if (isBreak)
            character = u' ';
    }
    return text;
}

} // namespace

CopyTable::CopyTable(const QString &name, QAbstractItemModel *model, QWidget *parent)
    : QTableView(parent)
    , m_sorted(new QSortFilterProxyModel(this))
{
    setObjectName(name);
    setAccessibleName(name);
    m_sorted->setSortRole(Qt::UserRole);
    m_sorted->setSourceModel(model);
    setModel(m_sorted);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leads out of the table; the arrows move inside
    setHorizontalScrollMode(ScrollPerPixel);
    setupHeaders();

    auto *copyAction = new QAction(tr("&Copy"), this);
    copyAction->setObjectName(QStringLiteral("copy"));
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &CopyTable::copy);
    addAction(copyAction);
    setContextMenuPolicy(Qt::ActionsContextMenu);

    connect(m_sorted, &QAbstractItemModel::rowsInserted, this, &CopyTable::fitColumnsOnce);
    connect(m_sorted, &QAbstractItemModel::modelReset, this, &CopyTable::fitColumnsOnce);
    fitColumnsOnce();
}

void CopyTable::setupHeaders()
{
    QHeaderView *columns = horizontalHeader();
    columns->setSortIndicator(-1, Qt::AscendingOrder); // the model's own order at first
    columns->setSortIndicatorClearable(true);
    columns->setStretchLastSection(true);
    columns->setHighlightSections(false);
    columns->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setSortingEnabled(true);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
}

/// Once, so that columns do not jump while a run goes on, nor undo what was dragged.
void CopyTable::fitColumnsOnce()
{
    if (m_isFitted || m_sorted->rowCount() == 0)
        return;
    m_isFitted = true;
    horizontalHeader()->setResizeContentsPrecision(100); // rows; a long table must not cost a long look
    resizeColumnsToContents();
    const int widest = fontMetrics().averageCharWidth() * 60;
    for (int column = 0; column < m_sorted->columnCount(); ++column)
        setColumnWidth(column, std::min(columnWidth(column), widest));
}

void CopyTable::setEmptyText(const QString &text)
{
    m_emptyText = text;
    setAccessibleDescription(text);
    viewport()->update();
}

QStringList CopyTable::cellsOf(int row) const
{
    QStringList cells;
    for (int place = 0; place < horizontalHeader()->count(); ++place) {
        const int column = horizontalHeader()->logicalIndex(place);
        if (isColumnHidden(column))
            continue;
        cells.append(
            plainCell(row < 0 ? m_sorted->headerData(column, Qt::Horizontal) : m_sorted->index(row, column).data()));
    }
    return cells;
}

QString CopyTable::selectedText() const
{
    QList<int> rows;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        rows.append(index.row());
    std::ranges::sort(rows);
    if (rows.isEmpty()) {
        for (int row = 0; row < m_sorted->rowCount(); ++row)
            rows.append(row);
    }
    QString text = cellsOf(-1).join(u'\t') + u'\n';
    for (const int row : std::as_const(rows))
        text += cellsOf(row).join(u'\t') + u'\n';
    return text;
}

void CopyTable::copy() { QGuiApplication::clipboard()->setText(selectedText()); }

bool CopyTable::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        return true;
    }
    return QTableView::event(event);
}

void CopyTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        QTableView::keyPressEvent(event);
}

void CopyTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_emptyText.isEmpty() || m_sorted->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(Theme::of(palette()).faintText);
    const int margin = fontMetrics().height();
    painter.drawText(viewport()->rect().adjusted(margin, 0, -margin, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     m_emptyText);
}

} // namespace Headroom
