// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/run/steering.h"
#include "ui/run/ruletablemodel.h"

#include <QAction>
#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Headroom {

class CopyTable;

/// The rules of a run and how they stand; while it is on, a hand can add, change and switch them off. What is typed is
/// checked at every key, against the run's steps, stages and series.
class RulePanel : public QWidget
{
    Q_OBJECT
public:
    /// The model must outlive it.
    explicit RulePanel(RuleTableModel *model, QWidget *parent = nullptr);

    CopyTable *table() const { return m_table; }
    /// Buttons below the table: actions of the window. Once.
    void setOrders(const QList<QAction *> &orders);
    /// The run that is on, anew whenever its rules have changed; null: nothing to change.
    void setRun(const RunFactsPtr &facts);
    bool hasChoice() const; ///< A rule of the table is chosen.
    void showProblem(const QString &sentence); ///< Below what is typed.

public Q_SLOTS:
    void add(); ///< Begins to type.
    void change(); ///< The same with the chosen rule's text.
    void switchOff(); ///< Those chosen.

Q_SIGNALS:
    void rulesWanted(const QStringList &texts);
    void choiceChanged();

private:
    void setupEditing();
    void begin(const QString &text, const QString &replaced);
    void end();
    void check();
    void apply();
    QStringList chosen() const;

    RunFactsPtr m_facts;
    QString m_replaced; // by what is typed; empty: nothing
    CopyTable *m_table;
    QHBoxLayout *m_buttons;
    QWidget *m_editing;
    QLineEdit *m_line;
    QPushButton *m_apply;
    QPushButton *m_cancel;
    QLabel *m_problem;
};

} // namespace Headroom
