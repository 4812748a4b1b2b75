// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"
#include "ui/probes/processfeed.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;

namespace Headroom {

class CopyTable;
class ProcessTableModel;

/// Chooses a process of this machine to be watched, with its memory and processor time as they are now. Typing searches
/// in names, numbers, users, ports and command lines; the arrows choose, Enter takes. Says how the process will be
/// found again, and offers the other ways; one that a probe of the scenario watches already cannot be taken again.
class ProcessPicker : public QDialog
{
    Q_OBJECT
public:
    /// `watching`: the probes of the scenario. `feed`: for tests; without one the processes of this machine.
    explicit ProcessPicker(const std::vector<Scenario::Probe> &watching, QWidget *parent = nullptr,
                           std::unique_ptr<ProcessFeed> feed = {});
    ~ProcessPicker() override;

    ProcessAddress address() const; ///< Only when accepted.
    QString processName() const; ///< Of the one chosen.

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override; ///< The arrows, while something is typed.

private:
    void setupWidgets();
    void take(const ProcessesPtr &processes);
    void showChoice();
    void search(const QString &words);
    const ListedProcess *chosen() const;
    QString noteOf(const ListedProcess &process) const;

    std::vector<Scenario::Probe> m_watching;
    std::unique_ptr<ProcessFeed> m_feed;
    ProcessTableModel *m_model;
    QSortFilterProxyModel *m_found;
    QLineEdit *m_search;
    CopyTable *m_table;
    QComboBox *m_ways;
    QLabel *m_written;
    QLabel *m_note;
    QPushButton *m_watch = nullptr;
    std::vector<ProcessAddress> m_addresses; // of the ways
};

} // namespace Headroom
