// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/mappingstablemodel.h"

#include "core/base/humanformat.h"
#include "ui/run/runtexts.h"

namespace Headroom {

MappingsTableModel::MappingsTableModel(QObject *parent)
    : RunTableModel({{tr("Memory held by"), {}},
                     {tr("Before the load"), tr("What of it was in the machine's memory."), true, tr("100.0 MiB")},
                     {tr("After it"), tr("At the end of the load, or when a rule stopped it."), true, tr("100.0 MiB")},
                     {tr("Growth"), {}, true, tr("+100.0 MiB")}},
                    parent)
{
}

void MappingsTableModel::setTable(const MappingsTable &table)
{
    beginResetModel();
    m_table = table;
    endResetModel();
}

int MappingsTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_table.probe.isEmpty() ? 0 : 1 + int(m_table.rows.size());
}

RunTableModel::Cell MappingsTableModel::cell(int row, int column) const
{
    const MappingsTable::Row &of = row == 0 ? m_table.total : m_table.rows[std::size_t(row) - 1];
    const auto bytes = [](const std::optional<std::uint64_t> &count) {
        return count ? Cell{formatBytes(double(*count)), double(*count)} : Cell{noValue(), {}};
    };
    switch (Column(column)) {
    case Holder: {
        const QString name = row == 0 ? tr("all together") : foreignText(of.name);
        return {name, name, row == 0 ? QString() : name};
    }
    case Start:
        return bytes(of.start);
    case End:
        return bytes(of.end);
    case Growth:
        return of.growth() ? Cell{growthText(of), *of.growth()} : Cell{noValue(), {}};
    }
    return {};
}

} // namespace Headroom
