// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/ruleparser.h"

#include <QStringView>

#include <initializer_list>
#include <optional>
#include <vector>

namespace Headroom {

/// A piece of a rule's text and where it stands.
struct RulePiece
{
    QStringView text;
    qsizetype position = 0;
};

/// Marks the piece, and at least one character of the text.
RuleProblem problemAt(const RulePiece &where, const QString &message);

/// Walks over a rule's text and takes pieces off its front. Never fails: what is not there comes back empty.
class RuleScanner
{
public:
    explicit RuleScanner(QStringView text)
        : m_text(text)
    {
    }

    bool isAtEnd();
    qsizetype position() const { return m_position; }
    /// Letters, digits, points and underscores.
    RulePiece takeName();
    /// Up to the next blank; at least one character unless at the end.
    RulePiece takeWord();
    /// <, <=, >, >=, ==, = or =<, =>, or the word "between".
    RulePiece takeComparison();
    /// Everything up to one of the words or the end, trimmed. A text in quotation marks is taken whole, without them.
    RulePiece takeUntil(std::initializer_list<QStringView> words);
    /// "(a, b)" as its parts, trimmed and without quotation marks. Nothing when no bracket stands here or it is not
    /// closed: isOpenBracket() tells which.
    std::optional<std::vector<RulePiece>> takeBrackets();
    bool isOpenBracket();

private:
    void skipBlanks();
    RulePiece piece(qsizetype from, qsizetype to) const;

    QStringView m_text;
    qsizetype m_position = 0;
};

} // namespace Headroom
