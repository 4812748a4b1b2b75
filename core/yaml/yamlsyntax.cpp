// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/yamlsyntax.h"

#include "core/yaml/yamltext.h"

#include <QList>

namespace Headroom {

namespace {

enum class At { Problem, Context };

struct Sentence
{
    QLatin1String problem; ///< The library's words, or their beginning ...
    QLatin1String context; ///< ... and the end of its context; empty: any.
    At at;
    const char *text; ///< %1: the line where the context began.
};

// The words of libyaml 0.2.5 (scanner.c, parser.c); what is missing here falls through to its own words.
constexpr Sentence kSentences[] = {
    {QLatin1String("found unexpected end of stream"), QLatin1String("a quoted scalar"), At::Context,
     "the quote opened here is never closed; add the closing quote"},
    {QLatin1String("found unexpected document indicator"), QLatin1String(""), At::Context,
     "the quote opened here is never closed; add the closing quote"},
    {QLatin1String("mapping values are not allowed"), QLatin1String(""), At::Problem,
     "a ':' cannot stand here; correct the indentation, or put a text that holds ': ' in quotes"},
    {QLatin1String("block sequence entries are not allowed"), QLatin1String(""), At::Problem,
     "a list item ('-') cannot stand here; correct the indentation, or begin the list in a line of its own"},
    {QLatin1String("mapping keys are not allowed"), QLatin1String(""), At::Problem,
     "a '?' cannot stand here; put a text that begins with it in quotes"},
    {QLatin1String("could not find expected ':'"), QLatin1String(""), At::Context,
     "a ':' is missing behind this key; write 'key: value'"},
    {QLatin1String("did not find expected key"), QLatin1String("a block mapping"), At::Problem,
     "this does not fit the fields that begin in line %1; correct the indentation or the quotes"},
    {QLatin1String("did not find expected '-' indicator"), QLatin1String(""), At::Problem,
     "this does not fit the list that begins in line %1; correct the indentation, or begin the item with '- '"},
    {QLatin1String("did not find expected ',' or ']'"), QLatin1String(""), At::Problem,
     "a ',' or ']' is missing here; the list was opened with '[' in line %1"},
    {QLatin1String("did not find expected ',' or '}'"), QLatin1String(""), At::Problem,
     "a ',' or '}' is missing here; the mapping was opened with '{' in line %1"},
    {QLatin1String("did not find expected node content"), QLatin1String(""), At::Problem,
     "a value is missing here; write one, or put a text that begins with a special character in quotes"},
    {QLatin1String("did not find expected <document start>"), QLatin1String(""), At::Problem,
     "this does not belong to what stands above it; correct the indentation or the quotes"},
    {QLatin1String("found unknown escape character"), QLatin1String(""), At::Problem,
     "this is no escape that double quotes know; write \\\\ for a backslash, or use single quotes"},
    {QLatin1String("did not find expected hexdecimal number"), QLatin1String(""), At::Problem,
     "hexadecimal digits are missing behind the backslash; write \\\\ for a backslash, or use single quotes"},
    {QLatin1String("found invalid Unicode character escape code"), QLatin1String(""), At::Problem,
     "this escape is no Unicode character; write the character itself"},
    {QLatin1String("did not find expected alphabetic or numeric character"), QLatin1String("an alias"), At::Context,
     "a text cannot begin with '*'; put it in quotes"},
    {QLatin1String("did not find expected alphabetic or numeric character"), QLatin1String("an anchor"), At::Context,
     "a text cannot begin with '&'; put it in quotes"},
    {QLatin1String(""), QLatin1String("a tag"), At::Context, "a text cannot begin with '!'; put it in quotes"},
    {QLatin1String("found undefined tag handle"), QLatin1String(""), At::Problem,
     "a text cannot begin with '!'; put it in quotes"},
    {QLatin1String(""), QLatin1String("a directive"), At::Context,
     "a line cannot begin with '%'; put the text in quotes"},
    {QLatin1String(""), QLatin1String("a %YAML directive"), At::Context, "remove the %YAML line; it is not needed"},
    {QLatin1String(""), QLatin1String("a %TAG directive"), At::Context, "remove the %TAG line; tags are not supported"},
    {QLatin1String("did not find expected comment or line break"), QLatin1String("a block scalar"), At::Problem,
     "nothing but a comment may follow '|' or '>' in its line; begin the text in the next one"},
    {QLatin1String("found unexpected ':'"), QLatin1String(""), At::Problem,
     "a ':' cannot stand here; put the text in quotes"},
};

/// What stands in a column; empty behind the end.
QString characterAt(QStringView line, int column)
{
    const QList<uint> characters = line.toUcs4();
    if (column > characters.size())
        return {};
    const char32_t character = characters[column - 1];
    return QString::fromUcs4(&character, 1);
}

/// The column of a tab in front of the line's first word, or 0.
int tabInIndentation(QStringView line)
{
    int column = 1;
    for (const QChar c : line) {
        if (c == u'\t')
            return column;
        if (c != u' ')
            return 0;
        ++column;
    }
    return 0;
}

YamlProblem problemAt(TextPosition place, const QString &message)
{
    return {{place, {place.line, place.column + 1}}, message};
}

} // namespace

YamlProblem explainSyntaxError(const YamlSyntaxError &error, QByteArrayView text)
{
    const QString line = lineOf(text, error.place.line);
    if (const int tab = tabInIndentation(line))
        return problemAt({error.place.line, tab}, QStringLiteral("lines cannot be indented with tabs; use spaces"));
    const QString character = characterAt(line, error.place.column);
    if (error.problem == QLatin1String("found character that cannot start any token"))
        return problemAt(error.place, QStringLiteral("a text cannot begin with '%1'; put it in quotes").arg(character));
    const bool isKeyMissing = error.problem.endsWith(QLatin1String("expected key"))
        || error.problem.endsWith(QLatin1String("expected node content"));
    if (isKeyMissing && character == u":")
        return problemAt(error.place, QStringLiteral("the key in front of ':' is missing"));
    for (const Sentence &sentence : kSentences) {
        const bool isContext = sentence.context.isEmpty() || error.context.endsWith(sentence.context);
        if (!isContext || !error.problem.startsWith(sentence.problem))
            continue;
        const bool isAtContext = sentence.at == At::Context && !error.context.isEmpty();
        const QString message = QString::fromLatin1(sentence.text);
        return problemAt(isAtContext ? error.started : error.place,
                         message.contains(QLatin1String("%1")) ? message.arg(error.started.line) : message);
    }
    return problemAt(error.place, QStringLiteral("the text is not YAML from here on: %1").arg(error.problem));
}

} // namespace Headroom
