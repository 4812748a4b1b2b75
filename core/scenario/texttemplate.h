// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/templatevalue.h"

#include <expected>
#include <functional>
#include <optional>
#include <vector>

namespace Headroom {

/// A text of a scenario in which values of the running load may stand, as in "/documents/${user}". Vars have become
/// text already; what is left differs from request to request.
class TextTemplate
{
public:
    struct Piece
    {
        QString text; ///< As it is sent.
        std::optional<TemplateValue> value{}; ///< Stands behind the text; only the last piece may lack one.
        bool operator==(const Piece &) const = default;
    };
    /// The text of a value that is known, unescaped; nothing when it is not.
    using Known = std::function<std::optional<QString>(const TemplateValue &)>;

    TextTemplate() = default;
    /// Not explicit: a text without placeholders is a template, too.
    TextTemplate(const QString &text) { append(text); }

    void append(const QString &text) { append(text, text); }
    /// Adds a text that stands for something else, such as a var: `written`.
    void append(const QString &text, const QString &written);
    void append(const TemplateValue &value);
    void append(const TextTemplate &other);

    bool isConstant() const { return m_pieces.empty() || (m_pieces.size() == 1 && !m_pieces.front().value); }
    /// The text when nothing in it varies.
    QString constant() const { return isConstant() && !m_pieces.empty() ? m_pieces.front().text : QString(); }
    /// The text with the same word for every value.
    QString with(QStringView value) const;
    /// The same template with what is known put in, escaped for its place, such as secrets.
    TextTemplate filled(const Known &known) const;
    /// With all placeholders as they are written, those of vars as well: what reports call it.
    const QString &written() const { return m_written; }
    const std::vector<Piece> &pieces() const { return m_pieces; }
    bool operator==(const TextTemplate &) const = default;

private:
    std::vector<Piece> m_pieces;
    QString m_written;
};

/// A part of a text as it is written: plain text, or what a placeholder names.
struct TemplatePart
{
    QString text; ///< The text, or the name.
    bool isName = false;
    qsizetype start = 0; ///< Where it begins in the text; a name with its "${".
    qsizetype length = 0;
    std::optional<QStringList> arguments{}; ///< Of a name with brackets behind it.
};
struct TemplateProblem
{
    qsizetype start = 0;
    qsizetype length = 0;
    QString message;
};
/// Takes "a${b}c" and "a${f(1, x)}c" apart. "$${" is the text "${". A name is made of letters, digits, '_', '-' and '.';
/// arguments stand between commas, without the blanks around them; quotes ('a, b' or "a, b") keep all that is in them.
/// Errors: the first problem in the text.
std::expected<std::vector<TemplatePart>, TemplateProblem> templateParts(const QString &text);
/// Whether a name can stand in a placeholder.
bool isTemplateName(QStringView name);
/// Whether a text holds "${".
bool hasTemplate(QStringView text);

} // namespace Headroom
