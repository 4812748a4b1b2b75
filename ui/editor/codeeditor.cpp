// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/codeeditor.h"

#include "core/base/humanformat.h"
#include "core/yaml/yamlreader.h"
#include "ui/editor/lineediting.h"
#include "ui/editor/textplaces.h"
#include "ui/widgets/plaintooltip.h"

#include <QFontDatabase>
#include <QHelpEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace Headroom {

CodeEditor::CodeEditor(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(document())
    , m_margin(new LineMargin([this] { return visibleLines(); }, this))
{
    setObjectName(QStringLiteral("scenarioText"));
    setAccessibleName(tr("Scenario"));
    setAccessibleDescription(tr("Tab indents. Escape and then Tab leaves the text."));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(NoWrap);
    setTabStopDistance(fontMetrics().horizontalAdvance(u' ') * 2.0);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEditor::placeMargin);
    connect(this, &QPlainTextEdit::updateRequest, m_margin, [this](const QRect &, int) { m_margin->update(); });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &CodeEditor::showSelections);
    setTheme(Theme::of(palette()));
    placeMargin();
}

CodeEditor::~CodeEditor()
{
    document()->disconnect(this);
    disconnect(this, nullptr, this, nullptr);
}

QString CodeEditor::refusal(QStringView text, qsizetype besides)
{
    constexpr qsizetype kLongestLine = 100'000; // laying out one line is not interrupted by anything
    const qsizetype most = YamlLimits().bytes;
    const qsizetype size = text.size() + besides;
    if (size > most) {
        return tr("The text would have %1; at most %2 are read")
            .arg(formatBytes(double(size)), formatBytes(double(most)));
    }
    qsizetype length = 0;
    for (const QChar character : text) {
        const bool isEnd = character == u'\n' || character == u'\r' || character == QChar::ParagraphSeparator;
        length = isEnd ? 0 : length + 1;
        if (length > kLongestLine)
            return tr("The text has a line of more than %1 characters; break it").arg(formatCount(kLongestLine));
    }
    return {};
}

void CodeEditor::load(const QString &text)
{
    m_problems.clear();
    m_highlighter.prepareFor(text.size());
    setPlainText(text);
    document()->setModified(false);
}

void CodeEditor::setTheme(const Theme &theme)
{
    m_theme = theme;
    QPalette own = palette(); // also when the application's does not fit: a text must never be invisible
    own.setColor(QPalette::Base, theme.background);
    own.setColor(QPalette::Text, theme.text);
    setPalette(own);
    m_highlighter.setDark(theme.isDark);
    m_margin->setTheme(theme);
    showSelections();
}

void CodeEditor::setProblems(const Diagnostics &diagnostics)
{
    m_problems.set(*document(), diagnostics);
    showSelections();
}

void CodeEditor::goToProblem(std::size_t index)
{
    if (index < m_problems.count())
        goToPosition(m_problems.startOf(index));
}

void CodeEditor::goTo(const TextPosition &place) { goToPosition(documentPosition(*document(), place)); }

void CodeEditor::goToPosition(int position)
{
    QTextCursor cursor = textCursor();
    cursor.setPosition(position);
    setTextCursor(cursor);
    if (!viewport()->rect().contains(cursorRect()))
        centerCursor();
    ensureCursorVisible();
}

void CodeEditor::goToNextProblem()
{
    if (const auto index = m_problems.next(textCursor().position())) {
        goToProblem(*index);
        Q_EMIT problemVisited(*index);
    }
}

void CodeEditor::goToPreviousProblem()
{
    if (const auto index = m_problems.previous(textCursor().position())) {
        goToProblem(*index);
        Q_EMIT problemVisited(*index);
    }
}

void CodeEditor::commentLines()
{
    if (!isReadOnly())
        toggleComment(textCursor());
}

void CodeEditor::zoomBy(int steps)
{
    constexpr double kSmallest = 6.0;
    constexpr double kLargest = 48.0;
    QFont changed = font();
    changed.setPointSizeF(std::clamp(changed.pointSizeF() + steps, kSmallest, kLargest));
    setFont(changed);
}

void CodeEditor::showSelections()
{
    QTextEdit::ExtraSelection line;
    line.cursor = textCursor();
    line.cursor.clearSelection();
    QColor faint = m_theme.text;
    faint.setAlphaF(0.06F);
    line.format.setBackground(faint);
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    QList<QTextEdit::ExtraSelection> selections = m_problems.underlines(m_theme);
    selections.prepend(line);
    setExtraSelections(selections);
    m_margin->update();
}

void CodeEditor::placeMargin()
{
    m_margin->setFont(font());
    const int width = m_margin->widthFor(blockCount());
    setViewportMargins(width, 0, 0, 0);
    const QRect inside = contentsRect();
    m_margin->setGeometry(inside.left(), inside.top(), width, viewport()->height());
}

std::vector<LineMargin::Line> CodeEditor::visibleLines() const
{
    const int lineHeight = int(std::ceil(QFontMetricsF(font()).height())); // the last line's box is higher
    std::vector<LineMargin::Line> lines;
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF box = blockBoundingGeometry(block).translated(contentOffset());
        if (box.top() > viewport()->height())
            break;
        const int number = block.blockNumber();
        lines.push_back({number + 1, int(std::round(box.top())), std::min(lineHeight, int(std::ceil(box.height()))),
                         number == textCursor().blockNumber(), m_problems.severityOfLine(number),
                         m_problems.sentencesOfLine(number)});
    }
    return lines;
}

QString CodeEditor::sentencesAt(const QPoint &place) const
{
    const QTextCursor cursor = cursorForPosition(place); // the nearest, however far away
    const QRect near =
        cursorRect(cursor).adjusted(-fontMetrics().averageCharWidth(), 0, fontMetrics().averageCharWidth(), 0);
    return near.contains(place) ? m_problems.sentencesAt(cursor.position()) : QString();
}

bool CodeEditor::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), plainToolTip(sentencesAt(help->pos())), viewport());
    return true;
}

void CodeEditor::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    setTabStopDistance(fontMetrics().horizontalAdvance(u' ') * 2.0);
    placeMargin();
}

void CodeEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeMargin();
}

} // namespace Headroom
