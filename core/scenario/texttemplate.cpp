// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/texttemplate.h"

#include "core/base/humanformat.h"
#include "core/scenario/jsontext.h"

#include <QUrl>

#include <algorithm>

namespace Headroom {

namespace {

using Source = TextTemplate::Source;

QString placeholder(const QString &name) { return QStringLiteral("${%1}").arg(name); }

QString percentEncoded(const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); }

TemplateProblem nameProblem(const QString &name, qsizetype start, qsizetype length)
{
    return {start, length,
            name.isEmpty()
                ? QStringLiteral("'${}' names nothing; write a name in it, such as ${user}")
                : QStringLiteral("%1 cannot be a name in ${...}; names have letters, digits, '_', '-' and '.'")
                      .arg(formatQuoted(name))};
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

void TextTemplate::append(Source value)
{
    m_written += placeholder(sourceName(value));
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

QString valueText(TextPlace place, const QString &value)
{
    switch (place) {
    case TextPlace::Plain:
    case TextPlace::Header:
        return value;
    case TextPlace::Path:
    case TextPlace::Query:
        return percentEncoded(value);
    case TextPlace::Form:
        return percentEncoded(value).replace(QLatin1String("%20"), QLatin1String("+"));
    case TextPlace::Json:
        return jsonEscaped(value);
    }
    Q_UNREACHABLE_RETURN({});
}

QString ownText(TextPlace place, const QString &text)
{
    return place == TextPlace::Path ? text : valueText(place, text);
}

QString sourceName(Source source)
{
    switch (source) {
    case Source::User:
        return QStringLiteral("user");
    case Source::Iteration:
        return QStringLiteral("iteration");
    }
    Q_UNREACHABLE_RETURN({});
}

const std::vector<Source> &templateSources()
{
    static const std::vector<Source> sources{Source::User, Source::Iteration};
    return sources;
}

bool isTemplateName(QStringView name)
{
    const auto mayStand = [](QChar c) { return c.isLetterOrNumber() || QStringView(u"_-.").contains(c); };
    return !name.isEmpty() && std::ranges::all_of(name, mayStand);
}

std::expected<std::vector<TemplatePart>, TemplateProblem> templateParts(const QString &text)
{
    constexpr QLatin1String kOpen("${");
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
        const qsizetype close = text.indexOf(u'}', open);
        if (close < 0)
            return std::unexpected(
                TemplateProblem{open, text.size() - open,
                                QStringLiteral("'${' is never closed; write } behind the name, or $${ for the "
                                               "characters themselves")});
        const QString name = text.sliced(open + kOpen.size(), close - open - kOpen.size());
        if (!isTemplateName(name))
            return std::unexpected(nameProblem(name, open, close + 1 - open));
        parts.push_back({name, true, open, close + 1 - open});
        start = close + 1;
    }
    addText(start, text.size(), text.sliced(start));
    return parts;
}

bool hasTemplate(QStringView text) { return text.contains(QLatin1String("${")); }

} // namespace Headroom
