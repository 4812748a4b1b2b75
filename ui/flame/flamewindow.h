// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stacks/stacktree.h"

#include <QDialog>

#include <memory>

class QLabel;
class QLineEdit;
class QScrollArea;

namespace Headroom {

class FlameGraph;

/// A profile in a window of its own: the flame graph, a search in it, and what the chosen function had.
class FlameWindow : public QDialog
{
    Q_OBJECT
public:
    /// `name`: of the file, for the title.
    FlameWindow(const QString &name, std::shared_ptr<const StackTree> tree, QWidget *parent = nullptr);

    FlameGraph &graph() const { return *m_graph; }

Q_SIGNALS:
    /// What is shown, as a file of its own (SVG).
    void saveWanted(const QByteArray &svg, const QString &name);

private:
    QWidget *makeBar();
    void search(const QString &text);
    void showChosen(int node);
    void turn(bool isRootOnTop);
    void follow(int node);

    const QString m_name;
    FlameGraph *m_graph;
    QScrollArea *m_area;
    QLineEdit *m_search = nullptr;
    QLabel *m_found = nullptr;
    QLabel *m_chosen;
};

} // namespace Headroom
