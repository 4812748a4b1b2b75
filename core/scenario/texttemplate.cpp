// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/texttemplate.h"

#include "core/base/humanformat.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr QLatin1String kOpen("${");

QString placeholder(const QString &name) { return QStringLiteral("${%1}").arg(name); }

TemplateProblem nameProblem(const QString &name, qsizetype start, qsizetype length)
{
    return {start, length,
            name.isEmpty()
                ? QStringLiteral("'${}' names nothing; write a name in it, such as ${user}")
                : QStringLiteral("%1 cannot be a name in ${...}; names have letters, digits, '_', '-' and '.'")
                      .arg(formatQuoted(name))};
}

TemplateProblem neverClosed(const QString &text, qsizetype open)
{
    return {open, text.size() - open,
            QStringLiteral("'${' is never closed; write } behind the name, or $${ for the characters themselves")};
}

/// "(1, 'a, b')" from its first bracket on. Moves `at` behind the last one; without one to the end of the text.
std::optional<QStringList> takeArguments(const QString &text, qsizetype &at)
{
    QStringList arguments;
    QString argument;
    QChar quote; // that is open
    bool isQuoted = false; // the argument has been in quotes: blanks beside them are no part of it
    const auto add = [&] { arguments.append(isQuoted ? argument : argument.trimmed()); };
    for (++at; at < text.size(); ++at) {
        const QChar c = text[at];
        if (!quote.isNull()) {
            if (c == quote)
                quote = {};
            else
                argument += c;
        } else if ((c == u'"' || c == u'\'') && argument.trimmed().isEmpty() && !isQuoted) {
            quote = c;
            argument.clear();
            isQuoted = true;
        } else if (c == u',' || c == u')') {
            add();
            argument.clear();
            isQuoted = false;
            if (c == u')') {
                ++at;
                return arguments;
            }
        } else if (!isQuoted || !c.isSpace()) {
            argument += c;
        }
    }
    return std::nullopt;
}

/// What stands in the brackets that open at a place.
std::expected<TemplatePart, TemplateProblem> placeholderAt(const QString &text, qsizetype open)
{
    const qsizetype name = open + kOpen.size();
    const auto isEnd = [](QChar c) { return c == u'}' || c == u'('; };
    qsizetype at = std::find_if(text.begin() + name, text.end(), isEnd) - text.begin();
    TemplatePart part{text.sliced(name, at - name), true, open};
    if (at < text.size() && text[at] == u'(' && isTemplateName(part.text)) {
        part.arguments = takeArguments(text, at);
        if (part.arguments && at < text.size() && text[at] != u'}')
            return std::unexpected(TemplateProblem{
                open, at + 1 - open, QStringLiteral("write } right behind the ) of %1(...)").arg(part.text)});
    } else {
        at = text.indexOf(u'}', at);
    }
    if (at < 0 || at >= text.size())
        return std::unexpected(neverClosed(text, open));
    part.length = at + 1 - open;
    if (!isTemplateName(part.text))
        return std::unexpected(nameProblem(text.sliced(name, at - name), open, part.length));
    return part;
}

} // namespace

void TextTemplate::append(const QString &text, const QString &written)
{
    m_written += written;
    if (text.isEmpty())
        return;
    if (m_pieces.empty() || m_pieces.back().value)
        m_pieces.push_back({text});
    else
        m_pieces.back().text += text;
}

void TextTemplate::append(const TemplateValue &value)
{
    m_written += placeholder(value.written);
    if (m_pieces.empty() || m_pieces.back().value)
        m_pieces.push_back({{}, value});
    else
        m_pieces.back().value = value;
}

void TextTemplate::append(const TextTemplate &other)
{
    const QString written = m_written + other.m_written;
    for (const Piece &piece : other.m_pieces) {
        append(piece.text, {});
        if (piece.value)
            append(*piece.value);
    }
    m_written = written;
}

QString TextTemplate::with(QStringView value) const
{
    QString text;
    for (const Piece &piece : m_pieces) {
        text += piece.text;
        if (piece.value)
            text += value;
    }
    return text;
}

TextTemplate TextTemplate::filled(const Known &known) const
{
    TextTemplate text;
    for (const Piece &piece : m_pieces) {
        text.append(piece.text, {});
        const std::optional<QString> value = piece.value ? known(*piece.value) : std::nullopt;
        if (value)
            text.append(valueText(piece.value->place, *value), {});
        else if (piece.value)
            text.append(*piece.value);
    }
    text.m_written = m_written;
    return text;
}

bool isTemplateName(QStringView name)
{
    const auto mayStand = [](QChar c) { return c.isLetterOrNumber() || QStringView(u"_-.").contains(c); };
    return !name.isEmpty() && std::ranges::all_of(name, mayStand);
}

std::expected<std::vector<TemplatePart>, TemplateProblem> templateParts(const QString &text)
{
    std::vector<TemplatePart> parts;
    const auto addText = [&](qsizetype start, qsizetype end, const QString &part) {
        if (!part.isEmpty())
            parts.push_back({part, false, start, end - start});
    };
    qsizetype start = 0; // of the text that is not in a part yet
    for (qsizetype open = text.indexOf(kOpen); open >= 0; open = text.indexOf(kOpen, start)) {
        if (open > start && text[open - 1] == u'$') { // "$${": the text goes on behind it
            addText(start, open + kOpen.size(), text.sliced(start, open - 1 - start) + kOpen);
            start = open + kOpen.size();
            continue;
        }
        addText(start, open, text.sliced(start, open - start));
        auto part = placeholderAt(text, open);
        if (!part)
            return std::unexpected(std::move(part.error()));
        start = part->start + part->length;
        parts.push_back(std::move(*part));
    }
    addText(start, text.size(), text.sliced(start));
    return parts;
}

bool hasTemplate(QStringView text) { return text.contains(kOpen); }

} // namespace Headroom
