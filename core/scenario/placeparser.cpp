// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/checkreader.h"

#include "core/base/boundedpattern.h"
#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/json/jsonpath.h"
#include "core/scenario/httptext.h"

#include <algorithm>
#include <array>

namespace Headroom {

namespace {

using Kind = AnswerPlace::Kind;
using Parsed = std::expected<AnswerPlace, CheckProblem>;

struct Word
{
    QLatin1StringView text;
    Kind kind;
    bool hasName;
};
constexpr std::array kWords{
    Word{QLatin1StringView("header"), Kind::Header, true},
    Word{QLatin1StringView("cookie"), Kind::Cookie, true},
    Word{QLatin1StringView("server-timing"), Kind::ServerTiming, true},
    Word{QLatin1StringView("status"), Kind::Status, false},
    Word{QLatin1StringView("body"), Kind::Body, false},
    Word{QLatin1StringView("size"), Kind::Size, false},
    Word{QLatin1StringView("time"), Kind::Time, false},
    Word{QLatin1StringView("first_byte"), Kind::FirstByte, false},
};

Parsed problem(qsizetype start, qsizetype length, const QString &message)
{
    return std::unexpected(CheckProblem{start, std::max<qsizetype>(1, length), message});
}

QString allPlaces() { return placeExamples().join(QLatin1String(", ")); }

/// `start`: of the text in the whole.
Parsed jsonPlace(const QString &text, qsizetype start)
{
    if (const auto path = JsonPath::compile(text); !path)
        return problem(start, text.size(), QStringLiteral("%1: %2").arg(formatQuoted(text), path.error().message));
    return AnswerPlace{Kind::Json, text};
}

Parsed patternPlace(const QString &text, qsizetype start)
{
    if (text.size() < 2 || !text.endsWith(u'/'))
        return problem(
            start, text.size(),
            QStringLiteral("%1 does not end with the slash that it begins with; write a regular expression as "
                           "/code=(\\d+)/")
                .arg(formatQuoted(text)));
    const QString pattern = text.sliced(1, text.size() - 2);
    if (const auto compiled = boundedPattern(pattern); !compiled)
        return problem(start, text.size(), QStringLiteral("%1: %2").arg(formatQuoted(text), compiled.error().message));
    return AnswerPlace{Kind::Pattern, pattern};
}

Parsed unknownPlace(const QString &word, qsizetype start)
{
    QStringList words;
    for (const Word &known : kWords)
        words.append(known.text);
    const QString hint = didYouMean(word, words);
    return problem(
        start, word.size(),
        QStringLiteral("%1 is no place in an answer%2")
            .arg(formatQuoted(word), hint.isEmpty() ? QStringLiteral("; write one of: ") + allPlaces() : hint));
}

/// "header X-Kind": `name` is what stands behind the first word.
Parsed wordPlace(const Word &word, const QString &name, qsizetype start, qsizetype nameStart)
{
    if (!word.hasName && !name.isEmpty())
        return problem(nameStart, name.size(),
                       QStringLiteral("%1 cannot stand behind %2; remove it").arg(formatQuoted(name), word.text));
    if (!word.hasName)
        return AnswerPlace{word.kind, {}};
    if (name.isEmpty())
        return problem(
            start, word.text.size(),
            QStringLiteral("%1 needs a name behind it, as in %1 %2")
                .arg(word.text, word.kind == Kind::Header ? QStringLiteral("X-Kind") : QStringLiteral("sid")));
    if (!isToken(name))
        return problem(
            nameStart, name.size(),
            QStringLiteral("%1 is not the name of a %2; use letters, digits and '-', without blanks")
                .arg(formatQuoted(name), word.kind == Kind::ServerTiming ? QStringLiteral("metric") : word.text));
    return AnswerPlace{word.kind, name};
}

bool isFunction(const QString &text)
{
    const qsizetype open = text.indexOf(u'(');
    return open > 0 && std::ranges::all_of(text.first(open), [](QChar c) { return c.isLower() || c == u'_'; });
}

} // namespace

QStringList placeExamples()
{
    QStringList places{QStringLiteral("$.id"), QStringLiteral("/code=(\\d+)/")};
    for (const Word &word : kWords)
        places.append(word.hasName ? word.text + QStringLiteral(" NAME") : QString(word.text));
    return places;
}

Parsed parsePlace(const QString &text)
{
    const QString place = text.trimmed();
    const qsizetype start = place.isEmpty() ? 0 : text.indexOf(place);
    if (place.isEmpty())
        return problem(0, text.size(),
                       QStringLiteral("a place in an answer is missing; write one of: %1").arg(allPlaces()));
    if (hasTemplate(place))
        return problem(
            start, place.size(),
            QStringLiteral("a template (${...}) cannot name a place in an answer; write the place itself, such "
                           "as $.id"));
    if (place.startsWith(u'$') || isFunction(place))
        return jsonPlace(place, start);
    if (place.startsWith(u'/'))
        return patternPlace(place, start);
    const QString first = place.section(QLatin1Char(' '), 0, 0);
    const QString name = place.sliced(first.size()).trimmed();
    const auto word = std::ranges::find(kWords, first, &Word::text);
    if (word == kWords.end())
        return unknownPlace(first, start);
    return wordPlace(*word, name, start, start + place.size() - name.size());
}

QString writtenPlace(const AnswerPlace &place)
{
    if (place.kind == Kind::Json)
        return place.text;
    if (place.kind == Kind::Pattern)
        return QStringLiteral("/%1/").arg(place.text);
    const auto word = std::ranges::find(kWords, place.kind, &Word::kind);
    return word->hasName ? word->text + u' ' + place.text : QString(word->text);
}

} // namespace Headroom
