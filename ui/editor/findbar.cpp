// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/findbar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>

namespace Headroom {

FindBar::FindBar(QPlainTextEdit *text, QWidget *parent)
    : QWidget(parent)
    , m_text(text)
    , m_words(new QLineEdit)
    , m_answer(new QLabel)
{
    setObjectName(QStringLiteral("findBar"));
    m_words->setObjectName(QStringLiteral("findWords"));
    m_words->setAccessibleName(tr("Find"));
    m_words->setPlaceholderText(tr("Find"));
    m_words->setClearButtonEnabled(true);
    m_answer->setObjectName(QStringLiteral("findAnswer"));
    m_answer->setMinimumWidth(fontMetrics().averageCharWidth() * 24);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_words, 1);
    connect(addButton(QStringLiteral("findPrevious"), QStringLiteral("↑"), tr("Find previous (Shift+F3)")),
            &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(addButton(QStringLiteral("findNext"), QStringLiteral("↓"), tr("Find next (F3)")), &QToolButton::clicked,
            this, &FindBar::findNext);
    row->addWidget(m_answer);
    connect(addButton(QStringLiteral("findClose"), QStringLiteral("×"), tr("Close (Escape)")), &QToolButton::clicked,
            this, &FindBar::close);
    connect(m_words, &QLineEdit::textEdited, this, [this] { find({}, true); });
    hide();
}

QToolButton *FindBar::addButton(const QString &name, const QString &sign, const QString &toolTip)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setText(sign);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    button->setAutoRaise(true);
    layout()->addWidget(button);
    return button;
}

void FindBar::open()
{
    const QString selected = m_text->textCursor().selectedText();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator))
        m_words->setText(selected);
    m_answer->clear();
    show();
    m_words->setFocus(Qt::ShortcutFocusReason);
    m_words->selectAll();
}

void FindBar::close()
{
    hide();
    m_text->setFocus(Qt::OtherFocusReason);
}

void FindBar::findNext() { find({}, false); }

void FindBar::findPrevious() { find(QTextDocument::FindBackward, false); }

void FindBar::find(QTextDocument::FindFlags flags, bool staysIfItFits)
{
    m_answer->clear();
    if (m_words->text().isEmpty())
        return;
    QTextCursor start = m_text->textCursor();
    if (staysIfItFits)
        start.setPosition(start.selectionStart());
    QTextCursor found = m_text->document()->find(m_words->text(), start, flags);
    if (found.isNull()) {
        start.movePosition(flags & QTextDocument::FindBackward ? QTextCursor::End : QTextCursor::Start);
        found = m_text->document()->find(m_words->text(), start, flags);
        m_answer->setText(found.isNull() ? tr("Not found") : tr("Went round"));
    }
    if (!found.isNull())
        m_text->setTextCursor(found);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        close();
    else if (isReturn && event->modifiers() & Qt::ShiftModifier)
        findPrevious();
    else if (isReturn)
        findNext();
    else
        QWidget::keyPressEvent(event);
}

} // namespace Headroom
