// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/processpicker.h"

#include "ui/probes/probetexts.h"
#include "ui/probes/processtablemodel.h"
#include "ui/run/runtexts.h"
#include "ui/widgets/copytable.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

#include <algorithm>

namespace Headroom {

namespace {

/// Rows that hold every word.
class FoundProcesses : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setWords(const QStringList &words)
    {
        m_words = words;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const QString text = sourceModel()->index(row, 0, parent).data(ProcessTableModel::SearchRole).toString();
        return std::ranges::all_of(m_words,
                                   [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
    }

private:
    QStringList m_words;
};

} // namespace

ProcessPicker::ProcessPicker(const std::vector<Scenario::Probe> &watching, QWidget *parent,
                             std::unique_ptr<ProcessFeed> feed)
    : QDialog(parent)
    , m_watching(watching)
    , m_feed(feed ? std::move(feed) : std::make_unique<ProcessFeed>())
    , m_model(new ProcessTableModel(this))
    , m_found(new FoundProcesses(this))
    , m_search(new QLineEdit(this))
    , m_table(nullptr)
    , m_ways(new QComboBox(this))
    , m_written(new QLabel(this))
    , m_note(new QLabel(this))
{
    setObjectName(QStringLiteral("processPicker"));
    setWindowTitle(tr("Watch a Process"));
    m_model->setWatching(watching);
    m_found->setSourceModel(m_model);
    m_found->setDynamicSortFilter(true);
    m_table = new CopyTable(QStringLiteral("processes"), m_found, this);
    setupWidgets();
    connect(m_feed.get(), &ProcessFeed::listed, this, &ProcessPicker::take);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &words) {
        m_table->clearSelection(); // the first that is found is meant
        search(words);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ProcessPicker::showChoice);
    connect(m_table, &QAbstractItemView::doubleClicked, m_watch, &QPushButton::click); // Enter is the default button's
    connect(m_ways, &QComboBox::currentIndexChanged, this, [this](int index) {
        const bool isWay = index >= 0 && std::size_t(index) < m_addresses.size();
        m_written->setText(isWay ? tr("Will be written: %1").arg(addressYaml(m_addresses[std::size_t(index)]))
                                 : QString());
    });
    showChoice();
}

ProcessPicker::~ProcessPicker() = default;

void ProcessPicker::setupWidgets()
{
    m_search->setObjectName(QStringLiteral("processSearch"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Type a name, port, user or part of the command"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_table->setAccessibleName(tr("Processes"));
    m_table->setEmptyText(tr("No process fits that"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->sortByColumn(ProcessTableModel::Port, Qt::AscendingOrder); // what listens is mostly what is meant
    m_ways->setObjectName(QStringLiteral("processWays"));
    m_ways->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_ways->setAccessibleName(tr("How it is found again"));
    m_written->setObjectName(QStringLiteral("processWritten"));
    m_written->setTextFormat(Qt::PlainText);
    m_written->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->setObjectName(QStringLiteral("processNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_watch = buttons->addButton(tr("&Watch"), QDialogButtonBox::AcceptRole);
    m_watch->setObjectName(QStringLiteral("watchButton"));
    m_watch->setDefault(true);
    auto *label = new QLabel(tr("&Find it by:"), this);
    label->setBuddy(m_ways);
    auto *ways = new QHBoxLayout;
    ways->addWidget(label);
    ways->addWidget(m_ways);
    ways->addWidget(m_written, 1);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(m_table, 1);
    column->addLayout(ways);
    column->addWidget(m_note);
    column->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 130, fontMetrics().height() * 30);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_search->setFocus();
}

void ProcessPicker::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    m_feed->start();
}

void ProcessPicker::hideEvent(QHideEvent *event)
{
    m_feed->stop();
    QDialog::hideEvent(event);
}

void ProcessPicker::take(const ProcessesPtr &processes)
{
    m_model->setProcesses(*processes);
    const ListedProcess *process = chosen();
    if (!process)
        return search(m_search->text()); // the first list, or the one that was chosen has ended
    if (m_addresses != addressesOf(*process))
        showChoice();
}

void ProcessPicker::search(const QString &words)
{
    static_cast<FoundProcesses *>(m_found)->setWords(words.split(u' ', Qt::SkipEmptyParts));
    if (!chosen() && m_table->model()->rowCount() > 0)
        m_table->selectRow(0);
    showChoice();
}

const ListedProcess *ProcessPicker::chosen() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return nullptr;
    const auto *sorted = static_cast<const QSortFilterProxyModel *>(m_table->model());
    const QModelIndex row = m_found->mapToSource(sorted->mapToSource(rows.first()));
    return row.isValid() ? &m_model->process(row.row()) : nullptr;
}

void ProcessPicker::showChoice()
{
    const ListedProcess *process = chosen();
    m_addresses = process ? addressesOf(*process) : std::vector<ProcessAddress>();
    m_ways->clear();
    for (const ProcessAddress &address : m_addresses)
        m_ways->addItem(addressText(address));
    m_ways->setEnabled(process);
    m_watch->setEnabled(process && !watcherOf(*process, m_watching));
    m_note->setText(process ? noteOf(*process) : QString());
    m_table->setAccessibleDescription(m_note->text());
    if (!process)
        m_written->clear();
}

/// What else there is to say of the choice.
QString ProcessPicker::noteOf(const ListedProcess &process) const
{
    if (const Scenario::Probe *probe = watcherOf(process, m_watching))
        return tr("The probe %1 watches it already.").arg(foreignText(probe->name));
    if (m_addresses.front().by != ProcessAddress::By::Pid || (process.ports.empty() && process.isOldestOfName))
        return {};
    const QString port = process.ports.empty() ? QString() : QString::number(process.ports.front());
    return (port.isEmpty() ? tr("An older process has its name, so only its number finds it")
                           : tr("An older process listens on port %1 too, so only its number finds it").arg(port))
        + tr(", until it ends. To watch all of them, choose the oldest one and add children: true.");
}

ProcessAddress ProcessPicker::address() const
{
    const int way = m_ways->currentIndex();
    return way >= 0 && std::size_t(way) < m_addresses.size() ? m_addresses[std::size_t(way)] : ProcessAddress();
}

QString ProcessPicker::processName() const
{
    const ListedProcess *process = chosen();
    return process ? process->name : QString();
}

bool ProcessPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(m_table, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace Headroom
