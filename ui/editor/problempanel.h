// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;

namespace Headroom {

class CopyTable;
class ProblemListModel;

/// How the scenario stands in one line, and below it every problem; the table shows only when there are some.
class ProblemPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ProblemPanel(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void showChecking();
    void showProblems(const Diagnostics &diagnostics);
    /// A word that stays until the next check.
    void showNotice(const QString &notice);
    void select(std::size_t index);

Q_SIGNALS:
    void activated(std::size_t index); ///< Which of the diagnostics.

private:
    ProblemListModel *m_model;
    QLabel *m_line;
    CopyTable *m_table;
};

} // namespace Headroom
