// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/textplaces.h"

#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

namespace Headroom {

namespace {

/// Length of the character at an index: 2 for those outside the Basic Multilingual Plane.
int unitsAt(QStringView line, qsizetype index)
{
    const bool isPair = line[index].isHighSurrogate() && index + 1 < line.size() && line[index + 1].isLowSurrogate();
    return isPair ? 2 : 1;
}

} // namespace

int documentPosition(const QTextDocument &document, const TextPosition &place)
{
    const int number = std::clamp(place.line, 1, document.blockCount()) - 1;
    const QTextBlock block = document.findBlockByNumber(number);
    const QString line = block.text();
    qsizetype index = 0;
    for (int column = 1; column < place.column && index < line.size(); ++column)
        index += unitsAt(line, index);
    return block.position() + int(index);
}

TextPosition textPosition(const QTextDocument &document, int position)
{
    const QTextBlock block = document.findBlock(std::clamp(position, 0, document.characterCount() - 1));
    const QString line = block.text();
    TextPosition place{block.blockNumber() + 1, 1};
    for (qsizetype index = 0; index < std::min<qsizetype>(line.size(), position - block.position()); ++place.column)
        index += unitsAt(line, index);
    return place;
}

QTextCursor cursorFor(QTextDocument &document, const TextRange &range)
{
    const int start = documentPosition(document, range.start);
    const QTextBlock block = document.findBlock(start);
    const int lineEnd = block.position() + block.length() - 1;
    // A mapping of thirty lines would be one loud wave; its first line says where it begins.
    int end = range.end.line > range.start.line ? lineEnd : std::min(documentPosition(document, range.end), lineEnd);
    QTextCursor cursor(&document);
    cursor.setPosition(start);
    if (end <= start && start < lineEnd)
        end = start + unitsAt(block.text(), start - block.position());
    if (end > start)
        cursor.setPosition(end, QTextCursor::KeepAnchor);
    else if (start > block.position())
        cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor);
    return cursor;
}

QString plainText(const QTextDocument &document)
{
    QString text = document.toRawText();
    text.replace(QChar::ParagraphSeparator, u'\n');
    return text;
}

} // namespace Headroom
