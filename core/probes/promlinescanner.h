// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <algorithm>
#include <optional>

namespace Headroom {

/// Goes through one line of such a text from left to right. What it takes are views of the line.
class PromLineScanner
{
public:
    explicit PromLineScanner(QByteArrayView line)
        : m_rest(line)
    {
    }
    bool isAtEnd() const { return m_rest.isEmpty(); }
    char next() const { return m_rest.isEmpty() ? '\0' : m_rest.front(); }
    const char *place() const { return m_rest.begin(); }
    bool take(char c)
    {
        if (m_rest.isEmpty() || m_rest.front() != c)
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }
    void skipBlanks()
    {
        m_rest = m_rest.sliced(std::ranges::find_if_not(m_rest, &PromLineScanner::isBlank) - m_rest.begin());
    }
    /// What stands before the next blank.
    QByteArrayView takeWord() { return takeUntil(std::ranges::find_if(m_rest, &PromLineScanner::isBlank)); }
    /// Empty when there is none.
    QByteArrayView takeName()
    {
        if (m_rest.isEmpty() || !isLetter(m_rest.front()))
            return {};
        return takeUntil(std::ranges::find_if_not(m_rest, [](char c) { return isLetter(c) || isDigit(c); }));
    }
    /// What stands in quotes, with its escapes; nothing when there are no quotes, or no second one.
    std::optional<QByteArrayView> takeQuoted()
    {
        if (next() != '"')
            return std::nullopt;
        for (qsizetype i = 1; i < m_rest.size(); ++i) {
            if (m_rest[i] == '\\') {
                ++i;
            } else if (m_rest[i] == '"') {
                const QByteArrayView inside = m_rest.sliced(1, i - 1);
                m_rest = m_rest.sliced(i + 1);
                return inside;
            }
        }
        return std::nullopt;
    }

private:
    static bool isBlank(char c) { return c == ' ' || c == '\t'; }
    static bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':'; }
    static bool isDigit(char c) { return c >= '0' && c <= '9'; }
    QByteArrayView takeUntil(const char *end)
    {
        const QByteArrayView taken(m_rest.begin(), end);
        m_rest = m_rest.sliced(taken.size());
        return taken;
    }
    QByteArrayView m_rest;
};

} // namespace Headroom
