// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartchoices.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Headroom {

/// Chooses a line and the values that a band on it reaches from and to.
class BandDialog : public QDialog
{
    Q_OBJECT
public:
    /// `shown`: the charts as they are. `chart` and `line`: chosen at first; may be empty.
    BandDialog(const std::vector<ChartSpec> &shown, const QString &chart, const QString &line, QWidget *parent);

    ChartChoices::Band band() const; ///< Only when accepted.

private:
    void fillLines(const QString &chosen);
    void check();
    std::optional<ChartSpec::Unit> unit() const;

    std::vector<ChartSpec> m_shown;
    QComboBox *m_charts;
    QComboBox *m_lines;
    QLineEdit *m_low;
    QLineEdit *m_high;
    QLabel *m_problem;
    QPushButton *m_set = nullptr;
};

} // namespace Headroom
