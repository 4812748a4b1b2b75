// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
/// found again, and offers the other ways.
class ProcessPicker : public QDialog
{
    Q_OBJECT
public:
    /// `feed`: for tests; without one the processes of this machine.
    explicit ProcessPicker(QWidget *parent = nullptr, std::unique_ptr<ProcessFeed> feed = {});
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

    std::unique_ptr<ProcessFeed> m_feed;
    ProcessTableModel *m_model;
    QSortFilterProxyModel *m_found;
    QLineEdit *m_search;
    CopyTable *m_table;
    QComboBox *m_ways;
    QLabel *m_written;
    QPushButton *m_watch = nullptr;
    std::vector<ProcessAddress> m_addresses; // of the ways
};

} // namespace Headroom
