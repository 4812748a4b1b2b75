// SPDX-License-Identifier: GPL-3.0-or-later
// What comes into the CodeEditor: keys, wheel, pasted and dropped text.
#include "ui/editor/codeeditor.h"

#include "ui/editor/lineediting.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QUrl>
#include <QWheelEvent>

#include <algorithm>

namespace Headroom {

/// Keys that mean a whole line; false for all others.
bool CodeEditor::editLines(QKeyEvent *event)
{
    if (isReadOnly())
        return false;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool isPlain = modifiers == Qt::NoModifier;
    const bool isShifted = modifiers == Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: // with Shift Qt would put in U+2028, which no scenario may hold
        if (!isPlain && !isShifted)
            return false;
        breakLine(textCursor());
        break;
    case Qt::Key_Tab:
        if (!isPlain)
            return false;
        indent(textCursor());
        break;
    case Qt::Key_Backtab:
        unindent(textCursor());
        break;
    default:
        return false;
    }
    ensureCursorVisible();
    return true;
}

void CodeEditor::keyPressEvent(QKeyEvent *event)
{
    const bool isTab = event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab;
    if (isTab && (m_leavesOnTab || isReadOnly())) {
        m_leavesOnTab = false;
        QWidget::focusNextPrevChild(event->key() == Qt::Key_Tab); // QPlainTextEdit's own stays
        return;
    }
    m_leavesOnTab = event->key() == Qt::Key_Escape;
    if (editLines(event))
        event->accept();
    else
        QPlainTextEdit::keyPressEvent(event);
}

void CodeEditor::wheelEvent(QWheelEvent *event)
{
    constexpr int kNotch = 120; // eighths of a degree of one notch (QWheelEvent)
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QPlainTextEdit::wheelEvent(event);
        return;
    }
    m_wheelTurn += event->angleDelta().y();
    zoomBy(m_wheelTurn / kNotch);
    m_wheelTurn %= kNotch;
    event->accept();
}

bool CodeEditor::canInsertFromMimeData(const QMimeData *source) const
{
    const bool hasFiles = source->hasUrls() && std::ranges::any_of(source->urls(), &QUrl::isLocalFile);
    return source->hasText() && !hasFiles;
}

void CodeEditor::insertFromMimeData(const QMimeData *source)
{
    if (!canInsertFromMimeData(source))
        return;
    QString text = source->text();
    const QString reason = refusal(text, document()->characterCount());
    if (!reason.isEmpty()) {
        Q_EMIT textRefused(reason);
        return;
    }
    text.replace(QChar::LineSeparator, u'\n');
    m_highlighter.prepareFor(document()->characterCount() + text.size());
    textCursor().insertText(text);
    ensureCursorVisible();
}

} // namespace Headroom
