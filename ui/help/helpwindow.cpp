// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/helpwindow.h"

#include "core/help/helppages.h"
#include "ui/help/helpbrowser.h"

#include <QFontMetrics>
#include <QLineEdit>
#include <QListWidget>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

namespace Headroom {

HelpWindow::HelpWindow(QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_pages(new QListWidget(this))
    , m_search(new QLineEdit(this))
    , m_browser(new HelpBrowser(this))
{
    setObjectName(QStringLiteral("help"));
    setWindowTitle(tr("Headroom Help"));
    m_pages->setObjectName(QStringLiteral("helpPages"));
    m_pages->setAccessibleName(tr("Help pages"));
    m_search->setObjectName(QStringLiteral("helpSearch"));
    m_search->setAccessibleName(tr("Search the help"));
    m_search->setPlaceholderText(tr("Search…"));
    m_search->setClearButtonEnabled(true);
    m_browser->setObjectName(QStringLiteral("helpText"));
    m_browser->setAccessibleName(tr("Help text"));
    for (const HelpPage &page : helpPages())
        m_pages->addItem(page.title);

    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->addWidget(m_search);
    column->addWidget(m_pages);
    auto *halves = new QSplitter(this);
    halves->addWidget(left);
    halves->addWidget(m_browser);
    halves->setStretchFactor(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(halves);
    const int letter = fontMetrics().averageCharWidth();
    halves->setSizes({letter * 32, letter * 112});
    resize(letter * 150, fontMetrics().height() * 42);

    connect(m_pages, &QListWidget::currentRowChanged, this, &HelpWindow::choose);
    connect(m_search, &QLineEdit::returnPressed, this, &HelpWindow::search);
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_search, [this] { m_search->setFocus(); });
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, &QWidget::close);
    m_pages->setCurrentRow(0);
}

void HelpWindow::open(const QString &page)
{
    for (int row = 0; row < m_pages->count(); ++row) {
        if (helpPages()[std::size_t(row)].name == page)
            m_pages->setCurrentRow(row);
    }
    show();
    raise();
    activateWindow();
}

void HelpWindow::choose(int row)
{
    if (row >= 0)
        m_browser->showPage(helpPages()[std::size_t(row)].text);
}

/// On the page that is shown, else on the next one that has it.
void HelpWindow::search()
{
    const QString text = m_search->text();
    for (int step = 0; step < m_pages->count(); ++step) {
        const int row = (m_pages->currentRow() + step) % m_pages->count();
        if (!helpPages()[std::size_t(row)].text.contains(text, Qt::CaseInsensitive))
            continue;
        m_pages->setCurrentRow(row);
        if (m_browser->findNext(text))
            return;
    }
}

} // namespace Headroom
