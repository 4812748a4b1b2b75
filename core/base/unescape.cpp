// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/unescape.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace Headroom {

namespace {

/// What an escape stands for, and how long it is as written.
struct Escape
{
    QByteArray meaning;
    qsizetype length = 0;
};

constexpr qsizetype kLongestReference = 10; // "&#x10ffff;"

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = char(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The number that `count` hexadecimal digits from a place on make.
std::optional<char32_t> hexNumber(QByteArrayView text, qsizetype start, qsizetype count)
{
    if (start + count > text.size())
        return std::nullopt;
    char32_t number = 0;
    for (const char c : text.sliced(start, count)) {
        if (hexDigit(c) < 0)
            return std::nullopt;
        number = number * 16 + char32_t(hexDigit(c));
    }
    return number;
}

QByteArray utf8(char32_t code) { return QString::fromUcs4(&code, 1).toUtf8(); }

std::optional<Escape> percentEscape(QByteArrayView text)
{
    const auto byte = hexNumber(text, 1, 2);
    return byte ? std::optional(Escape{QByteArray(1, char(*byte)), 3}) : std::nullopt;
}

std::optional<Escape> unicodeEscape(QByteArrayView text)
{
    const auto unit = hexNumber(text, 2, 4);
    if (!unit)
        return std::nullopt;
    if (QChar::isHighSurrogate(*unit) && text.size() > 7 && text[6] == '\\' && text[7] == 'u') {
        if (const auto low = hexNumber(text, 8, 4); low && QChar::isLowSurrogate(*low))
            return Escape{utf8(QChar::surrogateToUcs4(char16_t(*unit), char16_t(*low))), 12};
    }
    return QChar::isSurrogate(*unit) ? std::nullopt : std::optional(Escape{utf8(*unit), 6});
}

std::optional<Escape> backslashEscape(QByteArrayView text)
{
    static constexpr std::array<std::pair<char, char>, 9> kShort{{{'n', '\n'},
                                                                  {'t', '\t'},
                                                                  {'r', '\r'},
                                                                  {'b', '\b'},
                                                                  {'f', '\f'},
                                                                  {'/', '/'},
                                                                  {'\\', '\\'},
                                                                  {'"', '"'},
                                                                  {'\'', '\''}}};
    if (text.size() < 2)
        return std::nullopt;
    if (text[1] == 'u')
        return unicodeEscape(text);
    if (text[1] == 'x') {
        const auto byte = hexNumber(text, 2, 2);
        return byte ? std::optional(Escape{utf8(*byte), 4}) : std::nullopt;
    }
    const auto found = std::ranges::find(kShort, text[1], &std::pair<char, char>::first);
    return found == kShort.end() ? std::nullopt : std::optional(Escape{QByteArray(1, found->second), 2});
}

std::optional<Escape> referenceEscape(QByteArrayView text)
{
    static constexpr std::array<std::pair<const char *, char>, 5> kNamed{
        {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
    const qsizetype end = text.first(std::min(text.size(), kLongestReference)).indexOf(';');
    if (end < 2)
        return std::nullopt;
    const QByteArrayView name = text.sliced(1, end - 1);
    for (const auto &[known, character] : kNamed) {
        if (name == QByteArrayView(known))
            return Escape{QByteArray(1, character), end + 1};
    }
    if (name[0] != '#' || name.size() < 2)
        return std::nullopt;
    const bool isHex = name[1] == 'x' || name[1] == 'X';
    bool isNumber = false;
    const uint code = name.sliced(isHex ? 2 : 1).toUInt(&isNumber, isHex ? 16 : 10);
    if (!isNumber || code > QChar::LastValidCodePoint || QChar::isSurrogate(code))
        return std::nullopt;
    return Escape{utf8(code), end + 1};
}

std::optional<Escape> escapeAt(QByteArrayView text)
{
    switch (text[0]) {
    case '%':
        return percentEscape(text);
    case '\\':
        return backslashEscape(text);
    case '&':
        return referenceEscape(text);
    default:
        return std::nullopt;
    }
}

/// Whether what is left of a text may be the beginning of an escape.
bool isCutEscape(QByteArrayView rest)
{
    switch (rest[0]) {
    case '%':
        return rest.size() < 3;
    case '\\':
        return rest.size() < 2 || (rest[1] == 'u' && rest.size() < 6) || (rest[1] == 'x' && rest.size() < 4);
    case '&':
        return rest.size() < kLongestReference && !rest.contains(';')
            && std::ranges::all_of(rest.sliced(1), [](char c) { return c == '#' || isalnum(uchar(c)); });
    default:
        return false;
    }
}

} // namespace

Unescaped unescaped(const QByteArray &text, bool isCut)
{
    Unescaped made;
    made.bytes.reserve(text.size());
    made.from.reserve(std::size_t(text.size()) + 1);
    const auto add = [&made](QByteArrayView bytes, qsizetype from) {
        made.bytes.append(bytes);
        made.from.insert(made.from.end(), std::size_t(bytes.size()), from);
    };
    const QByteArrayView all(text);
    for (qsizetype i = 0; i < all.size();) {
        if (const auto escape = escapeAt(all.sliced(i))) {
            add(escape->meaning, i);
            i += escape->length;
            made.isChanged = true;
        } else if (isCut && isCutEscape(all.sliced(i))) {
            made.isChanged = true;
            break;
        } else {
            add(all.sliced(i, 1), i);
            ++i;
        }
    }
    made.from.push_back(text.size());
    return made;
}

} // namespace Headroom
