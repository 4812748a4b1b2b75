// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/attachmentdialog.h"

#include "core/base/humanformat.h"
#include "ui/run/runtexts.h"
#include "ui/widgets/copytable.h"
#include "ui/widgets/plaintooltip.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace Headroom {

namespace {

constexpr int kIndexRole = Qt::UserRole + 1; // the entry's place in the session
constexpr int kFlameRole = Qt::UserRole + 2; // whether it is folded stacks

QString plainName(const QString &name)
{
    const QString plain = QFileInfo(foreignText(name).replace(QLatin1Char('\\'), QLatin1Char('/'))).fileName();
    return plain.isEmpty() || plain.startsWith(QLatin1Char('.')) ? QStringLiteral("attachment") + plain : plain;
}

QStandardItem *cell(const QString &text, const QVariant &sortValue, bool isNumber = false)
{
    auto *item = new QStandardItem(text);
    item->setData(sortValue, Qt::UserRole);
    item->setTextAlignment((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return item;
}

} // namespace

bool isFolded(const SessionReader::AttachmentEntry &entry)
{
    return entry.mediaType == QLatin1String("text/x-folded-stacks") || entry.name.endsWith(QLatin1String(".folded"));
}

AttachmentDialog::AttachmentDialog(const Entries &entries, QWidget *parent)
    : QDialog(parent)
    , m_model(new QStandardItemModel(this))
{
    setObjectName(QStringLiteral("attachmentDialog"));
    setWindowTitle(tr("Attachments"));
    m_model->setHorizontalHeaderLabels({tr("Name"), tr("Size"), tr("Attached at"), tr("Type")});
    for (std::size_t i = 0; i < entries.size(); ++i)
        addRow(entries[i], i);
    m_table = new CopyTable(tr("Attachments"), m_model, this);
    m_table->setEmptyText(tr("Nothing is attached to this session."));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_save = buttons->addButton(tr("&Save As…"), QDialogButtonBox::ActionRole);
    m_save->setObjectName(QStringLiteral("saveAttachment"));
    m_save->setDefault(true);
    connect(m_save, &QAbstractButton::clicked, this, &AttachmentDialog::save);
    m_flame = buttons->addButton(tr("Show &Flame Graph"), QDialogButtonBox::ActionRole);
    m_flame->setObjectName(QStringLiteral("showFlame"));
    connect(m_flame, &QAbstractButton::clicked, this, &AttachmentDialog::showFlame);
    connect(m_table, &QAbstractItemView::doubleClicked, this, &AttachmentDialog::open);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &AttachmentDialog::updateButtons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_table->selectRow(0);
    updateButtons();
    constexpr int kLetters = 80;
    setMinimumWidth(fontMetrics().averageCharWidth() * kLetters);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_table);
    layout->addWidget(buttons);
}

void AttachmentDialog::add(const SessionReader::AttachmentEntry &entry)
{
    addRow(entry, std::size_t(m_model->rowCount()));
    if (!m_table->currentIndex().isValid())
        m_table->selectRow(0);
}

void AttachmentDialog::updateButtons()
{
    m_save->setEnabled(m_table->currentIndex().isValid());
    m_flame->setEnabled(isFlame());
}

void AttachmentDialog::addRow(const SessionReader::AttachmentEntry &entry, std::size_t index)
{
    const QString name = foreignText(entry.name);
    auto *first = cell(name, name);
    first->setData(qulonglong(index), kIndexRole);
    first->setData(isFolded(entry), kFlameRole);
    first->setToolTip(plainToolTip(name));
    const QString type = entry.mediaType.isEmpty() ? noValue() : foreignText(entry.mediaType);
    m_model->appendRow({first, cell(formatBytes(double(entry.size)), entry.size, true),
                        cell(formatElapsed(entry.at), qlonglong(entry.at.count()), true), cell(type, type)});
}

void AttachmentDialog::save()
{
    const QModelIndex row = m_table->currentIndex().siblingAtColumn(0);
    if (row.isValid())
        Q_EMIT saveWanted(std::size_t(row.data(kIndexRole).toULongLong()), plainName(row.data().toString()));
}

bool AttachmentDialog::isFlame() const
{
    const QModelIndex row = m_table->currentIndex().siblingAtColumn(0);
    return row.isValid() && row.data(kFlameRole).toBool();
}

void AttachmentDialog::showFlame()
{
    const QModelIndex row = m_table->currentIndex().siblingAtColumn(0);
    if (isFlame())
        Q_EMIT flameWanted(std::size_t(row.data(kIndexRole).toULongLong()), row.data().toString());
}

void AttachmentDialog::open() { isFlame() ? showFlame() : save(); }

} // namespace Headroom
