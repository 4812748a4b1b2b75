// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QSet>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QSplitter;
class QTreeView;

namespace Headroom {

struct MappingsTable;
class MappingsView;
class ProbeTreeModel;
class SparkDelegate;
class TrialBox;

/// The probes with their live values, the orders about them, and what came of trying one. Enter on a probe goes to its
/// place in the scenario.
class ProbePanel : public QWidget
{
    Q_OBJECT
public:
    explicit ProbePanel(QWidget *parent = nullptr);

    void setOrders(const QList<QAction *> &orders); ///< Buttons below the list.
    void setTheme(const Theme &theme);
    ProbeTreeModel &model() const { return *m_model; }
    TrialBox &trial() const { return *m_trial; }
    void showMappings(const std::vector<MappingsTable> &tables); ///< What held the memory of what is watched.
    void showCost(const QString &sentence); ///< Of watching; empty: not known yet.
    QString chosen() const; ///< Name of the probe chosen, or of the only one; empty: none.
    bool isChosenInScenario() const; ///< It stands in the scenario's text.
    void choose(const QString &probe);

Q_SIGNALS:
    void choiceChanged();
    void placeWanted(int line); ///< Of the scenario's text.

private:
    void rememberFolds();
    void restoreFolds();
    void showEmptiness();

    ProbeTreeModel *m_model;
    QSplitter *m_halves;
    QTreeView *m_tree;
    MappingsView *m_mappings;
    QLabel *m_empty;
    SparkDelegate *m_sparks;
    TrialBox *m_trial;
    QLabel *m_cost;
    QHBoxLayout *m_buttons;
    QSet<QString> m_folded; // by name
    QString m_wanted; // chosen as soon as it is there
};

} // namespace Headroom
