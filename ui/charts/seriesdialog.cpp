// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/seriesdialog.h"

#include "ui/charts/axistext.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Headroom {

namespace {

constexpr int kHomeRole = Qt::UserRole;
constexpr int kLineRole = Qt::UserRole + 1;
constexpr int kNoteRole = Qt::UserRole + 2;

} // namespace

SeriesDialog::SeriesDialog(const std::vector<ChartSpec> &shown, const std::vector<ChartSpec> &homes,
                           const QString &chart, QWidget *parent)
    : QDialog(parent)
    , m_shown(shown)
    , m_homes(homes)
    , m_charts(new QComboBox(this))
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_note(new QLabel(this))
{
    setObjectName(QStringLiteral("seriesDialog"));
    setWindowTitle(tr("Add Series"));
    m_charts->setObjectName(QStringLiteral("seriesChart"));
    m_charts->setAccessibleName(tr("Chart that shows the series"));
    for (const ChartSpec &one : m_shown)
        m_charts->addItem(one.title, one.id);
    m_charts->setCurrentIndex(std::max(0, m_charts->findData(chart)));
    m_search->setObjectName(QStringLiteral("seriesSearch"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Type to search"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("seriesList"));
    m_list->setAccessibleName(tr("Series"));
    m_note->setObjectName(QStringLiteral("seriesNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_add = buttons->addButton(tr("&Add"), QDialogButtonBox::AcceptRole);
    m_add->setObjectName(QStringLiteral("addSeriesButton"));
    m_add->setDefault(true);
    auto *form = new QFormLayout;
    form->addRow(tr("&Chart:"), m_charts);
    form->addRow(tr("&Search:"), m_search);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(m_list, 1);
    column->addWidget(m_note);
    column->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 26);
    connect(m_charts, &QComboBox::currentIndexChanged, this, &SeriesDialog::fill);
    connect(m_search, &QLineEdit::textChanged, this, &SeriesDialog::search);
    connect(m_list, &QListWidget::currentItemChanged, this, &SeriesDialog::showChoice);
    connect(m_list, &QListWidget::itemDoubleClicked, m_add, &QPushButton::click); // Enter is the default button's
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    fill();
    m_search->setFocus();
}

const ChartSpec *SeriesDialog::chosenChart() const
{
    const auto found = std::ranges::find(m_shown, m_charts->currentData().toString(), &ChartSpec::id);
    return found == m_shown.end() ? nullptr : &*found;
}

void SeriesDialog::fill()
{
    m_list->clear();
    const ChartSpec *chart = chosenChart();
    for (const ChartSpec &home : m_homes) {
        if (!chart || home.id == chart->id)
            continue;
        for (const ChartSpec::Line &line : home.lines) {
            auto *item = new QListWidgetItem(tr("%1 \u2013 %2").arg(line.name, home.title), m_list);
            const QString refusal = refusalOf(*chart, home, line);
            item->setData(kHomeRole, home.id);
            item->setData(kLineRole, line.name);
            item->setData(kNoteRole,
                          !refusal.isEmpty() ? tr("Not possible: %1").arg(refusal)
                              : home.unit == chart->unit
                              ? QString()
                              : tr("Its axis (%1) is at the right.").arg(unitName(home.unit)));
            if (!refusal.isEmpty())
                item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
        }
    }
    search(m_search->text());
}

void SeriesDialog::search(const QString &words)
{
    QListWidgetItem *first = nullptr;
    const QStringList wanted = words.split(u' ', Qt::SkipEmptyParts);
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        const bool isFound = std::ranges::all_of(
            wanted, [item](const QString &word) { return item->text().contains(word, Qt::CaseInsensitive); });
        item->setHidden(!isFound);
        if (isFound && !first && item->flags().testFlag(Qt::ItemIsEnabled))
            first = item;
    }
    m_list->setCurrentItem(first);
    showChoice();
}

void SeriesDialog::showChoice()
{
    const QListWidgetItem *item = m_list->currentItem();
    const bool isChosen = item && !item->isHidden();
    m_add->setEnabled(isChosen && item->flags().testFlag(Qt::ItemIsEnabled));
    for (int row = 0; !isChosen && row < m_list->count(); ++row) { // why nothing of what was found is possible
        if (!m_list->item(row)->isHidden())
            return m_note->setText(m_list->item(row)->data(kNoteRole).toString());
    }
    m_note->setText(isChosen ? item->data(kNoteRole).toString() : tr("No series fits that"));
}

ChartChoices::Added SeriesDialog::choice() const
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return {};
    return {m_charts->currentData().toString(), item->data(kHomeRole).toString(), item->data(kLineRole).toString()};
}

bool SeriesDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace Headroom
