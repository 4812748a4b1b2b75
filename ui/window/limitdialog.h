// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/loadchange.h"

#include <QDialog>

class QFormLayout;
class QPushButton;

namespace Headroom {

class QuantityEdit;

/// Asks how the limit is to be searched for. What is left empty comes from the scenario, or is the language's default.
class LimitDialog : public QDialog
{
    Q_OBJECT
public:
    explicit LimitDialog(QWidget *parent = nullptr);

    /// What was typed, as the command line would say it.
    LoadChange change() const;

private:
    void addRow(const char *name, const QString &label, QuantityEdit *edit, const QString &placeholder);
    void updateStart();

    QuantityEdit *m_planned;
    QuantityEdit *m_upTo;
    QuantityEdit *m_hold;
    QuantityEdit *m_confirm;
    QFormLayout *m_form;
    QPushButton *m_start;
};

} // namespace Headroom
