// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <algorithm>

namespace Headroom {

/// Whether a character is part of a comparison such as "<=".
inline bool isSign(QChar c) { return c == u'=' || c == u'<' || c == u'>' || c == u'!' || c == u'~'; }

/// Walks over a text with a comparison in it, and jumps over what hides its signs and blanks.
/// Lifetime: shorter than that of the text.
class ComparingScanner
{
public:
    explicit ComparingScanner(QStringView text)
        : m_text(text)
    {
    }

    qsizetype position() const { return m_at; }
    bool isAtEnd() const { return m_at >= m_text.size(); }
    QChar next() const { return m_text[m_at]; }
    void skipBlanks()
    {
        while (!isAtEnd() && next().isSpace())
            ++m_at;
    }
    QStringView word() const
    {
        qsizetype end = m_at;
        while (end < m_text.size() && !m_text[end].isSpace())
            ++end;
        return m_text.sliced(m_at, end - m_at);
    }
    QStringView signs() const
    {
        qsizetype end = m_at;
        while (end < m_text.size() && isSign(m_text[end]))
            ++end;
        return m_text.sliced(m_at, end - m_at);
    }
    void skip(qsizetype characters) { m_at += characters; }
    /// Over one character, or all of a placeholder, a pair of brackets with what they hold, or a text in quotes.
    void skipPart()
    {
        if (m_text.sliced(m_at).startsWith(u"${"))
            return skipUntilClosed(u'}');
        switch (next().unicode()) {
        case u'[':
        case u'(':
            return skipUntilClosed(next() == u'[' ? u']' : u')');
        case u'"':
        case u'\'':
            return skipQuoted();
        default:
            ++m_at;
        }
    }
    /// Over an expression in slashes.
    void skipPattern()
    {
        bool isInClass = false; // a slash in [...] is one of its characters
        for (++m_at; !isAtEnd(); ++m_at) {
            const QChar c = next();
            if (c == u'\\')
                ++m_at;
            else if (c == u'/' && !isInClass)
                return skip(1);
            else if (c == u'[' || c == u']')
                isInClass = c == u'[';
        }
        m_at = m_text.size();
    }

private:
    void skipQuoted()
    {
        const QChar quote = next();
        for (++m_at; !isAtEnd() && next() != quote; ++m_at)
            m_at += next() == u'\\';
        m_at = std::min(m_at + 1, m_text.size());
    }
    void skipUntilClosed(QChar close)
    {
        const QChar open = next() == u'$' ? u'{' : next();
        int depth = 0;
        while (!isAtEnd()) {
            const QChar c = next();
            if (c == u'"' || c == u'\'') {
                skipQuoted();
                continue;
            }
            depth += (c == open) - (c == close);
            ++m_at;
            if (c == close && depth == 0)
                return;
        }
        m_at = m_text.size();
    }

    QStringView m_text;
    qsizetype m_at = 0;
};

} // namespace Headroom
