// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/terminaltext.h"

#include <QStringList>

#include <algorithm>

namespace Headroom {

namespace {

struct Range
{
    char32_t first;
    char32_t last;
};
// Blocks that are mostly East Asian Wide or emoji (Unicode, Annex 11), coarsely: too wide does no harm.
constexpr Range kWide[] = {{0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23fa},  {0x2600, 0x27bf},
                           {0x2b00, 0x2bff},   {0x2e80, 0xa4cf},   {0xa960, 0xa97f},  {0xac00, 0xd7a3},
                           {0xf900, 0xfaff},   {0xfe10, 0xfe6f},   {0xff00, 0xff60},  {0xffe0, 0xffe6},
                           {0x16fe0, 0x1b2ff}, {0x1f000, 0x1faff}, {0x20000, 0x3fffd}};

int columnsOfCharacter(char32_t character)
{
    return std::ranges::any_of(kWide, [=](Range range) { return character >= range.first && character <= range.last; })
        ? 2
        : 1;
}

bool isHarmless(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // directions, joiners: they reorder or hide what stands beside them
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default:
        return true;
    }
}

} // namespace

QString cleaned(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (const char32_t character : text.toUcs4()) { // unpaired surrogates are replaced
        result += QChar::fromUcs4(isHarmless(character) ? character : char32_t(QChar::ReplacementCharacter));
    }
    return result;
}

int columnsOf(QStringView text)
{
    int columns = 0;
    for (const char32_t character : text.toUcs4())
        columns += columnsOfCharacter(character);
    return columns;
}

QString shortened(const QString &text, int columns)
{
    if (columnsOf(text) <= columns)
        return text;
    QString result;
    int left = columns - 1; // for the ellipsis
    for (const char32_t character : text.toUcs4()) {
        left -= columnsOfCharacter(character);
        if (left < 0)
            break;
        result += QChar::fromUcs4(character);
    }
    return result + QChar(0x2026);
}

QString leftAligned(const QString &text, int columns)
{
    const QString fitting = shortened(text, columns);
    return fitting + QString(columns - columnsOf(fitting), QLatin1Char(' '));
}

QString rightAligned(const QString &text, int columns)
{
    const QString fitting = shortened(text, columns);
    return QString(columns - columnsOf(fitting), QLatin1Char(' ')) + fitting;
}

QString wrapped(const QString &text, int columns, int indent)
{
    QStringList lines;
    QString line;
    for (const QString &word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
        const int room = lines.isEmpty() ? columns : columns - indent;
        if (columnsOf(longer) <= room || line.isEmpty()) {
            line = shortened(longer, room);
            continue;
        }
        lines.push_back(line);
        line = shortened(word, columns - indent);
    }
    lines.push_back(line);
    return lines.join(QLatin1Char('\n') + QString(indent, QLatin1Char(' ')));
}

} // namespace Headroom
