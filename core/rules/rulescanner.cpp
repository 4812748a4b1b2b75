// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulescanner.h"

#include <algorithm>

namespace Headroom {

namespace {

bool isQuote(QChar c) { return c == u'"' || c == u'\''; }

bool isNameCharacter(QChar c) { return c.isLetterOrNumber() || c == u'.' || c == u'_'; }

bool isComparisonCharacter(QChar c) { return c == u'<' || c == u'>' || c == u'=' || c == u'!'; }

} // namespace

RuleProblem problemAt(const RulePiece &where, const QString &message)
{
    return {where.position, std::max<qsizetype>(1, where.text.size()), message};
}

bool RuleScanner::isAtEnd()
{
    skipBlanks();
    return m_position >= m_text.size();
}

RulePiece RuleScanner::takeName()
{
    skipBlanks();
    const qsizetype start = m_position;
    while (m_position < m_text.size() && isNameCharacter(m_text[m_position]))
        ++m_position;
    return piece(start, m_position);
}

RulePiece RuleScanner::takeWord()
{
    skipBlanks();
    const qsizetype start = m_position;
    while (m_position < m_text.size() && !m_text[m_position].isSpace())
        ++m_position;
    return piece(start, m_position);
}

RulePiece RuleScanner::takeComparison()
{
    skipBlanks();
    const qsizetype start = m_position;
    while (m_position < m_text.size() && isComparisonCharacter(m_text[m_position]))
        ++m_position;
    return m_position > start ? piece(start, m_position) : takeName();
}

RulePiece RuleScanner::takeUntil(std::initializer_list<QStringView> words)
{
    skipBlanks();
    const qsizetype start = m_position;
    if (start < m_text.size() && isQuote(m_text[start])) {
        const qsizetype close = m_text.indexOf(m_text[start], start + 1);
        if (close > 0) {
            m_position = close + 1;
            return piece(start, m_position);
        }
    }
    qsizetype end = start;
    while (!isAtEnd()) {
        const qsizetype wordStart = m_position;
        if (std::ranges::contains(words, takeWord().text)) {
            m_position = wordStart;
            break;
        }
        end = m_position;
    }
    return piece(start, end);
}

bool RuleScanner::isOpenBracket() { return !isAtEnd() && m_text[m_position] == u'('; }

std::optional<std::vector<RulePiece>> RuleScanner::takeBrackets()
{
    if (!isOpenBracket())
        return std::nullopt;
    std::vector<RulePiece> parts;
    qsizetype partStart = m_position + 1;
    int depth = 0;
    QChar quote;
    for (qsizetype i = m_position; i < m_text.size(); ++i) {
        const QChar c = m_text[i];
        if (!quote.isNull()) {
            if (c == quote)
                quote = {};
        } else if (isQuote(c) && piece(partStart, i).text.isEmpty()) {
            quote = c; // only in front of a part: an apostrophe inside a name is none
        } else if (c == u'(') {
            ++depth;
        } else if ((c == u',' && depth == 1) || (c == u')' && --depth == 0)) {
            parts.push_back(piece(partStart, i));
            partStart = i + 1;
        }
        if (depth == 0 && quote.isNull()) {
            m_position = i + 1;
            return parts;
        }
    }
    return std::nullopt;
}

void RuleScanner::skipBlanks()
{
    while (m_position < m_text.size() && m_text[m_position].isSpace())
        ++m_position;
}

/// The text between both places, trimmed and without quotation marks around it.
RulePiece RuleScanner::piece(qsizetype from, qsizetype to) const
{
    while (from < to && m_text[from].isSpace())
        ++from;
    while (to > from && m_text[to - 1].isSpace())
        --to;
    if (to - from >= 2 && isQuote(m_text[from]) && m_text[to - 1] == m_text[from])
        return {m_text.sliced(from + 1, to - from - 2), from + 1};
    return {m_text.sliced(from, to - from), from};
}

} // namespace Headroom
