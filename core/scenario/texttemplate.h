// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <expected>
#include <optional>
#include <vector>

namespace Headroom {

/// A text of a scenario in which values of the running load may stand, as in "/documents/${user}". Vars have become
/// text already; what is left differs from request to request.
class TextTemplate
{
public:
    /// Where such a value comes from. Both are whole numbers, which look the same wherever they stand.
    enum class Source {
        User, ///< Number of the virtual user, from 0 (closed model), or of the arrival (open model).
        Iteration, ///< Number of this user's iteration, from 0 (closed model), or of the arrival (open model).
    };
    struct Piece
    {
        QString text; ///< As it is sent.
        std::optional<Source> value{}; ///< Stands behind the text; only the last piece may lack one.
        bool operator==(const Piece &) const = default;
    };

    TextTemplate() = default;
    /// Not explicit: a text without placeholders is a template, too.
    TextTemplate(const QString &text) { append(text); }

    void append(const QString &text) { append(text, text); }
    /// Adds a text that stands for something else, such as a var: `written`.
    void append(const QString &text, const QString &written);
    void append(Source value);
    void append(const TextTemplate &other);

    bool isConstant() const { return m_pieces.empty() || (m_pieces.size() == 1 && !m_pieces.front().value); }
    /// The text when nothing in it varies.
    QString constant() const { return isConstant() && !m_pieces.empty() ? m_pieces.front().text : QString(); }
    /// The text with the same word for every value.
    QString with(QStringView value) const;
    /// With all placeholders as they are written, those of vars as well: what reports call it.
    const QString &written() const { return m_written; }
    const std::vector<Piece> &pieces() const { return m_pieces; }
    bool operator==(const TextTemplate &) const = default;

private:
    std::vector<Piece> m_pieces;
    QString m_written;
};

/// Where a text stands in a request, and by that how foreign characters are written there.
enum class TextPlace {
    Plain, ///< A body as it stands, or an address: nothing is changed.
    Path, ///< Percent-encoded, except what the scenario itself writes.
    Query, ///< Percent-encoded (everything outside RFC 3986's unreserved characters).
    Form, ///< The same with + for a blank.
    Header, ///< Nothing is changed.
    Json, ///< Inside a JSON string.
};
/// A text of the scenario itself, as it goes out at a place.
QString ownText(TextPlace place, const QString &text);
/// A value that is put into such a text.
QString valueText(TextPlace place, const QString &value);

/// The name of a source in a placeholder: "user".
QString sourceName(TextTemplate::Source source);
/// All of them.
const std::vector<TextTemplate::Source> &templateSources();

/// A part of a text as it is written: plain text, or the name in a placeholder.
struct TemplatePart
{
    QString text;
    bool isName = false;
    qsizetype start = 0; ///< Where it begins in the text; a name with its "${".
    qsizetype length = 0;
};
struct TemplateProblem
{
    qsizetype start = 0;
    qsizetype length = 0;
    QString message;
};
/// Takes "a${b}c" apart. "$${" is the text "${". A name is made of letters, digits, '_', '-' and '.'.
/// Errors: the first problem in the text.
std::expected<std::vector<TemplatePart>, TemplateProblem> templateParts(const QString &text);
/// Whether a name can stand in a placeholder.
bool isTemplateName(QStringView name);
/// Whether a text holds "${".
bool hasTemplate(QStringView text);

} // namespace Headroom
