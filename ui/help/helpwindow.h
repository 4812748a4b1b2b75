// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QListWidget;

namespace Headroom {

class HelpBrowser;

/// The help: pages on the left, the chosen one on the right, and a search over all of them.
/// Thread: main. A window of its own that closes with Escape.
class HelpWindow : public QWidget
{
    Q_OBJECT
public:
    explicit HelpWindow(QWidget *parent = nullptr);
    /// Shows and raises the window at a page; the first one for an unknown name.
    void open(const QString &page);

private:
    void choose(int row);
    void search();

    QListWidget *m_pages;
    QLineEdit *m_search;
    HelpBrowser *m_browser;
};

} // namespace Headroom
