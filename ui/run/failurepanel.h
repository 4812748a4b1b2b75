// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/run/failuretablemodel.h"

#include <QSplitter>

class QPlainTextEdit;

namespace Headroom {

class CopyTable;

/// The failures of a run, and one example of the current row beside them as plain text.
class FailurePanel : public QSplitter
{
    Q_OBJECT
public:
    /// The model must outlive it.
    explicit FailurePanel(FailureTableModel *model, QWidget *parent = nullptr);

    CopyTable *table() const { return m_table; }

private:
    void setupExample();
    void showExample();
    CopyTable *m_table;
    QPlainTextEdit *m_example;
    QString m_shown;
};

} // namespace Headroom
