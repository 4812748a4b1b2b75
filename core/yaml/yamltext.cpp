// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/yamltext.h"

namespace Headroom {

namespace {

struct Character
{
    char32_t code = 0;
    int length = 0; ///< In bytes; 0: not UTF-8.
};

Character decode(QByteArrayView bytes)
{
    constexpr char32_t kLowest[] = {0, 0, 0x80, 0x800, 0x10000}; // shorter forms are overlong
    const uchar first = static_cast<uchar>(bytes[0]);
    if (first < 0x80)
        return {first, 1};
    const int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || bytes.size() < length)
        return {};
    char32_t code = first & (0xFF >> (length + 1));
    for (int i = 1; i < length; ++i) {
        const uchar next = static_cast<uchar>(bytes[i]);
        if ((next & 0xC0) != 0x80)
            return {};
        code = (code << 6) | (next & 0x3F);
    }
    if (code < kLowest[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return {};
    return {code, length};
}

bool isForbidden(char32_t code)
{
    if (code < 0x20)
        return code != U'\t' && code != U'\n' && code != U'\r';
    return (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 || code == 0xFEFF || code == 0xFFFE
        || code == 0xFFFF;
}

QString sentenceFor(char32_t code)
{
    if (code == 0)
        return QStringLiteral("the text holds a NUL character; a scenario is a text file in UTF-8");
    const QString number = QString::number(code, 16).toUpper().rightJustified(4, u'0');
    return QStringLiteral("the invisible character U+%1 cannot stand here; remove it, or write \\u%1 in double quotes")
        .arg(number);
}

YamlProblem problemAt(TextPosition place, const QString &message)
{
    return {{place, {place.line, place.column + 1}}, message};
}

} // namespace

std::optional<YamlProblem> findForbiddenCharacter(QByteArrayView text)
{
    if (text.startsWith("\xFF\xFE") || text.startsWith("\xFE\xFF"))
        return problemAt({}, QStringLiteral("the text is UTF-16; save it as UTF-8"));
    TextPosition place;
    bool isAfterReturn = false;
    for (qsizetype i = 0; i < text.size();) {
        const Character character = decode(text.sliced(i));
        if (character.length == 0) {
            const QString byte = QString::number(static_cast<uchar>(text[i]), 16).toUpper();
            return problemAt(place, QStringLiteral("the byte 0x%1 is not UTF-8; save the text as UTF-8").arg(byte));
        }
        if (isForbidden(character.code))
            return problemAt(place, sentenceFor(character.code));
        i += character.length;
        if (character.code == U'\r' || (character.code == U'\n' && !isAfterReturn))
            place = {place.line + 1, 1};
        else if (character.code != U'\n')
            ++place.column;
        isAfterReturn = character.code == U'\r';
    }
    return std::nullopt;
}

QString lineOf(QByteArrayView text, int line)
{
    const auto lineEnd = [&text](qsizetype from) {
        while (from < text.size() && text[from] != '\n' && text[from] != '\r')
            ++from;
        return from;
    };
    qsizetype start = 0;
    for (int i = 1; i < line; ++i) {
        start = lineEnd(start);
        if (start >= text.size())
            return {};
        start += text.sliced(start).startsWith("\r\n") ? 2 : 1;
    }
    return QString::fromUtf8(text.sliced(start, lineEnd(start) - start));
}

} // namespace Headroom
