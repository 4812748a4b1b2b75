// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartchoices.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace Headroom {

/// Chooses a series of the run and the chart that is to show it too. Typing searches; the arrows choose, Enter adds.
/// What cannot be added is there with its reason.
class SeriesDialog : public QDialog
{
    Q_OBJECT
public:
    /// `shown`: the charts as they are; `homes`: those that series come from. `chart`: the one chosen at first.
    SeriesDialog(const std::vector<ChartSpec> &shown, const std::vector<ChartSpec> &homes, const QString &chart,
                 QWidget *parent);

    /// Only when accepted.
    ChartChoices::Added choice() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< The arrows, while something is typed.

private:
    void fill();
    void search(const QString &words);
    void showChoice();
    const ChartSpec *chosenChart() const;

    std::vector<ChartSpec> m_shown;
    std::vector<ChartSpec> m_homes;
    QComboBox *m_charts;
    QLineEdit *m_search;
    QListWidget *m_list;
    QLabel *m_note;
    QPushButton *m_add = nullptr;
};

} // namespace Headroom
