// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/mappingsview.h"

#include "ui/probes/mappingstablemodel.h"
#include "ui/run/runtexts.h"
#include "ui/widgets/copytable.h"

#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace Headroom {

MappingsView::MappingsView(QWidget *parent)
    : QWidget(parent)
    , m_model(new MappingsTableModel(this))
    , m_whose(new QLabel(this))
    , m_table(new CopyTable(QStringLiteral("mappings"), m_model, this))
{
    setObjectName(QStringLiteral("mappingsView"));
    m_whose->setObjectName(QStringLiteral("mappingsWhose"));
    m_whose->setTextFormat(Qt::PlainText);
    m_whose->setWordWrap(true);
    m_whose->setMargin(fontMetrics().height() / 4);
    m_table->setAccessibleName(tr("Memory mappings"));
    m_table->horizontalHeader()->setStretchLastSection(false); // a number
    m_table->horizontalHeader()->setSectionResizeMode(MappingsTableModel::Holder,
                                                      QHeaderView::Stretch); // numbers stay in sight
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_whose);
    column->addWidget(m_table, 1);
    hide();
}

void MappingsView::setTables(const std::vector<MappingsTable> &tables)
{
    m_tables = tables;
    setHidden(m_tables.empty());
    const QString before = m_model->table().probe;
    m_model->setTable({});
    for (const QString &wanted : {m_chosen, before, m_tables.empty() ? QString() : m_tables.front().probe}) {
        if (m_model->table().probe.isEmpty())
            showTableOf(wanted);
    }
}

void MappingsView::choose(const QString &probe)
{
    m_chosen = probe;
    if (m_model->table().probe != probe)
        showTableOf(probe);
}

void MappingsView::showTableOf(const QString &probe)
{
    const auto found = std::ranges::find(m_tables, probe, &MappingsTable::probe);
    if (found == m_tables.end())
        return;
    m_model->setTable(*found);
    const QString name = foreignText(probe);
    m_whose->setText(
        found->isWhole ? tr("What holds the memory of %1").arg(name)
                       : tr("What holds the memory of %1; some was left out, as there was too much to read").arg(name));
}

} // namespace Headroom
