// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"
#include "ui/probes/processfeed.h"
#include "ui/run/runtablemodel.h"

namespace Headroom {

/// The processes of this machine, by pid. Rows of processes that stay keep their index: those that come are inserted,
/// those that went are removed. Qt::UserRole holds what a column sorts by.
class ProcessTableModel : public RunTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Pid, User, Port, Memory, Cpu, Probe, Command };
    static constexpr int SearchRole = Qt::UserRole + 1; ///< Of every column: all that may be searched for.
    explicit ProcessTableModel(QObject *parent = nullptr);

    /// `watching`: the probes there are, of which one may watch a process already.
    void setWatching(const std::vector<Scenario::Probe> &watching);
    void setProcesses(const std::vector<ListedProcess> &processes); ///< Sorted by pid.
    const ListedProcess &process(int row) const { return m_processes[std::size_t(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    Cell cell(int row, int column) const override;
    QVariant extra(int row, int column, int role) const override;

private:
    std::vector<ListedProcess> m_processes;
    std::vector<Scenario::Probe> m_watching;
};

} // namespace Headroom
