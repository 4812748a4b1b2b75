// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/lineediting.h"

#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>
#include <vector>

namespace Headroom {

namespace {

const QString kStep = QStringLiteral("  ");

/// Groups edits into one step of undo.
class EditStep
{
public:
    explicit EditStep(QTextCursor &cursor)
        : m_cursor(cursor)
    {
        m_cursor.beginEditBlock();
    }
    ~EditStep() { m_cursor.endEditBlock(); }
    Q_DISABLE_COPY_MOVE(EditStep)

private:
    QTextCursor &m_cursor;
};

qsizetype blanksBefore(QStringView line)
{
    const auto first = std::ranges::find_if(line, [](QChar c) { return c != u' '; });
    return first - line.begin();
}

bool isBlank(QStringView line) { return line.trimmed().isEmpty(); }

QString indentBehind(QStringView line)
{
    QString indent(blanksBefore(line), u' ');
    QStringView content = line.trimmed();
    const bool endsInColon = content.endsWith(u':');
    while (content.startsWith(u"- ") && (endsInColon || content.contains(u": "))) { // a mapping goes on below its key
        indent += kStep;
        content = content.sliced(2).trimmed();
    }
    return endsInColon && !content.startsWith(u'#') ? indent + kStep : indent;
}

std::vector<QTextBlock> linesOf(const QTextCursor &cursor)
{
    const QTextDocument &document = *cursor.document();
    const QTextBlock first = document.findBlock(cursor.selectionStart());
    QTextBlock last = document.findBlock(cursor.selectionEnd());
    if (last != first && last.position() == cursor.selectionEnd())
        last = last.previous(); // the selection only ends at its front
    std::vector<QTextBlock> lines;
    for (QTextBlock block = first; block.isValid(); block = block.next()) {
        lines.push_back(block);
        if (block == last)
            break;
    }
    return lines;
}

void insertAt(QTextCursor &cursor, int position, const QString &text)
{
    cursor.setPosition(position);
    cursor.insertText(text);
}

void removeAt(QTextCursor &cursor, int position, int length)
{
    cursor.setPosition(position);
    cursor.setPosition(position + length, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
}

} // namespace

void breakLine(QTextCursor cursor)
{
    const EditStep step(cursor);
    cursor.removeSelectedText();
    const QString line = cursor.block().text();
    cursor.insertText(u'\n' + indentBehind(QStringView(line).first(cursor.positionInBlock())));
}

void indent(QTextCursor cursor)
{
    const EditStep step(cursor);
    const std::vector<QTextBlock> lines = linesOf(cursor);
    if (lines.size() == 1) {
        cursor.insertText(kStep);
        return;
    }
    for (const QTextBlock &line : lines) {
        if (!isBlank(line.text()))
            insertAt(cursor, line.position(), kStep);
    }
}

void unindent(QTextCursor cursor)
{
    const EditStep step(cursor);
    for (const QTextBlock &line : linesOf(cursor))
        removeAt(cursor, line.position(), int(std::min(blanksBefore(line.text()), kStep.size())));
}

void toggleComment(QTextCursor cursor)
{
    const EditStep step(cursor);
    std::vector<QTextBlock> lines = linesOf(cursor);
    std::erase_if(lines, [](const QTextBlock &line) { return isBlank(line.text()); });
    if (lines.empty())
        return;
    const auto isComment = [](const QTextBlock &line) { return line.text().trimmed().startsWith(u'#'); };
    const bool areComments = std::ranges::all_of(lines, isComment);
    const auto depth = [](const QTextBlock &line) { return blanksBefore(line.text()); };
    const int shallowest = int(depth(std::ranges::min(lines, {}, depth)));
    for (const QTextBlock &line : lines) {
        const int own = line.position() + int(depth(line));
        if (areComments)
            removeAt(cursor, own, line.text().sliced(depth(line)).startsWith(u"# ") ? 2 : 1);
        else
            insertAt(cursor, line.position() + shallowest, QStringLiteral("# "));
    }
}

} // namespace Headroom
